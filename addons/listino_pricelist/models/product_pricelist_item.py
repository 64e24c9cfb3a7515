"""Price rules with a note for the reader of the list, and prices from a memo."""

from odoo import api, fields, models

from ..pricing.breaks import keeps_breaks, kept_share
from .price_facts import rule_of
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
        if known:
            return known[0]
        return super()._compute_price(product, **asked) * self._get_kept_share(product, quantity, uom, date)

    def _get_kept_share(self, product, quantity, uom, date):
        """The share of the price that quantity discounts kept from another list leave of it."""
        source = self.pricelist_id.breaks_pricelist_id
        own_quantity = source and uom._compute_quantity(quantity, product.uom_id, raise_if_failure=False)
        if not source or own_quantity <= 1 or not keeps_breaks(rule_of(self, 0)):
            return 1.0
        options = {"uom": product.uom_id, "date": date, "currency": source.currency_id}
        prices = [source._get_product_price(product, number, **options) for number in (own_quantity, 1.0)]
        return kept_share(*prices)

    @api.constrains("pricelist_id", "base", "base_pricelist_id")
    def _check_breaks_circle(self):
        self.pricelist_id._check_breaks_circle()

    def _compute_price_before_discount(self, product, *args, **kwargs):
        # OVERRIDE: likewise, where the chain of lists stays in one currency.
        memo = memo_of(self.env, OrderPrices)
        known = memo and not args and memo.prices(self, product, kwargs)
        if known and known[1] is not None:
            return known[1]
        return super()._compute_price_before_discount(product, *args, **kwargs)
