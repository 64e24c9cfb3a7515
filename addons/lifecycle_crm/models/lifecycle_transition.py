"""Every change of stage, for ever."""

from odoo import fields, models

CAUSES = [
    ("first", "First seen"),
    ("order", "Order"),
    ("silence", "Silence"),
    ("cancellation", "Cancellation"),
    ("return", "Return"),
    ("lead", "Lead or quote"),
    ("answer", "Answer"),
    ("rule_change", "Changed rules"),
    ("manual", "By hand"),
    ("merge", "Merged contacts"),
]


class LifecycleTransition(models.Model):
    """A customer enters a stage. Rows are only added, so the stage as of any moment can be told."""

    _name = "lifecycle.transition"
    _description = "Change of Stage"
    _inherit = ["lifecycle.lasting"]
    _order = "moment desc, id desc"
    _rec_name = "to_stage_id"
    _log_access = False  # ``moment`` tells it, and half a million rows are added at once

    partner_id = fields.Many2one("res.partner", string="Customer", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    from_stage_id = fields.Many2one("lifecycle.stage", string="From", index="btree_not_null", ondelete="restrict")
    to_stage_id = fields.Many2one("lifecycle.stage", string="To", required=True, index=True, ondelete="restrict")
    moment = fields.Datetime(required=True, index=True)
    days_before = fields.Integer(string="Days in Stage before", aggregator="avg")
    cause = fields.Selection(CAUSES, required=True)
    reason = fields.Json()
