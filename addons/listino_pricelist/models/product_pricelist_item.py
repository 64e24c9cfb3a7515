"""Price rules with a note for the reader of the list, and prices from a memo."""

from odoo import fields, models

from .price_memo import OrderPrices, memo_of


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    listino_note = fields.Char(
        string="Note in Price Lists",
        translate=True,
        help="Printed under the products to which this rule gives the price.",
    )

    def _compute_price(self, product, quantity, uom, date, currency=None, **kwargs):
        # OVERRIDE: the lines of an order are priced together.
        asked = {"quantity": quantity, "uom": uom, "date": date, "currency": currency, **kwargs}
        memo = memo_of(self.env, OrderPrices)
        known = memo and memo.prices(self, product, asked)
        return known[0] if known else super()._compute_price(product, **asked)

    def _compute_price_before_discount(self, product, *args, **kwargs):
        # OVERRIDE: likewise, where the chain of lists stays in one currency.
        memo = memo_of(self.env, OrderPrices)
        known = memo and not args and memo.prices(self, product, kwargs)
        if known and known[1] is not None:
            return known[1]
        return super()._compute_price_before_discount(product, *args, **kwargs)
