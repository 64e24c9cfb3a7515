"""How a customer pays: seen on his form, and used wherever one decides what to expect of him."""

from typing import NamedTuple

from odoo import fields, models
from odoo.tools import format_date

from ..behaviour.payments import TREND_MONTHS, behaviour, expected_pay_date
from .payment_facts import PaymentFacts

NOTABLE_DAYS = 3  # a trend below it is chance
NO_PROMISES = {"kept": 0, "broken": 0}


class PartnerBehaviour(NamedTuple):
    """What is shown of a customer; None where there is nothing to tell it from.

    :param int count: the payments of the last years that it is told from
    :param median_days_late: half of the payments came later; below zero for one who pays early
    :param on_time_share: between 0 and 1, of what has fallen due, counted by instalments
    :param on_time_amount_share: the same, counted by amounts
    :param recent_median: the median of the last twelve months
    :param earlier_median: that of the time before
    :param worst: days late of the payment that came latest
    :param amount_open: open now, less credits, in the company's currency
    :param amount_overdue: past its due date
    :param str sentence: how he pays, in words
    """

    count: int
    median_days_late: float | None
    on_time_share: float | None
    on_time_amount_share: float | None
    recent_median: float | None
    earlier_median: float | None
    worst: int | None
    promises_kept: int
    promises_broken: int
    amount_open: float
    amount_overdue: float
    sentence: str


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_dunning_payment_facts(self):
        """The instalments of the last three years as they were paid, in the environment's company.

        :return: dict from partner to a list of :class:`..behaviour.payments.Fact`; a contact has those of its company
        """
        today = fields.Date.context_today(self)
        facts = PaymentFacts(self.sudo().env).get_facts(self.commercial_partner_id, today)  # figures of it are shown
        return {partner: facts[partner.commercial_partner_id.id] for partner in self}

    def _get_dunning_behaviour(self):
        """How customers pay, in the environment's company; in a few queries for however many.

        Reads with the server's rights: whoever shows it decides to whom.

        :return: dict from partner to :class:`PartnerBehaviour`; a contact has that of its company
        """
        today = fields.Date.context_today(self)
        commercial = self.commercial_partner_id
        facts = self._get_dunning_payment_facts()
        balances = PaymentFacts(self.sudo().env).get_balances(commercial, today)  # figures of it are shown
        promises = commercial._count_dunning_promises()
        found = {}
        for partner in self:
            entity = partner.commercial_partner_id
            paying = behaviour(facts[partner], today)
            kept, broken = promises.get(entity, NO_PROMISES).values()
            total, overdue = balances.get(entity.id, (0.0, 0.0))
            found[partner] = PartnerBehaviour(
                count=paying.count,
                median_days_late=_float(paying.median_days_late),
                on_time_share=_float(paying.on_time_share),
                on_time_amount_share=_float(paying.on_time_amount_share),
                recent_median=_float(paying.recent_median),
                earlier_median=_float(paying.earlier_median),
                worst=paying.worst,
                promises_kept=kept,
                promises_broken=broken,
                amount_open=total,
                amount_overdue=overdue,
                sentence=" ".join(
                    [
                        *self._describe_paying(paying),
                        *self._describe_expected(facts[partner], today),
                        *self._describe_promises(kept, broken),
                    ]
                ),
            )
        return found

    def _count_dunning_promises(self):
        """How many promises were kept and broken, by customer."""
        groups = (
            self.env["dunning.promise"]
            .sudo()  # the counts are shown
            ._read_group(
                [
                    ("partner_id", "in", self.ids),
                    ("company_id", "=", self.env.company.id),
                    ("state", "in", list(NO_PROMISES)),
                ],
                ["partner_id", "state"],
                ["__count"],
            )
        )
        counts = {}
        for partner, state, count in groups:
            counts.setdefault(self.browse(partner.id), dict(NO_PROMISES))[state] = count
        return counts

    # === WORDS === #

    def _describe_paying(self, paying):
        """How a customer pays, in sentences that can be read aloud.

        :param paying: a :class:`..behaviour.payments.Behaviour`
        """
        if not paying.count:
            return [self.env._("No invoice of the last three years has been paid yet: there is nothing to judge by.")]
        days = round(paying.median_days_late)
        values = {"days": abs(days), "share": round(100 * paying.on_time_share)}
        if days > 0:
            words = self.env._("Usually pays %(days)s days after the due date, %(share)s%% on time.", **values)
        elif days < 0:
            words = self.env._("Usually pays %(days)s days before the due date, %(share)s%% on time.", **values)
        else:
            words = self.env._("Usually pays on the due date, %(share)s%% on time.", **values)
        return [words, *self._describe_trend(paying.trend)]

    def _describe_trend(self, trend):
        if trend is None or abs(trend) < NOTABLE_DAYS:
            return []
        values = {"days": round(abs(trend)), "months": TREND_MONTHS}
        if trend > 0:
            return [self.env._("In the last %(months)s months %(days)s days later than before.", **values)]
        return [self.env._("In the last %(months)s months %(days)s days sooner than before.", **values)]

    def _describe_expected(self, facts, today):
        """When the oldest overdue instalment is paid, if he pays as ever; nothing where he never paid any."""
        due = min((fact.due for fact in facts if not fact.settled and fact.due < today), default=None)
        if not due or not any(fact.settled for fact in facts):
            return []
        values = {"due": format_date(self.env, due)}
        if expected := expected_pay_date(due, facts, today):
            values["date"] = format_date(self.env, expected)
            return [self.env._("As ever, what fell due on %(due)s would be paid by %(date)s.", **values)]
        return [self.env._("Has never paid as late as what fell due on %(due)s is by now.", **values)]

    def _describe_promises(self, kept, broken):
        total = kept + broken
        return [self.env._("Promises kept: %(kept)s of %(total)s.", kept=kept, total=total)] if total else []


def _float(value):
    return None if value is None else float(value)
