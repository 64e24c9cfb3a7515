"""The dialog in which an approver says why he refuses."""

from odoo import fields, models


class QuoteDiscountRefusal(models.TransientModel):
    """The reason of a no to one or several requests."""

    _name = "quote.discount.refusal"
    _description = "Refuse"

    request_ids = fields.Many2many("quote.discount.request", required=True)
    comment = fields.Text(string="Why", required=True)

    def action_refuse(self):
        """Refuse them, and name those that could not be decided."""
        self.ensure_one()
        result = self.request_ids._decide_each(False, self.comment)
        return {"type": "ir.actions.act_window_close"} if result is True else result
