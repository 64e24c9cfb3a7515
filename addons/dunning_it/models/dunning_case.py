"""Where a customer stands with what he owes."""

from odoo import api, fields, models
from odoo.fields import Domain

HOLDS = [
    ("small", "Less is open than the policy pursues"),
    ("covered", "Open credits cover what is owed"),
    ("disputed", "All that is owed is disputed"),
    ("declared", "The customer says that it is paid"),
    ("no_policy", "There is no policy for this kind of customer"),
    ("no_stage", "All stages of the policy are done"),
]
CLOSINGS = [
    ("paid", "Paid"),
    ("cleared", "No longer overdue"),
    ("waived", "Waived"),
    ("lost", "Lost"),
    ("settled", "Settled otherwise"),
]


class DunningCase(models.Model):
    """What a customer owes a company in one currency, with the step that is to be taken next and its date.

    Amounts are as of the last scan, which follows each payment within a minute; whatever leaves the house is reckoned
    anew from the journal items. Dates are stored, ages are not.
    """

    _name = "dunning.case"
    _description = "Dunning Case"
    _inherit = ["dunning.guarded", "mail.thread", "mail.activity.mixin"]
    _order = "action_date, amount_net desc, id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one("res.partner", string="Customer", required=True, readonly=True, index=True)
    contact_id = fields.Many2one("res.partner", string="Who Pays", compute="_compute_contact_id")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    policy_id = fields.Many2one("dunning.policy", readonly=True, check_company=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", string="Responsible", tracking=True, index="btree_not_null")
    line_ids = fields.One2many("dunning.case.line", "case_id", readonly=True)
    step_ids = fields.One2many("dunning.step", "case_id", readonly=True)

    state = fields.Selection(
        [
            ("open", "Open"),
            ("paused", "Paused"),
            ("stopped", "Stopped"),
            ("legal", "Legal way"),
            ("closed", "Closed"),
        ],
        required=True,
        default="open",
        readonly=True,
        tracking=True,
        index=True,
    )
    paused_until = fields.Date(readonly=True, tracking=True)
    close_reason = fields.Selection(CLOSINGS, readonly=True, tracking=True)
    closed_date = fields.Date(readonly=True)
    cycle = fields.Integer(default=1, readonly=True, required=True, help="Goes up when a closed case opens again.")
    stage_id = fields.Many2one(
        "dunning.stage", string="Next Step", readonly=True, ondelete="restrict", tracking=True, index="btree_not_null"
    )
    stage_kind = fields.Selection(related="stage_id.kind", string="Kind of Step", store=True)
    step_date = fields.Date(string="Last Step", readonly=True, help="When the step before was proven done.")
    action_date = fields.Date(string="Act On", readonly=True, index=True, help="Nothing is to be done before.")
    hold_reason = fields.Selection(HOLDS, string="Why Nothing Is Done", readonly=True)
    is_due = fields.Boolean(compute="_compute_is_due", search="_search_is_due", string="To Do Today")

    amount_due = fields.Monetary(
        string="Overdue", readonly=True, help="Past the legal due date, without what stands aside."
    )
    amount_disputed = fields.Monetary(string="Disputed", readonly=True)
    amount_credit = fields.Monetary(
        string="Open Credits", readonly=True, help="Credit notes and payments not yet allocated."
    )
    amount_net = fields.Monetary(string="To Claim", readonly=True, help="Overdue less open credits.")
    oldest_due_date = fields.Date(readonly=True)
    days_late = fields.Integer(compute="_compute_days_late")

    _one_open = models.UniqueIndex(
        "(company_id, partner_id, currency_id) WHERE state != 'closed'",
        "A customer has one open case for each company and currency.",
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_id", "currency_id", "company_id")
    def _compute_display_name(self):
        for case in self:
            parts = [case.partner_id.display_name]
            if case.currency_id != case.company_id.currency_id:
                parts.append(case.currency_id.name)
            case.display_name = " · ".join(filter(None, parts))

    @api.depends("partner_id", "company_id")
    def _compute_contact_id(self):
        for case in self:
            case.contact_id = case.partner_id.with_company(case.company_id)._get_dunning_contact()

    @api.depends("state", "action_date")
    @api.depends_context("tz", "uid")
    def _compute_is_due(self):
        today = fields.Date.context_today(self)
        for case in self:
            case.is_due = case.state == "open" and bool(case.action_date) and case.action_date <= today

    def _search_is_due(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        due = Domain("state", "=", "open") & Domain("action_date", "<=", fields.Date.context_today(self))
        return due if (True in value) == (operator == "in") else ~due

    @api.depends("oldest_due_date")
    @api.depends_context("tz", "uid")
    def _compute_days_late(self):
        today = fields.Date.context_today(self)
        for case in self:
            case.days_late = (today - case.oldest_due_date).days if case.oldest_due_date else 0

    # === GUARD === #

    def _get_guard_words(self):
        # OVERRIDE: of a case; a person says who looks after it.
        return self.env._("Where a case stands follows from payments and steps: take the next step.")

    # === LIFE === #

    def _complete_stage(self, stage, date):
        """A step was proven done: the next one follows.

        :param stage: the ``dunning.stage`` that is done; another than the case's next step changes nothing
        :param date: the day on which it was proven
        """
        for case in self.filtered(lambda case: case.stage_id == stage):
            case.write({"stage_id": case.policy_id._get_next_stage(stage).id, "step_date": date})
        self._resync()

    def _close(self, reason):
        """Nothing more is done.

        :param str reason: a value of ``close_reason``
        """
        self.line_ids.filtered(lambda line: line.state != "closed").write({"state": "closed"})
        today = fields.Date.context_today(self)
        self.write({"state": "closed", "close_reason": reason, "closed_date": today, "action_date": False})

    def _move_into(self, other):
        """The instalments go over to the case that is kept, for its customer stays; a hook for what goes along.

        :param other: the ``dunning.case`` that is kept
        """
        self.line_ids.filtered(lambda line: line.state != "closed").write({"case_id": other.id})
        self.document_ids.write({"case_id": other.id})

    def _get_bank_account(self):
        """Where to pay: the bank account of the newest invoice, else the company's first.

        :rtype: res.partner.bank
        """
        self.ensure_one()
        newest = self.line_ids.move_id.sorted("id")[-1:]
        return newest.partner_bank_id or self.company_id.partner_id.bank_ids[:1]

    # === HOOKS OF THE SCAN === #

    def _note_reopened(self):
        """A hook for what else is open again when a payment was taken back."""

    @api.model
    def _judge(self, overdue, credit, by_key):
        """A hook for what the books decide before the cases are brought in line.

        :param dict overdue: the overdue instalments by partner and currency
        :param dict credit: open credits likewise
        :param dict by_key: the open cases likewise, without those that are yet to be made
        """

    def _get_state_vals(self):
        """The state that follows from what is known; a hook for what else pauses or stops a case."""
        is_insolvent = bool(self.partner_id.with_company(self.company_id).dunning_insolvency_date)
        if is_insolvent and self.state in ("open", "paused"):
            return {"state": "stopped"}
        if self.state == "stopped" and not is_insolvent:
            return {"state": "open"}
        if self.state == "paused" and self.paused_until and self.paused_until < fields.Date.context_today(self):
            return {"state": "open", "paused_until": False}
        return {}

    def _get_next_attempt(self, day):
        """The day on which the next step is taken; a hook for what else is waited for.

        :param day: as it follows from the stages and the patience, None where nothing is done
        """
        return day

    # === ACTIONS === #

    def action_open_items(self):
        """The journal items of the case."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Items"),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [("id", "in", self.line_ids.move_line_id.ids)],
            "context": {"create": False},
        }
