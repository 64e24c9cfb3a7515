"""Rules that say who is in a stage."""

from odoo import fields, models


class LifecycleRule(models.Model):
    """Who fulfils the conditions is in the stage; the first rule that holds decides.

    One without conditions holds for everybody.
    """

    _name = "lifecycle.rule"
    _description = "Lifecycle Rule"
    _order = "sequence, id"
    _check_company_auto = True

    rulebook_id = fields.Many2one("lifecycle.rulebook", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="rulebook_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    stage_id = fields.Many2one("lifecycle.stage", required=True, index=True, ondelete="restrict", check_company=True)
    match = fields.Selection([("all", "All conditions"), ("any", "Any condition")], required=True, default="all")
    condition_ids = fields.One2many("lifecycle.condition", "rule_id", copy=True)

    _code_unique = models.Constraint("unique(rulebook_id, code)", "A set of rules has one rule of a code.")
