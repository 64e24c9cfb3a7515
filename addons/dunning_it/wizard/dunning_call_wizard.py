"""The form that one calls with."""

from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize
from odoo.tools.misc import format_date

from ..models.dunning_call import CHANNELS
from ..models.dunning_case_line import CLOSED
from ..models.dunning_dispute import REASONS
from ..patience.contacts import CALL, next_working_day
from ..patience.dates import next_day_of_month
from ..promises.schedule import MONTH, TWO_WEEKS, WEEK, split

LAST_CALLS = 5
DAYS_TO_PAY = 7  # proposed where nothing is known of when the office pays


class DunningCallWizard(models.TransientModel):
    """A call as it is made: what to say and what is known on one side, the outcomes on the other."""

    _name = "dunning.call.wizard"
    _description = "Call a Customer"

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id")
    partner_id = fields.Many2one(related="case_id.partner_id", related_sudo=False)
    currency_id = fields.Many2one(related="case_id.currency_id")
    amount_net = fields.Monetary(related="case_id.amount_net", related_sudo=False)
    amount_due = fields.Monetary(related="case_id.amount_due", related_sudo=False)
    amount_credit = fields.Monetary(related="case_id.amount_credit", related_sudo=False)
    days_late = fields.Integer(related="case_id.days_late", related_sudo=False)
    closing_day = fields.Integer(related="case_id.closing_day", related_sudo=False)
    promise_summary = fields.Char(related="case_id.promise_summary", related_sudo=False)
    script = fields.Html(related="case_id.stage_id.call_script", related_sudo=False)
    open_line_ids = fields.Many2many("dunning.case.line", compute="_compute_shown", string="Open Instalments")
    last_call_ids = fields.Many2many("dunning.call", compute="_compute_shown", string="Said Before")

    started_on = fields.Datetime(default=fields.Datetime.now, readonly=True)
    channel = fields.Selection(CHANNELS, required=True, default="call")
    obstacle = fields.Char(compute="_compute_obstacle")
    contact_id = fields.Many2one(
        "res.partner", compute="_compute_contact", store=True, compute_sudo=False, readonly=False
    )
    phone = fields.Char(compute="_compute_reach", store=True, compute_sudo=False, readonly=False)
    email = fields.Char(compute="_compute_reach", store=True, compute_sudo=False, readonly=False)
    note = fields.Text(help="What was said: it is shown at the next call.")

    promise_amount = fields.Monetary(
        string="Amount", compute="_compute_promise", store=True, compute_sudo=False, readonly=False
    )
    promise_date = fields.Date(
        string="Pays By", compute="_compute_promise", store=True, compute_sudo=False, readonly=False
    )
    promise_count = fields.Integer(string="Instalments", default=1)
    promise_interval = fields.Selection(
        [(WEEK, "each week"), (TWO_WEEKS, "every two weeks"), (MONTH, "each month")], required=True, default=MONTH
    )
    promise_preview = fields.Html(compute="_compute_promise_preview")
    dispute_line_ids = fields.Many2many(
        "dunning.case.line", domain="[('case_id', '=', case_id), ('state', '=', 'active')]", string="Disputed"
    )
    dispute_reason = fields.Selection(REASONS, string="Reason")
    back_date = fields.Date(
        string="Call Back On", compute="_compute_back_date", store=True, compute_sudo=False, readonly=False
    )

    # === COMPUTE METHODS === #

    @api.depends("case_id")
    def _compute_shown(self):
        for wizard in self:
            wizard.open_line_ids = wizard.case_id.line_ids.filtered(lambda line: line.state != CLOSED)
            customer = [("partner_id", "=", wizard.partner_id.id), ("company_id", "=", wizard.company_id.id)]
            wizard.last_call_ids = self.env["dunning.call"].search(customer, limit=LAST_CALLS)

    @api.depends("case_id", "channel")
    def _compute_obstacle(self):
        for wizard in self:
            wizard.obstacle = wizard.channel == "call" and wizard.case_id.call_obstacle

    @api.depends("case_id")
    def _compute_contact(self):
        for wizard in self:
            wizard.contact_id = wizard.case_id.contact_id

    @api.depends("contact_id")
    def _compute_reach(self):
        """How to reach who is spoken to, else who pays."""
        for wizard in self:
            contact, case = wizard.contact_id, wizard.case_id
            wizard.phone = contact.phone or case.phone
            wizard.email = email_normalize(contact.email or "") or case._get_email()

    @api.depends("case_id")
    def _compute_promise(self):
        """All that is claimed, on the next day on which the office pays."""
        today = fields.Date.context_today(self)
        for wizard in self:
            day = wizard.case_id.closing_day
            wizard.promise_amount = wizard.case_id.amount_net
            wizard.promise_date = next_day_of_month(today, day) if day else today + timedelta(DAYS_TO_PAY)

    @api.depends("promise_amount", "promise_date", "promise_count", "promise_interval")
    def _compute_promise_preview(self):
        for wizard in self:
            parts = wizard._split_promise() if wizard.promise_count > 1 else None
            wizard.promise_preview = parts and wizard._draw(parts)

    @api.depends("case_id")
    def _compute_back_date(self):
        self.back_date = next_working_day(fields.Date.context_today(self))

    # === ACTIONS === #

    def action_open_case(self):
        """The case with all that is known."""
        return self.case_id._get_form_action()

    # === PROMISE === #

    def _split_promise(self):
        """The instalments as they are entered.

        :return: list of :class:`..promises.schedule.Instalment`, None where something is missing
        """
        units = round(self.promise_amount / self.currency_id.rounding) if self.currency_id else 0
        if not self.promise_date or self.promise_count < 1 or units < self.promise_count:
            return None
        return split(units, self.promise_count, self.promise_date, self.promise_interval)

    def _draw(self, parts):
        rows = [
            Markup("<li>%s: <b>%s</b></li>")
            % (format_date(self.env, part.date), self.currency_id.format(part.amount * self.currency_id.rounding))
            for part in parts
        ]
        return Markup("<ol class='mb-0'>%s</ol>") % Markup("").join(rows)

    # === OUTCOMES === #

    def action_promise(self):
        """The customer pays by a date, or in instalments."""
        self.check_access("write")
        parts = self._split_promise()
        if not parts:
            raise UserError(
                self.env._("Enter the amount and the date of the promise, and how many instalments it has.")
            )
        call = self._log("promise")
        call.case_id._promise(parts, source="letter" if self.channel == "letter" else "call", call=call)
        return self._end(call)

    def action_dispute(self):
        """The customer objects to instalments."""
        if not self.dispute_reason or not self.dispute_line_ids:
            raise UserError(self.env._("Choose the disputed instalments and the reason."))
        call = self._log("dispute")
        call.case_id._dispute(
            self.dispute_line_ids.sudo(), self.dispute_reason, self.note, call
        )  # checked with the case
        return self._end(call)

    def action_copy(self):
        """The customer has not got the invoices: they are sent again."""
        call = self._log("copy")
        call.case_id._send_copies(self.email)
        return self._end(call)

    def action_other_payment(self):
        """The customer wants to pay in another way: a person arranges it."""
        call = self._log("other_payment")
        call.case_id._remind_responsible(
            "mail.mail_activity_data_todo", self.env._("Arrange another form of payment"), note=self.note
        )
        return self._end(call)

    def action_call_back(self):
        """The customer looks into it: called again on a day."""
        if not self.back_date or self.back_date < fields.Date.context_today(self):
            raise UserError(self.env._("Choose today or a later day to call back."))
        call = self._log("call_back", next_date=self.back_date)
        if not call.stage_id:
            call.case_id._remind_responsible(
                "mail.mail_activity_data_call", self.env._("Call back"), note=self.note, date_deadline=self.back_date
            )
        return self._end(call)

    def action_no_answer(self):
        """Nobody answers: tried again on the next day for calls."""
        return self._end(self._log("no_answer"))

    def action_wrong_number(self):
        """It is somebody else's number: a person finds the right one."""
        call = self._log("wrong_number")
        call.case_id._remind_responsible(
            "mail.mail_activity_data_todo",
            self.env._("Find the right phone number: %(phone)s is wrong", phone=self.phone),
        )
        return self._end(call)

    def _log(self, outcome, **values):
        """Note the call in the case.

        :return: the ``dunning.call``, as the server
        """
        self.ensure_one()
        self.case_id.check_access("write")
        case = self.case_id.sudo()  # where a case stands is the server's to write
        if self.channel == "call" and not case._may_contact(CALL, self.started_on).is_allowed:
            raise UserError(
                self.env._(
                    "%(customer)s is not to be called now (%(reason)s). If it was not you who called, say so above.",
                    customer=self.partner_id.display_name,
                    reason=case.call_obstacle,
                )
            )
        return case._log_call(
            outcome,
            channel=self.channel,
            contact_id=self.contact_id.id,
            phone=self.phone,
            note=self.note,
            **values,
        )

    def _end(self, call):
        """Keep the call in the case's history, and say what comes next."""
        case = call.case_id
        case.message_post(body=call.summary, author_id=self.env.user.partner_id.id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self._tell_next(case),
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _tell_next(self, case):
        customer = case.partner_id.display_name
        if case.state == "paused":
            until = format_date(self.env, case.paused_until)
            return self.env._("%(customer)s: nothing is done until %(date)s.", customer=customer, date=until)
        if not case.action_date:
            return self.env._("%(customer)s: nothing more is to be done now.", customer=customer)
        return self.env._(
            "%(customer)s: %(step)s on %(date)s.",
            customer=customer,
            step=case.stage_id.name,
            date=format_date(self.env, case.action_date),
        )
