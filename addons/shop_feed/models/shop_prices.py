"""What consumers pay in the shop, VAT included: many products at a moment, in few queries, whoever asks.

Not the visitor's request, country or customer but the list, the company and the fiscal position that are named decide.
"""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from odoo.tools import float_round

from odoo.addons.listino_pricelist.models.currency_rates import Rates
from odoo.addons.listino_pricelist.models.displayed_prices import DisplayedPrice, DisplayedPrices
from odoo.addons.listino_pricelist.models.price_facts import PriceFacts

from ..channels.amounts import Money

COMPARED = "compare"
BY_FORMULA = "code"  # taxes of another addon
NEARLY = 1 - 1e-9


class ShopPrice(NamedTuple):
    """A price of one piece as the shop shows it.

    :param Money price: what is paid
    :param Money full: what the shop strikes out; the price itself where nothing is struck out
    :param str campaign: what tells one announced sale from another; None where there is none
    :param datetime starts: of the rules behind the price the latest beginning, None where none has any; UTC, naive
    :param datetime ends: the earliest end, likewise
    :param float unit: the price as the list says it, VAT included or not as the product's taxes have it
    """

    price: Money
    full: Money
    campaign: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    unit: float = 0.0

    @property
    def is_reduced(self):
        """Whether the shop shows the full price struck through beside it."""
        return self.full.units > self.price.units


class ShopTaxes(DisplayedPrices):
    """Prices with VAT rounded as the shop's pages round them, so that a click lands on the price that was told."""

    def __init__(self, *args, product=None):
        super().__init__(*args)
        self._product = product

    def _with_taxes(self, taxes, unit_price):
        # OVERRIDE: a page rounds to the currency, by the company's rounding method; a quote keeps more decimals.
        details = self._get_details(taxes, unit_price)
        rounded = self._currency.round
        return DisplayedPrice(rounded(details["total_excluded"]), rounded(details["total_included"]))

    def less(self, template, unit_price, share):
        """What a cart of one piece comes to with a discount, which is a line of its own; fixed taxes stay.

        Half a cent of the discount is the seller's: where a cart may round either way, it asks no more than this.
        """
        of_company, mapped = self.taxes(template)
        if of_company != mapped:
            unit_price = template.product_variant_id._get_tax_included_unit_price_from_price(
                unit_price, of_company, product_taxes_after_fp=mapped
            )
        shared = mapped.flatten_taxes_hierarchy().filtered(lambda tax: tax.amount_type != "fixed")
        whole, off = self._get_details(mapped, unit_price), self._get_details(shared, unit_price * share * NEARLY)
        rounded = self._currency.round
        untaxed = rounded(whole["total_excluded"]) - rounded(off["total_excluded"])
        return rounded(untaxed + rounded(_tax_of(whole) - _tax_of(off)))

    def _get_details(self, taxes, unit_price):
        return taxes._get_tax_details(
            unit_price,
            1.0,
            precision_rounding=self._currency.rounding,
            rounding_method=(taxes[:1].company_id or self._company).tax_calculation_rounding_method,
            product=self._product,
        )


def _tax_of(details):
    return details["total_included"] - details["total_excluded"]


