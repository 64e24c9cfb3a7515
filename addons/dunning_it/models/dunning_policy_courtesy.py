"""When a policy wants a courtesy note before the due date."""

from odoo import fields, models


class DunningPolicy(models.Model):
    _inherit = "dunning.policy"

    has_courtesy = fields.Boolean(
        string="Courtesy Note before the Due Date", help="To customers who pay late, about amounts that matter."
    )
    courtesy_days = fields.Integer(string="Days Before", default=5)
    courtesy_min_amount = fields.Monetary(string="From an Amount of", default=1000)
    courtesy_days_late = fields.Integer(
        string="If the Median Is Late by More than",
        default=7,
        help="Days by which half of the customer's payments came later than agreed.",
    )

    _check_courtesy = models.Constraint(
        "CHECK (courtesy_days > 0 AND courtesy_min_amount >= 0)",
        "A courtesy note goes out a day before the due date at least, and amounts are not below zero.",
    )
