"""Steps of plays."""

from odoo import api, fields, models

TRIGGERS = [
    ("entered", "Entered the stage"),
    ("stayed", "Stayed in the stage"),
    ("delivered", "Everything delivered"),
    ("silent", "Expected order did not come"),
    ("answered", "Answered"),
    ("event", "An outside event"),
]
ACTIONS = [
    ("mail", "E-mail"),
    ("call", "Phone call"),
    ("activity", "Activity"),
    ("voucher", "Voucher by e-mail"),
]
PROFILED = ("entered", "stayed", "silent")


class LifecycleStep(models.Model):
    """A step: what is done, so many days after its trigger, or after the step before where that is later."""

    _name = "lifecycle.step"
    _description = "Step of a Play"
    _order = "sequence, id"

    play_id = fields.Many2one("lifecycle.play", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="play_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    trigger = fields.Selection(TRIGGERS, required=True, default="entered")
    days = fields.Integer(help="From the trigger, or from the step before where that is later.")
    is_cadence = fields.Boolean(
        string="Repeated",
        help="Not part of the ladder: done again and again after it, in the slow cadence of the play.",
    )
    action = fields.Selection(ACTIONS, required=True, default="mail")
    purpose_id = fields.Many2one("lifecycle.purpose", required=True, index=True, ondelete="restrict")
    template_id = fields.Many2one(
        "mail.template", domain=[("model", "=", "lifecycle.touch")], index="btree_not_null", ondelete="restrict"
    )
    script = fields.Html(translate=True, help="What is said on the phone.")
    is_promotional = fields.Boolean(
        string="Promotes Something", help="One line of promotion is enough: a service message then needs consent."
    )
    is_profiled = fields.Boolean(
        string="Profiled",
        compute="_compute_is_profiled",
        store=True,
        readonly=False,
        help="The customer gets it because of what he bought or did, beyond plain facts of the contract: whoever "
        "objected to profiling is left out.",
    )

    _code_unique = models.Constraint("unique(play_id, code)", "A play has one step of a code.")
    _days_positive = models.Constraint("CHECK(days >= 0)", "A step is due on the day of its trigger or later.")

    @api.depends("trigger")
    def _compute_is_profiled(self):
        """Stages and silence are conclusions about a person; deliveries and answers are plain facts."""
        for step in self:
            step.is_profiled = step.trigger in PROFILED
