"""Instalments promised at once, and whether a promise was kept: plain Python."""

import datetime
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

WEEK, TWO_WEEKS, MONTH = INTERVALS = ("week", "two_weeks", "month")
_STEPS = {
    WEEK: relativedelta(weeks=1),
    TWO_WEEKS: relativedelta(weeks=2),
    MONTH: relativedelta(months=1),
}
OPEN, KEPT, BROKEN = "open", "kept", "broken"


class Instalment(NamedTuple):
    """One of the payments of a plan.

    :param int number: from 1 on
    :param datetime.date date: the last day on which it is in time
    :param int amount: in the smallest unit of the currency
    :param int until_then: this one and all before it
    """

    number: int
    date: datetime.date
    amount: int
    until_then: int


def split(amount, count, first, interval=MONTH):
    """The instalments of an amount, to the cent: what cannot be divided is paid with the first ones.

    A plan that begins on the last days of a month keeps to them where a month is shorter.

    :param int amount: in the smallest unit of the currency
    :param int count: how many
    :param datetime.date first: the date of the first
    :param str interval: one of :data:`INTERVALS`
    :raise ValueError: where an instalment would be nothing

    >>> for part in split(100000, 3, datetime.date(2026, 1, 31)):
    ...     part.number, part.date.isoformat(), part.amount, part.until_then
    (1, '2026-01-31', 33334, 33334)
    (2, '2026-02-28', 33333, 66667)
    (3, '2026-03-31', 33333, 100000)
    """
    if count < 1 or amount < count:
        raise ValueError("an instalment of nothing")
    share, rest = divmod(amount, count)
    parts, until_then = [], 0
    for index in range(count):
        part = share + (index < rest)
        until_then += part
        parts.append(Instalment(index + 1, first + _STEPS[interval] * index, part, until_then))
    return parts


def judge(until_then, date, received, today):
    """Whether a promise is kept by now.

    It is kept as soon as what came in since it was made covers it and all promised before it; it is broken on the day
    after its date.

    :param until_then: what was to have come in by its date
    :param datetime.date date: the last day on which it is in time
    :param received: what has come in since it was made, in the same unit
    :param datetime.date today: the day on which it is judged

    >>> day = datetime.date(2026, 6, 30)
    >>> judge(500, day, 500, day), judge(500, day, 499, day), judge(500, day, 499, datetime.date(2026, 7, 1))
    ('kept', 'open', 'broken')
    """
    if received >= until_then:
        return KEPT
    return OPEN if today <= date else BROKEN
