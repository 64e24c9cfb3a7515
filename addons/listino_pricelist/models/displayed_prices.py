"""What a price is without and with VAT, as a quote would charge it."""

from dataclasses import dataclass

from odoo.tools import float_round

from ..layout.figures import decimals_written

MANY = 1_000_000  # pieces, taxed together so that the rounding of amounts does not reach the price of one


@dataclass(frozen=True, slots=True)
class DisplayedPrice:
    """One unit price as it is printed.

    :param float untaxed: without VAT
    :param float taxed: with VAT
    """

    untaxed: float
    taxed: float


class DisplayedPrices:
    """Turns unit prices into those that are printed, with the taxes of a company and a fiscal position.

    The way is that of a sale order line: the product's taxes of the company, mapped by the fiscal position, the price
    adapted where VAT is included in it. Answers are remembered, since few taxes serve many products.
    """

    def __init__(self, pricelist, company, fiscal_position):
        self._company = company
        self._currency = pricelist.currency_id or company.currency_id
        self._fiscal_position = fiscal_position
        self._taxes = {}
        self._with_included = {}
        self._prices = {}
        self.decimals = pricelist._get_price_decimals()

    def taxes(self, template):
        """The taxes of a product, as the company has them and as the fiscal position maps them."""
        own = template.taxes_id
        if own._ids not in self._taxes:
            of_company = own._filter_taxes_by_company(self._company)
            self._taxes[own._ids] = of_company, self._fiscal_position.map_tax(of_company)
        return self._taxes[own._ids]

    def rate(self, template):
        """The VAT rate to print, in percent; None where the taxes are none or not of the plain kind."""
        _of_company, mapped = self.taxes(template)
        return sum(mapped.mapped("amount")) if mapped and set(mapped.mapped("amount_type")) == {"percent"} else None

    def net_of(self, template, unit_price):
        """A unit price less the taxes that are in it: what is compared with a cost."""
        own = template.taxes_id
        if own._ids not in self._with_included:
            of_company, _mapped = self.taxes(template)
            self._with_included[own._ids] = any(of_company.mapped("price_include"))
        return self.of(template, unit_price).untaxed if self._with_included[own._ids] else unit_price

    def of(self, template, unit_price):
        """The :class:`DisplayedPrice` of a product's unit price, rounded as a quote charges it."""
        of_company, mapped = self.taxes(template)
        key = (of_company._ids, mapped._ids, unit_price)
        if key not in self._prices:
            if of_company != mapped:
                unit_price = template.product_variant_id._get_tax_included_unit_price_from_price(
                    unit_price, of_company, product_taxes_after_fp=mapped
                )
            self._prices[key] = self._with_taxes(mapped, unit_price)
        return self._prices[key]

    def _with_taxes(self, taxes, unit_price):
        """Both prices, with as many decimals as the unit price has."""
        digits = decimals_written(unit_price, self.decimals)
        if len(taxes) <= 1 and taxes.amount_type in (False, "percent"):
            factor = 1 + taxes.amount / 100
            untaxed, taxed = (
                (unit_price / factor, unit_price) if taxes.price_include else (unit_price, unit_price * factor)
            )
        else:
            per_million = taxes.compute_all(unit_price, currency=self._currency, quantity=MANY)
            untaxed, taxed = per_million["total_excluded"] / MANY, per_million["total_included"] / MANY
        return DisplayedPrice(*(float_round(price, precision_digits=digits) for price in (untaxed, taxed)))
