"""From a case to what mends it, in core's own ways."""

from odoo import models
from odoo.exceptions import UserError

from .lifecycle_case import OURS, SOLVED


class LifecycleCase(models.Model):
    _inherit = "lifecycle.case"

    def action_solve(self):
        """It is put right."""
        self.write({"state": SOLVED})

    def action_reopen(self):
        """It was not solved after all."""
        self.filtered("is_closed").write({"state": OURS})

    def action_return(self):
        """Take goods back: core's return of the delivery."""
        self.ensure_one()
        picking = self.picking_id or self.order_id.picking_ids.filtered(
            lambda each: each.state == "done" and each.picking_type_code == "outgoing"
        )
        if len(picking) != 1 or picking.state != "done":
            raise UserError(self.env._("Choose the delivery that comes back: it must have been made."))
        self.picking_id = picking
        action = self.env["ir.actions.actions"]._for_xml_id("stock.act_stock_return_picking")
        return {**action, "context": {"active_id": picking.id, "active_model": picking._name}}

    def action_refund(self):
        """Credit what was invoiced: core's wizard with the invoice filled in."""
        self.ensure_one()
        invoices = self.order_id.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )
        if not invoices:
            raise UserError(self.env._("There is no posted invoice of this order to credit."))
        if len(invoices) > 1:
            return self.order_id.action_view_invoice(invoices=invoices)
        action = invoices.action_reverse()
        context = {"active_ids": invoices.ids, "active_model": invoices._name, "default_reason": self.name}
        return {**action, "context": context}

    def action_open_order(self):
        """The order that it is about."""
        return self._show(self.order_id)

    def action_open_refund(self):
        """The credit note that was made for it."""
        return self._show(self.refund_id)

    def _show(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
