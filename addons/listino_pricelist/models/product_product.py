"""Variants: the history of their prices."""

from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def action_view_price_history(self):
        """Show the changes of prices that concern the variant's product."""
        return self.product_tmpl_id.action_view_price_history()
