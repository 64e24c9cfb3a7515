"""Order lines that take their prices from the list a whole order at a time, and charge what the list prints."""

from odoo import api, models

from .price_memo import KEY, OrderPrices, memo_of


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_pricelist_item_id(self):
        # OVERRIDE: core asks the list line by line; the memo knows the answers for all of them.
        return super(SaleOrderLine, self._with_order_prices())._compute_pricelist_item_id()

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_price_unit(self):
        # OVERRIDE: likewise for the prices.
        return super(SaleOrderLine, self._with_order_prices())._compute_price_unit()

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_discount(self):
        # OVERRIDE: likewise for the prices before discount.
        return super(SaleOrderLine, self._with_order_prices())._compute_discount()

    def _with_order_prices(self):
        """The lines with a memo of their prices in the context, where there are several."""
        if len(self) < 2 or memo_of(self.env, OrderPrices):
            return self
        return self.with_context(**{KEY: OrderPrices(self)})

    def _get_display_price_ignore_combo(self):
        # OVERRIDE: the quote charges the unit price that the list prints; core would keep its invisible decimals.
        price = super()._get_display_price_ignore_combo()
        pricelist = self.order_id.pricelist_id
        return pricelist._round_unit_price(price) if pricelist else price
