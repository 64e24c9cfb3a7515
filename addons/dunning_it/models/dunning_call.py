"""What was said on the phone."""

from odoo import api, fields, models
from odoo.tools.misc import format_date

OUTCOMES = [
    ("promise", "Promised to pay"),
    ("dispute", "Disputes"),
    ("copy", "Asked for a copy"),
    ("other_payment", "Other form of payment"),
    ("call_back", "Call back"),
    ("no_answer", "No answer"),
    ("wrong_number", "Wrong number"),
]
NOT_REACHED = ("no_answer", "wrong_number")
CHANNELS = [("call", "We called"), ("incoming", "The customer called"), ("letter", "The customer wrote")]


class DunningCall(models.Model):
    """A call with a customer and its outcome: kept as it was noted."""

    _name = "dunning.call"
    _description = "Dunning Call"
    _order = "date desc, id desc"
    _check_company_auto = True

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="case_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    stage_id = fields.Many2one("dunning.stage", string="Step", readonly=True, ondelete="set null")
    cycle = fields.Integer(readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", string="By", readonly=True, default=lambda self: self.env.user)
    channel = fields.Selection(CHANNELS, required=True, readonly=True, default="call")
    contact_id = fields.Many2one("res.partner", string="Spoke To", readonly=True, ondelete="set null")
    phone = fields.Char(readonly=True)
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    is_reached = fields.Boolean(compute="_compute_is_reached", store=True)
    note = fields.Text(readonly=True)
    next_date = fields.Date(string="Call Again On", readonly=True)
    amount_net = fields.Monetary(string="Claimed Amount", readonly=True)
    promise_ids = fields.One2many("dunning.promise", "call_id", readonly=True)
    dispute_ids = fields.One2many("dunning.dispute", "call_id", readonly=True)
    summary = fields.Char(compute="_compute_summary")

    @api.depends("outcome")
    def _compute_is_reached(self):
        for call in self:
            call.is_reached = call.outcome not in NOT_REACHED

    @api.depends("partner_id", "date")
    def _compute_display_name(self):
        for call in self:
            call.display_name = f"{call.partner_id.display_name} {format_date(self.env, call.date)}"

    @api.depends("outcome", "note", "date", "promise_ids", "dispute_ids", "next_date")
    def _compute_summary(self):
        """The call in one line: when, with which outcome, and what was said."""
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        for call in self:
            day = fields.Date.context_today(call, call.date)
            parts = [format_date(self.env, day), outcomes[call.outcome], call._describe_outcome(), call.note]
            call.summary = " · ".join(part for part in parts if part)

    def _describe_outcome(self):
        """What followed: the promises, the objections, or the day of the next call."""
        if self.promise_ids:
            return ", ".join(self.promise_ids.sorted("date").mapped("display_name"))
        if self.dispute_ids:
            return ", ".join(self.dispute_ids.mapped("display_name"))
        return self.next_date and format_date(self.env, self.next_date)
