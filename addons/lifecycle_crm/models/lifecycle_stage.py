"""Stages of a customer's life with the company."""

from odoo import fields, models

PHASES = [
    ("acquisition", "Acquisition"),
    ("start", "Start"),
    ("growth", "Growth"),
    ("separation", "Separation"),
]


class LifecycleStage(models.Model):
    """A stage, in one of the four phases; the rules say who is in it. In the order of a customer's life."""

    _name = "lifecycle.stage"
    _description = "Lifecycle Stage"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="What rules and transitions call it; it stays when the name changes.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    phase = fields.Selection(PHASES, required=True)
    sequence = fields.Integer(default=10, help="In the order of a customer's life.")
    color = fields.Integer()
    advice = fields.Text(translate=True, help="What is usually done for a customer in this stage.")
    tag_id = fields.Many2one(
        "res.partner.category",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Customers in this stage carry it, so that lists, limits, feeds and mailings can select by it.",
    )

    _code_unique = models.Constraint("unique(company_id, code)", "A company has one stage of a code.")
