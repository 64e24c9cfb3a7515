"""What came of calls."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

OUTCOMES = [
    ("interested", "Interested"),
    ("not_now", "Not now"),
    ("refused", "Not interested"),
    ("not_reached", "Not reached"),
    ("wrong_number", "Wrong number"),
    ("objected", "Does not want calls"),
    ("ordered", "Places an order"),
]
CHANNELS = [("call", "We called"), ("incoming", "The customer called")]
SETTLED = {
    "interested": "done",
    "not_now": "done",
    "refused": "done",
    "ordered": "done",
    "wrong_number": "skipped",
    "objected": "skipped",
}


class LifecycleCall(models.Model):
    """A call and its outcome, kept as it was noted."""

    _name = "lifecycle.call"
    _description = "Call to a Customer"
    _inherit = ["lifecycle.lasting"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Customer", required=True, index=True, ondelete="cascade")
    contact_id = fields.Many2one("res.partner", string="Person", index="btree_not_null", ondelete="set null")
    user_id = fields.Many2one("res.users", string="By", required=True, index=True, ondelete="restrict")
    date = fields.Datetime(required=True, index=True, default=fields.Datetime.now)
    channel = fields.Selection(CHANNELS, required=True, default="call")
    outcome = fields.Selection(OUTCOMES, required=True)
    attempt = fields.Integer(help="Counted while nobody is reached.")
    phone = fields.Char()
    note = fields.Text()
    next_date = fields.Date(string="Call Again on")
    touch_id = fields.Many2one("lifecycle.touch", string="Step", index="btree_not_null", ondelete="set null")
    play_id = fields.Many2one(related="touch_id.play_id")
    order_id = fields.Many2one("sale.order", string="Quote", index="btree_not_null", ondelete="set null")
    lost_reason_id = fields.Many2one("crm.lost.reason", string="Why Not", index="btree_not_null", ondelete="restrict")
    competitor_id = fields.Many2one(
        "lifecycle.competitor", string="Buys from", index="btree_not_null", ondelete="restrict", check_company=True
    )

    # === WHAT FOLLOWS === #

    @api.model
    def _log(self, outcome, partner, company, touch=None, **values):
        """Note a call, and do what follows from it: the step is settled, the next contact is set.

        :param str outcome: one of :data:`OUTCOMES`
        :param partner: the customer, a commercial partner
        :param touch: the step that it was made for; None: his day to be called had come
        :return: the ``lifecycle.call``
        """
        touch = touch or self.env["lifecycle.touch"]
        vals = {"partner_id": partner.id, "company_id": company.id, "touch_id": touch.id, "outcome": outcome, **values}
        attempt = self._count_attempts(partner, company, touch) + 1 if outcome == "not_reached" else 0
        is_given_up = attempt >= company.lifecycle_call_attempts
        if outcome == "not_reached" and not is_given_up:
            vals["next_date"] = self._get_next_workday(company)
        call = self.create({**vals, "attempt": attempt, "user_id": self.env.uid})
        if touch:
            call._settle_touch(is_given_up)
        call._set_next_contact(is_given_up)
        if outcome == "wrong_number":
            call._ask_for_number()
        elif outcome == "objected":
            call._record_objection()
        return call

    @api.model
    def _count_attempts(self, partner, company, touch):
        """Calls since somebody was reached for the same thing."""
        same = [
            ("partner_id", "=", partner.id),
            ("company_id", "=", company.id),
            ("touch_id", "=", touch.id),
        ]
        reached = self.search([*same, ("outcome", "!=", "not_reached")], limit=1)
        return self.search_count([*same, ("outcome", "=", "not_reached"), ("id", ">", reached.id or 0)])

    @api.model
    def _get_next_workday(self, company):
        day = company._lifecycle_today() + timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
        return day

    def _settle_touch(self, is_given_up):
        """Settle the step, or have it come back on a later day."""
        if self.outcome != "not_reached":
            self.touch_id._settle(SETTLED[self.outcome], user_id=self.user_id.id)
        elif is_given_up:
            words = self.env._("Nobody was reached in %(count)s attempts.", count=self.attempt)
            self.touch_id._settle("skipped", remark=words)
        else:
            self.touch_id.write({"not_before": self.company_id._lifecycle_moment(self.next_date)})

    def _set_next_contact(self, is_given_up):
        """The day on which he is called again: what was said, the next attempt, or none.

        A step that comes back by itself leaves the day of another promise alone.
        """
        if self.touch_id and self.outcome == "not_reached":
            return
        status = self.env["lifecycle.status"]._get(self.partner_id, self.company_id)
        keeps = self.touch_id and self.outcome in ("interested", "ordered", "wrong_number") and not self.next_date
        if not keeps:
            status._set_next_contact(False if is_given_up else self.next_date, "call")

    def _ask_for_number(self):
        """Somebody finds the right number."""
        owner = self.company_id._lifecycle_pick_reader(self.partner_id, self.partner_id.user_id, self.user_id)
        words = self.env._("Find the right phone number: %(phone)s is wrong", phone=self.phone or "")
        self.partner_id._lifecycle_remind(owner, words, self.company_id)

    def _record_objection(self):
        """He objects to calls for everything that is not the contract itself (GDPR art. 21)."""
        person = self.contact_id or self.partner_id
        for purpose in self.env["lifecycle.purpose"].search([("basis", "!=", "contract")]):
            self.env["lifecycle.consent"]._record(
                person, purpose.code, "refused", "phone", self.company_id, channel="phone", text=self.note or None
            )

    @api.model
    def _check_day(self, day, company):
        if not day or day <= company._lifecycle_today():
            raise UserError(self.env._("Choose a later day on which he is called again."))
