"""Plays: what is done for customers, and when."""

from odoo import fields, models


class LifecyclePlay(models.Model):
    """A play: a ladder of steps for customers in a stage, or to whom something happened."""

    _name = "lifecycle.play"
    _description = "Play"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    stage_id = fields.Many2one("lifecycle.stage", check_company=True, index="btree_not_null", ondelete="restrict")
    step_ids = fields.One2many("lifecycle.step", "play_id", copy=True)
    entry_ids = fields.One2many("lifecycle.entry", "play_id")

    _code_unique = models.Constraint("unique(company_id, code)", "A company has one play of a code.")
