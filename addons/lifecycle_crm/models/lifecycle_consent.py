"""What people have said to being contacted."""

from odoo import fields, models


class LifecycleConsent(models.Model):
    """A word of a person on a purpose: granted or refused. The latest counts, all are kept."""

    _name = "lifecycle.consent"
    _description = "Consent"
    _inherit = ["lifecycle.lasting"]
    _order = "moment desc, id desc"
    _rec_name = "purpose_id"

    partner_id = fields.Many2one("res.partner", string="Person", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    purpose_id = fields.Many2one("lifecycle.purpose", required=True, index=True, ondelete="restrict")
    state = fields.Selection([("granted", "Granted"), ("refused", "Refused")], required=True)
    moment = fields.Datetime(required=True, default=fields.Datetime.now)
