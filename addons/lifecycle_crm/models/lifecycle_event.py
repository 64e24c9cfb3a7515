"""What happened to a customer outside of Odoo."""

from odoo import fields, models


class LifecycleEvent(models.Model):
    """An outside event that another system tells, such as "has not used what he bought"; only ever added."""

    _name = "lifecycle.event"
    _description = "Outside Event"
    _inherit = ["lifecycle.lasting"]
    _order = "moment desc, id desc"
    _rec_name = "code"

    partner_id = fields.Many2one("res.partner", string="Person", required=True, index=True, ondelete="cascade")
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id", string="Customer", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    code = fields.Char(required=True, help="What happened; plays wait for it by this code.")
    key = fields.Char(required=True, help="Of the other system: the same event told twice is one.")
    moment = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    values = fields.Json(help="Whatever else the other system tells about it.")

    _key_unique = models.Constraint("unique(company_id, code, key)", "The same event is kept once.")