class ShopPrices:
    """The prices of a list at a moment.

    :param pricelist: a list, in an environment that may read rules and taxes
    :param company: the seller
    :param fiscal_position: that maps taxes; empty: taxes as they are on the products
    :param datetime moment: UTC, naive
    :param date day: the seller's day at that moment, for exchange rates
    """

    def __init__(self, pricelist, company, fiscal_position, moment, day):
        self._pricelist = pricelist.with_company(company)
        self._env = self._pricelist.env
        self._currency = pricelist.currency_id
        self._moment = moment
        self._taxed_by = (self._pricelist, company, fiscal_position)
        self._taxes, self._by_formula = ShopTaxes(*self._taxed_by), {}
        self._rates = Rates(self._env.company, day)
        self._compares = self._env["res.groups"]._is_feature_enabled("website_sale.group_product_price_comparison")

    def of(self, products):
        """A :class:`ShopPrice` for each product's id.

        :param products: variants
        """
        products = products.with_env(self._env)
        facts = PriceFacts(self._pricelist, products, self._moment)
        requests = [facts.request(product, 1.0) for product in products]
        if self._pricelist._can_price_in_bulk(products, alone=True):
            answers = self._pricelist._get_answers(facts, requests, alone=True)
        else:
            answers = facts.answers_of(self._pricelist, requests)
        rules = self._read_rules(answers)
        before = self._get_prices_before(facts, answers, requests, rules)
        return {
            product.id: self._get_price(product.product_tmpl_id, answer, full, rules)
            for product, answer, full in zip(products, answers, before, strict=True)
        }

    def taxed(self, template, amount):
        """An amount of the company's currency, asked for a product, with the product's VAT: in the list's currency.

        :rtype: Money
        """
        converted = self._rates.convert(amount, self._env.company.currency_id.id, self._currency.id)
        return self._money(self._get_taxes(template).of(template, converted).taxed)

    def less(self, template, unit, share):
        """What is paid for one piece of which a share is taken off in the cart.

        :param float unit: of a :class:`ShopPrice`
        :rtype: Money
        """
        return self._money(self._get_taxes(template).less(template, unit, share))

    def in_company_currency(self, price):
        """A price in the company's currency, as a number.

        :param Money price: in the list's currency
        """
        amount = price.units / 10**price.decimals
        return self._rates.convert(amount, self._currency.id, self._env.company.currency_id.id)

    def _read_rules(self, answers):
        ids = {rule.id for answer in answers for rule in rules_of(answer)}
        return {item.id: item for item in self._env["product.pricelist.item"].browse(ids)}

    def _get_prices_before(self, facts, answers, requests, rules):
        """What each price was before the discount that the shop shows; None where it shows none."""
        before = [None] * len(answers)
        shown = [
            place
            for place, answer in enumerate(answers)
            if answer.rule and rules[answer.rule.id]._show_discount_on_shop()
        ]
        found = facts.prices_before_discount(
            [answers[place] for place in shown], [requests[place] for place in shown], self._currency
        )
        for place, price in zip(shown, found, strict=True):
            before[place] = price
        return before

    def _get_price(self, template, answer, before, rules):
        """As website_sale shows it: what a rule takes off, otherwise the price to compare with."""
        taxes = self._get_taxes(template)
        price = full = self._money(taxes.of(template, answer.price).taxed)
        campaign = None
        if before is not None and self._currency.compare_amounts(before, answer.price) > 0:
            full, campaign = self._money(taxes.of(template, before).taxed), campaign_of(answer, rules)
        elif self._compares and template.compare_list_price:
            compared = self._rates.convert(template.compare_list_price, template.currency_id.id, self._currency.id)
            full, campaign = self._money(compared), COMPARED
        if full.units <= price.units:
            full, campaign = price, None
        behind = [rules[rule.id] for rule in rules_of(answer)]
        starts = max((rule.date_start for rule in behind if rule.date_start), default=None)
        ends = min((rule.date_end for rule in behind if rule.date_end), default=None)
        return ShopPrice(price, full, campaign, starts, ends, answer.price)

    def _get_taxes(self, template):
        """What adds VAT, once for all products with the same; but a tax by formula looks at the product itself."""
        _own, taxes = self._taxes.taxes(template)
        if taxes._ids not in self._by_formula:
            self._by_formula[taxes._ids] = BY_FORMULA in taxes.flatten_taxes_hierarchy().mapped("amount_type")
        if self._by_formula[taxes._ids]:
            return ShopTaxes(*self._taxed_by, product=template.product_variant_id)
        return self._taxes

    def _money(self, amount):
        return money(amount, self._currency)


def money(amount, currency):
    """An amount of Odoo's in the smallest units, half a cent upwards."""
    decimals = currency.decimal_places
    exact = Decimal(repr(float_round(amount, precision_digits=decimals)))
    return Money(int(exact.scaleb(decimals)), currency.name, decimals)


def rules_of(answer):
    """The rules behind a price, from its own list down."""
    while answer:
        if answer.rule and answer.rule.id:
            yield answer.rule
        answer = answer.base


def campaign_of(answer, rules):
    """The name of the sale: rules of one named campaign are one sale, others are each their own."""
    return "/".join(rules[rule.id].feed_campaign or str(rule.id) for rule in rules_of(answer))
