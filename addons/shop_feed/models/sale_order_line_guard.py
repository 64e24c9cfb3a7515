"""Old prices in the cart."""

from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _should_show_strikethrough_price(self):
        # OVERRIDE: the cart strikes out the full price or nothing: nothing where the page may not show it in full.
        is_shown = super()._should_show_strikethrough_price()
        order = self.order_id
        if not is_shown or not order.website_id:
            return is_shown
        shares = order.website_id._get_announced_shares(self.product_id, order.pricelist_id, order.fiscal_position_id)
        return shares.get(self.product_id.id, 1.0) == 1.0
