"""Odoo's dialog for down payments, which sets totals beside prices."""

from odoo import models

from ..models.sale_order_gate_totals import KEY, OwnTotals


class SaleAdvancePaymentInv(models.TransientModel):
    _inherit = "sale.advance.payment.inv"

    def create_invoices(self):
        # OVERRIDE: the dialog may set totals for down payments.
        return super(SaleAdvancePaymentInv, self.with_context(**{KEY: OwnTotals()})).create_invoices()

    def _create_invoices(self, sale_orders):
        # OVERRIDE: a down payment is asked for a quote as for an order.
        (sale_orders | self.sale_order_ids)._check_offers()
        return super()._create_invoices(sale_orders)
