"""How long before its end an agreement is told to the salesperson."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    quote_agreement_notice_days = fields.Integer(
        string="Tell the End of Agreements",
        default=30,
        help="How many days before the end of a customer agreement its salesperson gets an activity.",
        groups="base.group_user",
    )

    _agreement_notice_not_negative = models.Constraint(
        "CHECK (quote_agreement_notice_days >= 0)", "The days before the end of an agreement can't be below zero."
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    quote_agreement_notice_days = fields.Integer(related="company_id.quote_agreement_notice_days", readonly=False)
