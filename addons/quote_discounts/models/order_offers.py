"""Promotions and agreements in force for many order lines at once, in a number of queries that does not grow."""

from collections import defaultdict

from odoo.fields import Domain
from odoo.tools import float_round

from odoo.addons.listino_pricelist.models.validity import valid_on

from ..agreements.offers import Ask, OfferBook, replaces
from ..agreements.scope import Goods
from ..cascade.steps import HUNDRED, exact
from .quote_agreement import ACTIVE
from .quote_offer import category_ids


class OrderOffers:
    """What applies to order lines.

    Everything is read as the server: the price of a quote can't depend on who may see the agreement behind it.

    :param lines: a recordset of ``sale.order.line``
    """

    def __init__(self, lines):
        self._lines = lines.sudo()
        self._env = self._lines.env
        self._days = {order: self._day(order) for order in self._lines.order_id}
        self._goods = {}
        self._promotions, self._agreements = {}, {}
        days = self._days.values()
        if days:
            self._fetch(min(days), max(days))

    def __bool__(self):
        return bool(self._promotions or self._agreements)

    def values(self, line):
        """The values of :data:`.OFFERED` for a line, empty where nothing applies."""
        line = line.sudo()
        company = self._company(line)
        promotions, agreements = self._promotions.get(company.id), self._agreements.get(company.id)
        if not promotions and not agreements:
            return {}
        ask = self._ask(line)
        promotion = promotions.best_promotion(ask) if promotions else None
        agreed = agreements.agreement(ask) if agreements else None
        net_price = self._net_price(line, agreed) if agreed else 0.0
        left = (1 - exact(line.list_discount) / HUNDRED) * (promotion.share if promotion else 1)
        verdict = replaces(agreed, line.price_unit, net_price, left) if agreed else None
        values = {}
        if promotion and not verdict:
            record = self._env["quote.promotion"].browse(promotion.id)
            values |= {"promotion_id": promotion.id, "promotion_discount": record.discount_text}
        if verdict is not None:
            record = self._env["quote.agreement.line"].browse(agreed.id)
            values |= {
                "agreement_line_id": agreed.id,
                "agreement_discount": False if net_price else record.discount_text,
                "agreement_price": net_price,
                "agreement_replaces": verdict,
            }
        return values

    def _fetch(self, first_day, last_day):
        """Offers that are good on a day of the orders, by company."""
        companies = {self._company(line).id for line in self._lines}
        here = Domain("company_id", "in", list(companies)) & valid_on(first_day, last_day)
        self._promotions = self._books(self._env["quote.promotion"].search(here))
        customers = self._lines.order_id.partner_id.commercial_partner_id._origin
        agreements = self._env["quote.agreement"].search(
            here & Domain("decision", "=", ACTIVE) & Domain("partner_id", "in", customers.ids)
        )
        self._agreements = self._books(agreements.line_ids)

    @staticmethod
    def _books(records):
        offers = defaultdict(list)
        for record in records:
            offers[record.company_id.id].append(record._prepare_offer())
        return {company_id: OfferBook(found) for company_id, found in offers.items()}

    def _ask(self, line):
        product, order = line.product_id, line.order_id
        quantity = line.product_uom_qty or 1.0
        if line.product_uom_id != product.uom_id:
            quantity = line.product_uom_id._compute_quantity(
                quantity, product.uom_id, round=False, raise_if_failure=False
            )
        if product not in self._goods:
            template = product.product_tmpl_id
            self._goods[product] = Goods(
                product._origin.id, template._origin.id, category_ids(template.categ_id._origin)
            )
        return Ask(
            self._goods[product],
            quantity,
            self._days[order],
            order.pricelist_id._origin.id,
            order.partner_id.commercial_partner_id._origin.id,
        )

    def _net_price(self, line, offer):
        """The net price agreed, in the line's currency and unit and for its taxes; 0 where there is none."""
        if not offer.net_price or line.product_type == "combo":
            return 0.0
        agreed = self._env["quote.agreement.line"].browse(offer.id)
        company, product = self._company(line), line.product_id
        currency = line.currency_id or company.currency_id
        price = (agreed.uom_id or product.uom_id)._compute_price(offer.net_price, line.product_uom_id)
        if agreed.currency_id != currency:
            price = agreed.currency_id._convert(price, currency, company, self._days[line.order_id], round=False)
        price = product.with_company(company)._get_tax_included_unit_price_from_price(
            price,
            product_taxes=product.taxes_id._filter_taxes_by_company(company),
            fiscal_position=line.order_id.fiscal_position_id,
        )
        return float_round(price, precision_digits=self._env["decimal.precision"].precision_get("Product Price"))

    def _company(self, line):
        return line.company_id or self._env.company

    @staticmethod
    def _day(order):
        """The day whose offers an order gets: its own, as for its prices."""
        return (order.company_id or order.env.company)._get_quote_day(order.date_order)
