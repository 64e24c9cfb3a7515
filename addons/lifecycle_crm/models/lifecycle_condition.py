"""Conditions of rules."""

from odoo import fields, models

TERM_NAMES = [
    ("orders", "Orders"),
    ("order_days", "Days with orders"),
    ("revenue", "Revenue"),
    ("revenue_year", "Revenue of the last 12 months"),
    ("returns", "Returns"),
    ("returns_value", "Value of returns"),
    ("deliveries_open", "Open deliveries"),
    ("satisfaction", "Satisfaction (1 to 5)"),
    ("leads_open", "Open leads and quotes"),
    ("silent_days", "Days since the last order"),
    ("silence", "Silence, in gaps of the customer's own"),
    ("days_since_first", "Days since the first order"),
    ("days_since_lead", "Days since the first lead"),
    ("days_since_end", "Days since the end of the relation"),
]
OPERATORS = [
    ("=", "is"),
    ("!=", "is not"),
    ("<", "less than"),
    ("<=", "at most"),
    (">", "more than"),
    (">=", "at least"),
    ("known", "is known"),
    ("unknown", "is unknown"),
]


class LifecycleCondition(models.Model):
    """A fact compared with a number; money in the company's currency, days, times or pieces."""

    _name = "lifecycle.condition"
    _description = "Condition of a Lifecycle Rule"
    _order = "sequence, id"

    rule_id = fields.Many2one("lifecycle.rule", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="rule_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    term = fields.Selection(TERM_NAMES, required=True)
    operator = fields.Selection(OPERATORS, required=True, default=">=")
    value = fields.Float(digits=(16, 2))
