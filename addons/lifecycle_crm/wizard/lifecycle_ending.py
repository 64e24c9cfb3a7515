"""Somebody said that it is over."""

from odoo import fields, models
from odoo.exceptions import UserError


class LifecycleEnding(models.TransientModel):
    """Since when a relation is over, and why: nobody can find that out from orders."""

    _name = "lifecycle.ending"
    _description = "End of a Relation"
    _inherit = ["lifecycle.form"]

    status_id = fields.Many2one("lifecycle.status", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="status_id.partner_id", related_sudo=False)
    date = fields.Date(string="Ended on", required=True, default=lambda self: self.env.company._lifecycle_today())
    reason = fields.Char(string="Who Ended It, and Why", required=True)

    def action_end(self):
        """Plays stop, the stage follows, and offers are refused; an order that comes later begins it anew."""
        self.ensure_one()
        if self.date > self.status_id.company_id._lifecycle_today():
            raise UserError(self.env._("Note the end when it has come: until then the customer is one like any other."))
        self.status_id._end(self.date, self.reason)
