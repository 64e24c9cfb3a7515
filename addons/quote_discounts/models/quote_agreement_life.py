"""The life of an agreement: activated, closed, renewed, and its end told in time."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..agreements.period import DAY, next_period
from .quote_agreement import ACTIVE, CLOSED, PROPOSED

BATCH = 100


class QuoteAgreement(models.Model):
    _inherit = "quote.agreement"

    # === ACTIONS === #

    def action_activate(self):
        """From now on the conditions apply by themselves; for managers."""
        self._check_manager()
        if any(agreement.decision != PROPOSED for agreement in self):
            raise UserError(self.env._("Only a proposed agreement can be activated."))
        if any(not agreement.line_ids for agreement in self):
            raise UserError(self.env._("Write at least one condition before you activate the agreement."))
        # The decision is the server's to note.
        self.sudo().write({"decision": ACTIVE, "activated_by_id": self.env.uid, "activated_on": fields.Datetime.now()})
        self._end_activities()

    def action_activate_instead(self):
        """Activate, and let the conditions that stand in the way end the day before; for managers."""
        self._check_manager()
        for line, other in self._find_clashes({ACTIVE}):
            last_day = line._get_period().start - DAY
            if (other._get_period().start or last_day) > last_day:
                raise UserError(
                    self.env._(
                        "%(agreement)s begins no earlier than this one: close it, or begin later.",
                        agreement=other.agreement_id.name,
                    )
                )
            other.date_end = last_day
            other.agreement_id.message_post(
                body=self.env._(
                    "%(goods)s: ends on %(date)s, since %(agreement)s takes its place.",
                    goods=other.scope_name,
                    date=format_date(self.env, last_day),
                    agreement=line.agreement_id.name,
                )
            )
        self.invalidate_recordset(["overlap_notice"])
        self.action_activate()

    def action_close(self):
        """From now on the conditions apply no more; what was quoted by them stays. For managers."""
        self._check_manager()
        self.sudo().write({"decision": CLOSED})  # the decision is the server's to note
        self._end_activities()

    def action_renew(self):
        """The same conditions for the next period: in force at once for a manager, else proposed to one."""
        self.ensure_one()
        self.check_access("read")
        if self.decision != ACTIVE:
            raise UserError(self.env._("Only an agreement that was activated can be renewed."))
        if not self.date_end:
            raise UserError(self.env._("An agreement without a last day needs no renewal."))
        if open_renewal := self.sudo().renewal_ids.filtered(lambda renewal: renewal.decision != CLOSED):
            raise UserError(self.env._("It was renewed already, by %(agreement)s.", agreement=open_renewal[0].name))
        if not self.env.user.has_group("quote_discounts.group_quote_user"):
            raise AccessError(self.env._("Only salespeople propose agreements."))
        renewal = self.sudo().copy(self._prepare_renewal_vals())  # sellers propose what only managers may write
        if self._is_manager():
            renewal.with_env(self.env).action_activate()
        else:
            renewal._ask_manager()
        self._end_activities()
        return renewal.with_env(self.env)._open()

    def _prepare_renewal_vals(self):
        """The next period; conditions with days of their own move along with it."""
        period, shift = next_period(self._get_period(), fields.Date.context_today(self))
        lines = self.sudo().line_ids.copy_data()
        for vals in lines:
            for name in ("date_start", "date_end"):
                vals[name] = vals.get(name) and vals[name] + shift
        return {
            "date_start": period.start,
            "date_end": period.end,
            "renewed_from_id": self.id,
            "line_ids": [fields.Command.create(vals) for vals in lines],
        }

    def _open(self):
        """The action that shows the agreement."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _is_manager(self):
        return self.env.su or self.env.user.has_group("quote_discounts.group_quote_manager")

    def _check_manager(self):
        if not self._is_manager():
            raise AccessError(self.env._("Only a manager decides on agreements. Ask one to activate or close it."))
        self.check_access("write")

    # === PROPOSALS === #

    def _ask_manager(self):
        """Tell a manager, once, that a proposal waits for him; what is decided takes the reminder back."""
        for agreement in self:
            manager = agreement._get_asked_manager()
            if not manager:
                continue
            words = agreement.with_context(lang=manager.lang or self.env.lang).env
            agreement.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=manager.id,
                summary=words._("Activate or close the proposed agreement %(agreement)s", agreement=agreement.name),
                note=words._("Proposed by %(name)s. It has no effect before you activate it.", name=self.env.user.name),
            )

    def _get_asked_manager(self):
        """Who decides: the head of the salesperson's team, else the first manager of the company; hook."""
        self.ensure_one()
        managers = self.env.ref("quote_discounts.group_quote_manager").all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        head = self.user_id.sale_team_id.user_id
        return head if head in managers else managers.sorted("id")[:1]

    # === THE END === #

    def _cron_report_ends(self):
        """Tell salespeople which agreements end soon, and which have ended.

        What is left to do follows from the agreements, so a run that is stopped goes on with the next one.
        """
        todo = self._get_ends_to_report()
        self.env["ir.cron"]._commit_progress(remaining=len(todo))
        for ids in (todo.ids[start : start + BATCH] for start in range(0, len(todo), BATCH)):
            batch = self.browse(ids).try_lock_for_update()
            batch._report_end()
            if not self.env["ir.cron"]._commit_progress(processed=len(ids)):
                break

    def _get_ends_to_report(self):
        """The agreements whose end was not told yet, the soonest first."""
        today = fields.Date.context_today(self)
        companies = self.env["res.company"].search(Domain.TRUE)
        soon = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_end", "<=", fields.Date.add(today, days=company.quote_agreement_notice_days))
            for company in companies
        )
        ended = Domain("date_end", "<", today) & Domain("end_reported", "=", False)
        near = Domain("date_end", ">=", today) & Domain("end_announced", "=", False) & soon
        return self.search(Domain("decision", "=", ACTIVE) & (ended | near), order="date_end, id")

    def _report_end(self):
        """Note an activity for who looks after the customer, unless the agreement was renewed."""
        today = fields.Date.context_today(self)
        for agreement in self:
            ended = agreement.date_end < today
            if not agreement.renewal_ids.filtered(lambda renewal: renewal.decision == ACTIVE):
                agreement._schedule_end(ended)
            agreement.write({"end_reported" if ended else "end_announced": True})

    def _schedule_end(self, ended):
        self.ensure_one()
        user = (self.user_id | self.partner_id.user_id | self.activated_by_id).filtered("active")[:1]
        agreement = self.with_context(lang=user.lang or self.env.lang)
        day = format_date(agreement.env, agreement.date_end)
        agreement.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=agreement.date_end,
            user_id=user.id or self.env.uid,
            summary=agreement.env._("Agreement ended on %s", day)
            if ended
            else agreement.env._("Agreement ends on %s", day),
            note=agreement.env._("Renew it with the button on its form, or let it end."),
        )

    def _end_activities(self):
        """Take back the reminders of an end that is dealt with."""
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])  # they are the server's own
