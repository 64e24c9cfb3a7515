"""How long a company keeps what it knows of its customers."""

from odoo import fields, models

USUAL_MONTHS = (
    24  # Garante privacy, 24 February 2005: 12 months for profiling, 24 for marketing, where no more is shown
)


class ResCompany(models.Model):
    _inherit = "res.company"

    lifecycle_retention_months = fields.Integer(
        string="Keep Lifecycle Data for",
        default=USUAL_MONTHS,
        help="Months after which contacts, events and old changes of stage are deleted; 0: never.",
        groups="base.group_user",
    )

    _lifecycle_retention_months_positive = models.Constraint(
        "CHECK(lifecycle_retention_months >= 0)", "The months for which data are kept can't be negative."
    )
