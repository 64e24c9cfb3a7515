"""Whom customers buy from instead."""

from odoo import fields, models


class LifecycleCompetitor(models.Model):
    """Noted on lost leads and in calls by whoever hears it, so a salesperson adds one; managers keep the list tidy."""

    _name = "lifecycle.competitor"
    _description = "Competitor"
    _order = "name, id"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    active = fields.Boolean(default=True)
    note = fields.Text(help="What they do better, and what they do not.")

    _name_unique = models.UniqueIndex("(company_id, lower(name))", "This competitor is in the list already.")
