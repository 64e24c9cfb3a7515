"""Whom may be called or written to now: quiet hours, days of rest and contacts a week."""

from datetime import time, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools.date_utils import float_to_time
from odoo.tools.misc import format_date, format_datetime

from ..patience.contacts import CALL, HOLIDAY, QUIET_HOURS, WEEK, WEEK_CONTACTS, WEEKEND, Limits, may_contact

ITALY = ZoneInfo("Europe/Rome")  # the rules are about the customer's day, whoever works from elsewhere


class DunningCase(models.Model):
    _inherit = "dunning.case"

    call_obstacle = fields.Char(
        string="Not Before", compute="_compute_call_obstacle", help="Why the customer is not to be called now."
    )

    @api.depends("partner_id", "policy_id")
    def _compute_call_obstacle(self):
        contacts = self._get_contacts()
        for case in self:
            answer = case._may_contact(CALL, contacts=contacts[case.partner_id, case.company_id])
            case.call_obstacle = case._tell_answer(answer)

    def _tell_answer(self, answer):
        """Why the customer is to be left alone and until when, nothing where he need not be.

        :param Answer answer: see :meth:`_may_contact`
        """
        words = {
            QUIET_HOURS: self.env._("Quiet hours"),
            WEEK_CONTACTS: self.env._("Contacted often enough this week"),
            WEEKEND: self.env._("Weekend"),
            HOLIDAY: self.env._("Public holiday"),
        }
        return not answer.is_allowed and self.env._(
            "%(reason)s: not before %(moment)s",
            reason=words[answer.reason],
            moment=self._format_moment(answer.moment),
        )

    def _format_moment(self, moment):
        """A moment in Italian time, as a day where it is the beginning of one."""
        if moment.time() == time.min:
            return format_date(self.env, moment)
        return format_datetime(self.env, to_utc(moment), tz=ITALY.key, dt_format="short")

    def _may_contact(self, channel, moment=None, contacts=None):
        """Whether the customer may be contacted.

        :param str channel: CALL or WRITE
        :param datetime moment: from when on, in UTC; None: now
        :param contacts: the moments of contacts that were made, in Italian time, where they are known already
        :rtype: Answer, in Italian time
        """
        self.ensure_one()
        limits = self._get_limits()
        if contacts is None and limits.week_contacts and limits.is_natural_person:
            contacts = self._get_contacts()[self.partner_id, self.company_id]
        return may_contact(limits, channel, to_italy(moment or fields.Datetime.now()), contacts or ())

    def _get_limits(self):
        """What the policy allows with this customer; a hook for other limits.

        :rtype: Limits
        """
        policy = self.policy_id
        is_person = policy.audience == "consumer" or not self.partner_id.is_company
        return Limits(
            is_natural_person=is_person,
            quiet_from=float_to_time(policy.quiet_from),
            quiet_to=float_to_time(policy.quiet_to),
            week_contacts=policy.week_contacts or None,
        )

    def _get_contacts(self):
        """The contacts with the cases' customers in the last seven days, in whatever case and of whatever kind.

        Calls that nobody answered are none. What the customer began himself is none either.

        :return: dict from customer and company to moments in Italian time
        """
        since = fields.Datetime.now() - WEEK
        customers = [("partner_id", "in", self.partner_id.ids), ("company_id", "in", self.company_id.ids)]
        Call, Step = self.env["dunning.call"].sudo(), self.env["dunning.step"].sudo()  # no right to calls is needed
        calls = Call.search_fetch(
            [*customers, ("date", ">", since), ("is_reached", "=", True), ("channel", "=", "call")],
            ["partner_id", "company_id", "date"],
        )
        steps = Step.search_fetch(
            [*customers, ("done_on", ">", since), ("state", "=", "done"), ("kind", "in", ("mail", "notice"))],
            ["partner_id", "company_id", "done_on"],
        )
        found = {(case.partner_id, case.company_id): [] for case in self}
        for record, moment in [*((call, call.date) for call in calls), *((step, step.done_on) for step in steps)]:
            found.setdefault((record.partner_id, record.company_id), []).append(to_italy(moment))
        return found


def to_italy(moment):
    """A moment in UTC as the clocks in Italy show it.

    >>> from datetime import datetime
    >>> to_italy(datetime(2026, 6, 15, 18, 30)), to_italy(datetime(2026, 12, 15, 18, 30))
    (datetime.datetime(2026, 6, 15, 20, 30), datetime.datetime(2026, 12, 15, 19, 30))
    """
    return moment.replace(tzinfo=timezone.utc).astimezone(ITALY).replace(tzinfo=None)


def to_utc(moment):
    """A moment on Italian clocks in UTC.

    >>> from datetime import datetime
    >>> to_utc(datetime(2026, 6, 15, 8))
    datetime.datetime(2026, 6, 15, 6, 0)
    """
    return moment.replace(tzinfo=ITALY).astimezone(timezone.utc).replace(tzinfo=None)
