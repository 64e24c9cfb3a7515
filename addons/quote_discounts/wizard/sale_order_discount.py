"""Odoo's dialog for discounts, which sets totals beside prices."""

from odoo import models

from ..models.sale_order_gate_totals import KEY, OwnTotals


class SaleOrderDiscount(models.TransientModel):
    _inherit = "sale.order.discount"

    def action_apply_discount(self):
        # OVERRIDE: the dialog may set totals.
        return super(SaleOrderDiscount, self.with_context(**{KEY: OwnTotals()})).action_apply_discount()
