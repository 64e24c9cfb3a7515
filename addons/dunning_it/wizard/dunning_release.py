"""A manager lets an order of a customer on the watch list go on."""

from odoo import fields, models


class DunningRelease(models.TransientModel):
    """Asks for the reason."""

    _name = "dunning.release"
    _description = "Release of an Order"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="order_id.currency_id")
    amount_total = fields.Monetary(related="order_id.amount_total", related_sudo=False)
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Release it."""
        self.ensure_one()
        self.order_id._release_from_watch(self.reason)
        return {"type": "ir.actions.act_window_close"}
