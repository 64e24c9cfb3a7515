"""Where new prices come from: another list, the vendor, the file."""

from odoo import models
from odoo.fields import Domain

from .currency_rates import Rates
from .validity import valid_on


class ListinoChangeSources(models.Model):
    """The price in the source for each line of a plan, in the currency of the line."""

    _inherit = "listino.change"

    def _add_sources(self, lines, choice):
        """Give each line its source.

        :param lines: list of ``PlanLine``
        :param choice: see :meth:`_get_choice`
        """
        if self.formula == "pricelist":
            self._add_list_prices(lines)
        elif self.formula == "vendor":
            self._add_prices_of_variants(lines, self._get_vendor_prices(lines))
        else:
            prices = {id_: (price, self.currency_id.id) for id_, price in choice.file_prices.items()}
            self._add_prices_of_variants(lines, prices)

    def _add_prices_of_variants(self, lines, prices):
        """A price of a product as a whole has to be that of all its variants that the source knows.

        :param dict prices: variant id -> pair of price and currency id
        """
        rates = Rates(self.company_id, self._get_date())
        siblings = self._get_siblings(self._get_variants_of(lines))
        for line in lines:
            ids = [line.product_id] if line.product_id else siblings.get(line.template_id, ())
            found = {rates.convert(*prices[id_], line.currency_id) for id_ in ids if id_ in prices}
            line.source = next(iter(found)) if len(found) == 1 else None
            line.sources_differ = len(found) > 1

    # === ANOTHER LIST === #

    def _add_list_prices(self, lines):
        """The prices of the base list at the quantity of each line."""
        rates = Rates(self.company_id, self._get_date())
        source_id = self.base_pricelist_id.currency_id.id
        for model, field in (("product.template", "template_id"), ("product.product", "product_id")):
            mine = [line for line in lines if bool(line.product_id) == (field == "product_id")]
            goods = self.env[model].browse({getattr(line, field): None for line in mine})
            quantities = sorted({line.min_quantity or 1.0 for line in mine})
            places = {quantity: place for place, quantity in enumerate(quantities)}
            grid = self.base_pricelist_id._get_price_grid(goods, quantities, date=self._get_date()) if mine else {}
            for line in mine:
                price, _rule_id = grid[getattr(line, field)][places[line.min_quantity or 1.0]]
                line.source = rates.convert(price, source_id, line.currency_id)

    # === VENDOR === #

    def _get_vendor_prices(self, lines):
        """What one piece costs at the vendor: at the chosen one, else at each product's first.

        :return: dict variant id -> pair of price and currency id
        """
        products = self._get_variants_of(lines)
        offers = self._get_offers(products).grouped("product_tmpl_id")
        prices = {}
        for product in products:
            offer = self._choose_offer(product, offers.get(product.product_tmpl_id, ()))
            if offer:
                prices[product.id] = (offer.price_discounted, offer.currency_id.id)
        return prices

    def _get_offers(self, products):
        """The vendors' prices for one piece that are valid at the date, in Odoo's order of vendors."""
        domain = (
            Domain("product_tmpl_id", "in", products.product_tmpl_id.ids)
            & Domain("company_id", "in", (False, self.company_id.id))
            & Domain("partner_id.active", "=", True)
            & Domain("min_qty", "<=", 1)
            & valid_on(self._get_day())
        )
        if self.vendor_id:
            domain &= Domain("partner_id", "in", (self.vendor_id | self.vendor_id.parent_id).ids)
        return self.env["product.supplierinfo"].search(domain, order="sequence, min_qty desc, price, id")

    def _choose_offer(self, product, offers):
        """As ``product.product._select_seller``: of the first vendor, the best price after discount."""
        mine = [offer for offer in offers if not offer.product_id or offer.product_id == product]
        of_first = [offer for offer in mine if offer.partner_id == mine[0].partner_id]
        rates = Rates(self.company_id, self._get_date())
        target_id = self.company_id.currency_id.id

        def rank(offer):
            price = rates.convert(offer.price_discounted, offer.currency_id.id, target_id)
            return price, offer.sequence, offer.id

        return min(of_first, key=rank, default=None)
