"""What an hour of own work costs, for the review of cases."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dunning_hour_cost = fields.Monetary(
        string="Cost of an Own Hour", help="For the reviews of cases.", groups="base.group_user"
    )

    _check_dunning_hour_cost = models.Constraint(
        "CHECK (dunning_hour_cost >= 0)", "An own hour costs nothing at the least."
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dunning_hour_cost = fields.Monetary(related="company_id.dunning_hour_cost", readonly=False)
