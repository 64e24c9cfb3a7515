"""The dialog in which a seller says why a quote deserves approval."""

from odoo import api, fields, models


class QuoteDiscountAsking(models.TransientModel):
    """The reason of a request for approval."""

    _name = "quote.discount.asking"
    _description = "Ask for Approval"

    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade")
    notice = fields.Text(string="Discount Notice", compute="_compute_notice")
    reason = fields.Text(string="Why", required=True)

    @api.depends("order_id")
    def _compute_notice(self):
        """What is beyond the limits, for whoever may open the quote; the limits are looked up whoever asks."""
        self.order_id.check_access("read")
        for asking in self:
            asking.notice = asking.order_id.discount_notice

    def action_ask(self):
        """Put the quote to the lowest level that suffices."""
        self.ensure_one()
        self.order_id.check_access("write")
        self.order_id._ask_approval(self.reason)
        return {"type": "ir.actions.act_window_close"}
