"""How a customer really pays, from what he paid before: against the terms, not against what one hopes for.

A median, since one forgotten invoice says nothing about a customer; exact fractions, since they are shown and compared.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from statistics import median

from dateutil.relativedelta import relativedelta

TREND_MONTHS = 12
KEPT, BROKEN, OPEN = OUTCOMES = ("kept", "broken", "open")


@dataclass(frozen=True, slots=True)
class Fact:
    """An instalment, or the part of it that one payment settled.

    :param date due: when it fell due
    :param settled: when it was paid; None while it is open
    :param amount: in any exact unit, above zero (credit notes are no payment behaviour: leave them out)
    """

    due: date
    settled: date | None
    amount: int

    @property
    def days_late(self):
        """Days from the due date to the payment, below zero if it came before; None while open.

        >>> Fact(date(2026, 1, 31), date(2026, 2, 5), 100).days_late, Fact(date(2026, 1, 31), None, 100).days_late
        (5, None)
        """
        return (self.settled - self.due).days if self.settled else None


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What is shown about a customer; None where there is nothing to tell it from.

    :param int count: the payments that it is told from
    :param median_days_late: half of the payments came later; a Fraction, below zero for one who pays early
    :param on_time_share: the part of what has fallen due that was paid by its due date, counted by instalments
    :param on_time_amount_share: the same, counted by amounts
    :param recent_median: the median of the last twelve months
    :param earlier_median: that of the time before
    :param worst: days late of the payment that came latest
    """

    count: int
    median_days_late: Fraction | None
    on_time_share: Fraction | None
    on_time_amount_share: Fraction | None
    recent_median: Fraction | None
    earlier_median: Fraction | None
    worst: int | None

    @property
    def trend(self):
        """Days by which the median of the last twelve months is above that of before: above zero he gets slower."""
        if self.recent_median is None or self.earlier_median is None:
            return None
        return self.recent_median - self.earlier_median


def behaviour(facts, today):
    """The payment behaviour of a customer up to and with a day; what happened later is not looked at.

    What is overdue and still open has no days late yet: it is left out of the medians, but it was not paid on time.

    :param facts: the :class:`Fact` of one customer
    :rtype: Behaviour

    >>> facts = [Fact(date(2026, 1, 31), date(2026, 1, 31), 100), Fact(date(2026, 2, 28), date(2026, 3, 10), 300)]
    >>> behaviour(facts, date(2026, 4, 1))  # doctest: +NORMALIZE_WHITESPACE
    Behaviour(count=2, median_days_late=Fraction(5, 1), on_time_share=Fraction(1, 2),
              on_time_amount_share=Fraction(1, 4), recent_median=Fraction(5, 1), earlier_median=None, worst=10)
    """
    paid = [fact for fact in facts if fact.settled and fact.settled <= today]
    fallen_due = [fact for fact in facts if fact.due < today or (fact.settled and fact.settled <= today)]
    on_time = [fact for fact in fallen_due if fact.settled and fact.settled <= min(fact.due, today)]
    start = today - relativedelta(months=TREND_MONTHS)
    return Behaviour(
        count=len(paid),
        median_days_late=median_days_late(paid),
        on_time_share=_share(len(on_time), len(fallen_due)),
        on_time_amount_share=_share(sum(fact.amount for fact in on_time), sum(fact.amount for fact in fallen_due)),
        recent_median=median_days_late([fact for fact in paid if fact.settled > start]),
        earlier_median=median_days_late([fact for fact in paid if fact.settled <= start]),
        worst=max((fact.days_late for fact in paid), default=None),
    )


def median_days_late(facts):
    """The median of the days late of what was paid; None if nothing was.

    >>> median_days_late([Fact(date(2026, 1, 1), date(2026, 1, day), 1) for day in (1, 4, 31)])
    Fraction(3, 1)
    """
    late = [Fraction(fact.days_late) for fact in facts if fact.settled]
    return median(late) if late else None


def expected_pay_date(due, facts, today):
    """When an open instalment will most likely be paid, as this customer pays.

    The median of his payments that came at least so many days after their due date as this one is already open: who
    has not paid by his usual day is measured by his later payments only.

    :param date due: of the open instalment
    :param facts: the :class:`Fact` of the same customer
    :return: a date, today at the earliest; None if he has never paid so late, or never paid

    >>> facts = [Fact(date(2026, 1, 1), date(2026, 1, day), 1) for day in (3, 11, 21)]
    >>> expected_pay_date(date(2026, 3, 1), facts, date(2026, 3, 1))
    datetime.date(2026, 3, 11)
    >>> expected_pay_date(date(2026, 3, 1), facts, date(2026, 3, 12))
    datetime.date(2026, 3, 21)
    >>> expected_pay_date(date(2026, 3, 1), facts, date(2026, 3, 22))
    """
    open_days = (today - due).days
    as_late = [fact for fact in facts if fact.settled and fact.settled <= today and fact.days_late >= open_days]
    days = median_days_late(as_late)
    return None if days is None else due + timedelta(ceil(days))


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise to pay.

    :param date day: until when
    :param amount: how much, in any exact unit
    :param payments: pairs of date and amount that came in for it
    """

    day: date
    amount: int
    payments: tuple = ()


@dataclass(frozen=True, slots=True)
class Promises:
    """How many promises were kept; ``share`` is of those that have come to their day, None if none has."""

    kept: int
    broken: int
    open: int
    share: Fraction | None


def outcome(promise, today, grace_days=0):
    """What came of a promise: KEPT once all of it was paid in time, BROKEN once it can't be, else OPEN.

    :param int grace_days: what a bank needs, and nobody is blamed for

    >>> promise = Promise(date(2026, 3, 10), 500, ((date(2026, 3, 9), 200), (date(2026, 3, 12), 300)))
    >>> outcome(promise, date(2026, 3, 10)), outcome(promise, date(2026, 3, 12)), outcome(promise, date(2026, 3, 12), 2)
    ('open', 'broken', 'kept')
    """
    last = promise.day + timedelta(grace_days)
    paid = sum(amount for day, amount in promise.payments if day <= min(last, today))
    if paid >= promise.amount:
        return KEPT
    return OPEN if today <= last else BROKEN


def promises_kept(promises, today, grace_days=0):
    """Count the promises by their outcome.

    >>> promises_kept([Promise(date(2026, 3, 10), 500), Promise(date(2026, 5, 10), 500)], date(2026, 4, 1))
    Promises(kept=0, broken=1, open=1, share=Fraction(0, 1))
    """
    outcomes = [outcome(promise, today, grace_days) for promise in promises]
    kept, broken, still_open = (outcomes.count(each) for each in OUTCOMES)
    return Promises(kept, broken, still_open, _share(kept, kept + broken))


def _share(part, whole):
    return Fraction(part) / Fraction(whole) if whole else None
