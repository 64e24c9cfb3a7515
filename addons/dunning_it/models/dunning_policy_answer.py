"""How far a customer's word goes on his page without a person."""

from odoo import fields, models


class DunningPolicy(models.Model):
    _inherit = "dunning.policy"

    declared_days = fields.Integer(
        string="Rest for a Declared Payment",
        default=5,
        help="Working days for which an instalment stands aside that the customer says he has paid; once for each.",
    )
    has_portal_disputes = fields.Boolean(
        string="Objections Stand Aside",
        default=True,
        help="What a customer disputes on his page is not pursued until a person has decided; otherwise it is.",
    )
    promise_days = fields.Integer(
        string="Longest Promise",
        default=15,
        help="A promise of all that is overdue is accepted on the customer's page up to so many days ahead; any other "
        "is left to a person. 0: none is accepted there.",
    )

    _check_answer_days = models.Constraint(
        "CHECK (declared_days >= 0 AND promise_days >= 0)", "Days that a customer may have are not below zero."
    )
