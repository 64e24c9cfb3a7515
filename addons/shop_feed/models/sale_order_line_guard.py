"""Old prices in the cart."""

from odoo import models

from .website_guard import ALL


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _should_show_strikethrough_price(self):
        # OVERRIDE: the cart strikes out the full price or nothing: nothing where the page may not show it in full.
        is_shown = super()._should_show_strikethrough_price()
        order = self.order_id
        if not is_shown or not order.website_id:
            return is_shown
        announced = order.website_id._get_announced(self.product_id, order.pricelist_id, order.fiscal_position_id)
        return announced.get(self.product_id.id, ALL).share == 1.0
