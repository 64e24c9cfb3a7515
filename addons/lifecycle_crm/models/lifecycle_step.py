"""Steps of plays."""

from odoo import fields, models

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
    days = fields.Integer()
    action = fields.Selection(ACTIONS, required=True, default="mail")
    purpose_id = fields.Many2one("lifecycle.purpose", required=True, index=True, ondelete="restrict")
    template_id = fields.Many2one(
        "mail.template", domain=[("model", "=", "lifecycle.touch")], index="btree_not_null", ondelete="restrict"
    )
    script = fields.Html(translate=True, help="What is said on the phone.")

    _code_unique = models.Constraint("unique(play_id, code)", "A play has one step of a code.")
