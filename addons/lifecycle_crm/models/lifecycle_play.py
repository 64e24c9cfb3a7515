"""Plays: what is done for customers, and when."""

from odoo import fields, models

from ..plays.steps import STOPS, Play, Step

STATES = [("draft", "Draft"), ("running", "Running"), ("paused", "Paused")]


class LifecyclePlay(models.Model):
    """A play: a ladder of steps for customers in a stage, or to whom something happened."""

    _name = "lifecycle.play"
    _description = "Play"
    _inherit = ["lifecycle.guarded", "mail.thread", "mail.activity.mixin"]
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
    entry_ids = fields.One2many("lifecycle.entry", "play_id", readonly=True, copy=False)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False, tracking=True)
    started_on = fields.Datetime(
        string="Running since", readonly=True, copy=False, help="What happened before concerns nobody."
    )
    planned_on = fields.Datetime(readonly=True, copy=False, help="When customers last entered.")
    user_id = fields.Many2one(
        "res.users", string="Owner", default=lambda self: self.env.user, help="Is told when the play stops by itself."
    )
    description = fields.Text(translate=True, help="What it is for, in the words of the house.")
    event_code = fields.Char(string="Outside Event", help="The code of the event that steps wait for.")
    cadence_days = fields.Integer(
        string="Slow Cadence", help="Days from one contact to the next after the ladder; 0: it ends with the ladder."
    )
    holdout_percent = fields.Integer(
        string="Left in Peace",
        default=10,
        help="Percent of the customers for whom nothing is done on purpose, to see what happens by itself.",
    )
    result_days = fields.Integer(
        string="Results within", default=60, help="Days from the entry in which an order counts as a result."
    )

    # === WHAT ENDS IT FOR A CUSTOMER === #

    stop_on_ordered = fields.Boolean(string="He orders", default=True)
    stop_on_left_stage = fields.Boolean(string="He leaves the stage", default=True)
    stop_on_replied = fields.Boolean(string="He replies")
    stop_on_objected = fields.Boolean(string="He objects", default=True)
    stop_on_complained = fields.Boolean(string="He complains", default=True)
    stop_on_ended = fields.Boolean(string="The relation ends", default=True)

    _code_unique = models.Constraint("unique(company_id, code)", "A company has one play of a code.")
    _holdout_percentage = models.Constraint(
        "CHECK(holdout_percent BETWEEN 0 AND 100)", "The part left in peace lies between 0 and 100 percent."
    )
    _cadence_positive = models.Constraint("CHECK(cadence_days >= 0)", "A cadence is one day or more, or none (0).")
    _result_positive = models.Constraint("CHECK(result_days > 0)", "Results are looked at after one day or more.")

    def _as_play(self):
        """The play for the plain arithmetic; a ValueError tells what is wrong with it.

        :rtype: ..plays.steps.Play
        """
        self.ensure_one()
        ladder = self.step_ids.filtered(lambda step: not step.is_cadence)
        again = (self.step_ids - ladder)[:1] if self.cadence_days else self.step_ids.browse()
        return Play(
            self.code,
            self.stage_id.code or None,
            tuple(Step(step.code, step.trigger, step.days, step.action) for step in ladder),
            frozenset(stop for stop in STOPS if self[f"stop_on_{stop}"]),
            self.cadence_days if again else None,
            again.action or None,
        )
