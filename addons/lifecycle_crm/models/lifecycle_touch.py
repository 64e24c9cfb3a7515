"""Every contact of every play: planned, held back, made. Outbox and audit in one."""

from odoo import fields, models

from .lifecycle_entry import STOPS

STATES = [
    ("due", "Due"),
    ("deferred", "Put off"),
    ("claimed", "Claimed"),
    ("done", "Done"),
    ("skipped", "Skipped"),
    ("failed", "Failed"),
    ("uncertain", "Uncertain"),
]
CHANNELS = [("email", "E-mail"), ("sms", "SMS"), ("phone", "Phone"), ("post", "Letter"), ("none", "Internal")]


class LifecycleTouch(models.Model):
    """A step for a customer on his way through a play; made once, or held back with the reason."""

    _name = "lifecycle.touch"
    _description = "Contact with a Customer"
    _inherit = ["lifecycle.guarded"]
    _order = "due_on desc, id desc"
    _rec_name = "step_id"

    entry_id = fields.Many2one("lifecycle.entry", required=True, readonly=True, index=True, ondelete="cascade")
    step_id = fields.Many2one("lifecycle.step", required=True, readonly=True, index=True, ondelete="restrict")
    turn = fields.Integer(readonly=True, help="0 on the ladder, then counting the slow cadence after it.")
    play_id = fields.Many2one(related="entry_id.play_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="entry_id.company_id", store=True, precompute=True, index=True)
    partner_id = fields.Many2one(related="entry_id.partner_id", store=True, precompute=True, index=True)
    contact_id = fields.Many2one(
        "res.partner", string="Person", readonly=True, index="btree_not_null", ondelete="set null"
    )
    order_id = fields.Many2one(related="entry_id.order_id")
    purpose_id = fields.Many2one("lifecycle.purpose", required=True, readonly=True, ondelete="restrict")
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    address = fields.Char(readonly=True, index="btree_not_null", help="Normalized e-mail address or phone number.")
    state = fields.Selection(STATES, required=True, readonly=True, default="due", index=True)
    due_on = fields.Datetime(required=True, readonly=True, index=True)
    not_before = fields.Datetime(readonly=True, help="Put off until then.")
    claimed_on = fields.Datetime(readonly=True)
    listed_on = fields.Datetime(
        string="On the List since", readonly=True, help="The gate let it through; it waits for a person, who calls."
    )
    settled_on = fields.Datetime(readonly=True, help="When it was made, skipped or given up.")
    verdict = fields.Json(readonly=True, help="The reasons of the gate, with their numbers.")
    stop = fields.Selection(STOPS, string="Stopped by", readonly=True)
    mail_id = fields.Many2one("mail.mail", readonly=True, index="btree_not_null", ondelete="set null")
    message_uid = fields.Char(string="Message-ID", readonly=True, index="btree_not_null")
    remark = fields.Char(readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary(readonly=True)
    user_id = fields.Many2one("res.users", string="Who Calls", index="btree_not_null", ondelete="set null")

    _step_unique = models.Constraint(
        "unique(entry_id, step_id, turn)", "A step is made once for a customer on his way through a play."
    )
