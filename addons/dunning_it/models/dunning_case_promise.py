"""Promises pause a case; once broken, it goes on where it stood."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError


class DunningCase(models.Model):
    _inherit = "dunning.case"

    promise_ids = fields.One2many("dunning.promise", "case_id", readonly=True)
    promise_summary = fields.Char(string="Promises Kept", compute="_compute_promise_summary")

    @api.depends("promise_ids.state")
    def _compute_promise_summary(self):
        """How the customer kept his word so far, in this case and those before."""
        groups = self.env["dunning.promise"]._read_group(
            [("partner_id", "in", self.partner_id.ids), ("state", "in", ("kept", "broken"))],
            ["partner_id", "company_id", "state"],
            ["__count"],
        )
        counts = {(partner, company, state): count for partner, company, state, count in groups}
        for case in self:
            key = case.partner_id, case.company_id
            kept = counts.get((*key, "kept"), 0)
            total = kept + counts.get((*key, "broken"), 0)
            case.promise_summary = self.env._("%(kept)s of %(total)s", kept=kept, total=total) if total else False

    # === PROMISE === #

    def _promise(self, instalments, source="call", call=None):
        """Note what the customer promises to pay, in place of what he had promised before.

        :param instalments: :class:`..promises.schedule.Instalment`, in order of their dates
        :param str source: a value of ``dunning.promise.source``
        :param call: the ``dunning.call`` in which it was promised
        :return: the promises
        """
        self.ensure_one()
        self._check_promise(instalments)
        self._get_open_promises()._withdraw()
        vals_list = [
            {
                **self._prepare_promise_vals(part),
                "count": len(instalments),
                "source": source,
                "call_id": call and call.id,
            }
            for part in instalments
        ]
        promises = self.env["dunning.promise"].create(vals_list)
        self._resync()
        return promises

    def _check_promise(self, instalments):
        if self.state not in ("open", "paused", "legal"):
            raise UserError(self.env._("This case is stopped or closed: it waits for no promise."))
        if instalments[0].date < fields.Date.context_today(self):
            raise UserError(self.env._("A promise is for today or later: choose another date."))
        promised = instalments[-1].until_then * self.currency_id.rounding
        if self.currency_id.compare_amounts(promised, self.amount_net) > 0:
            raise UserError(
                self.env._("No more is open than %(amount)s.", amount=self.currency_id.format(self.amount_net))
            )

    def _prepare_promise_vals(self, part):
        today, unit = fields.Date.context_today(self), self.currency_id.rounding
        return {
            "case_id": self.id,
            "amount": self.currency_id.round(part.amount * unit),
            "amount_until_then": self.currency_id.round(part.until_then * unit),
            "date": part.date,
            "number": part.number,
            "user_id": self.env.user.id,
            "made_date": today,
            "snapshot": self._take_snapshot(),
        }

    def _get_open_promises(self):
        return self.promise_ids.filtered(lambda promise: promise.state == "open")

    # === SCAN === #

    @api.model
    def _judge(self, overdue, credit, by_key):
        # OVERRIDE: promises are judged before the cases are brought in line.
        cases = self.browse(case.id for case in by_key.values())
        self.env["dunning.promise"]._judge_open(cases, credit)
        return super()._judge(overdue, credit, by_key)

    def _get_state_vals(self):
        # OVERRIDE: an open promise pauses; one that is judged pauses no more.
        vals = super()._get_state_vals()
        if vals.get("state", self.state) not in ("open", "paused"):
            return vals
        if promises := self._get_open_promises():
            return {"state": "paused", "paused_until": min(promises.mapped("date"))}
        if self.state == "paused" and self.paused_until in self.promise_ids.mapped("date"):
            return {"state": "open", "paused_until": False}
        return vals

    def _note_reopened(self):
        # OVERRIDE: what kept a promise was taken back.
        self.promise_ids._note_bounced()
        return super()._note_reopened()

    def _move_into(self, other):
        # OVERRIDE: what was promised goes over with the instalments it is about: it pauses the case they are in, is
        # judged anew there where a payment bounces, and acknowledges what is owed.
        done = super()._move_into(other)
        self.promise_ids.write({"case_id": other.id})
        other._write_different(other._get_state_vals())
        return done

    def _close(self, reason):
        # OVERRIDE: a closed case waits for nothing.
        self._get_open_promises()._withdraw()
        return super()._close(reason)

    # === PEOPLE === #

    def _remind_responsible(self, activity_type, summary, **values):
        """Have an activity remind who looks after the case; no mail goes out for it.

        :param str activity_type: XML id of a ``mail.activity.type``
        :param str summary: what is to be done
        """
        self.ensure_one()
        user = (self.user_id | self.company_id.dunning_user_id).filtered("active")[:1] or self.env.user
        if user.id == SUPERUSER_ID:
            user = self._get_responsible()  # the scan or a customer had it made, and both are nobody here
        quietly = self.with_context(mail_activity_quick_update=True)
        quietly.activity_schedule(activity_type, summary=summary, user_id=user.id, **values)
