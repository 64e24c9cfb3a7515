"""Whether salespeople may raise prices."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    quote_surcharge = fields.Boolean(
        string="Surcharges by Salespeople",
        help="Salespeople may write a discount below zero, such as -2, which raises the price.",
        groups="base.group_user",
    )
