"""Customers on their way through a play."""

from odoo import fields, models

STOPS = [
    ("ordered", "Ordered"),
    ("left_stage", "Left the stage"),
    ("replied", "Replied"),
    ("objected", "Objected"),
    ("complained", "Complained"),
    ("ended", "Relation ended"),
]


class LifecycleEntry(models.Model):
    """A customer's way through a play, from one entry on; a later entry is another."""

    _name = "lifecycle.entry"
    _description = "Customer in a Play"
    _inherit = ["lifecycle.guarded"]
    _order = "id desc"
    _rec_name = "partner_id"

    play_id = fields.Many2one("lifecycle.play", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    contact_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="set null", help="The person who is contacted."
    )
    key = fields.Char(required=True, readonly=True, help="What it is about: the same thing never enters twice.")
    entered_on = fields.Datetime(required=True, readonly=True, help="What happens from then on may end it.")
    trigger_date = fields.Date(required=True, readonly=True, help="The day that the days of the steps count from.")
    event_id = fields.Many2one("lifecycle.event", readonly=True, index="btree_not_null", ondelete="set null")
    planned_on = fields.Datetime(readonly=True, index=True, help="When the next step was last looked for.")
    stopped_on = fields.Date(readonly=True)
    state = fields.Selection(
        [("running", "Running"), ("held_out", "Left in Peace"), ("done", "Done"), ("stopped", "Stopped")],
        required=True,
        readonly=True,
        default="running",
    )
    stop = fields.Selection(STOPS, string="Stopped by", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True, index="btree_not_null", ondelete="set null")
    touch_ids = fields.One2many("lifecycle.touch", "entry_id", readonly=True)

    _key_unique = models.Constraint(
        "unique(play_id, partner_id, key)", "The same thing does not enter a play twice for a customer."
    )
