"""Limitation (prescrizione): the last day to enforce a claim, what restarts it, and when to warn.

The day it runs from is not counted, and where the last month has no such day its last one counts (art. 2963 c.c.). That
a term ending on a holiday goes on to the next working day is left aside: the earlier day is the safe one.
"""

from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from .table import Row

WARN_MONTHS = (12, 6, 1)
EXPIRED = "expired"


class Term(NamedTuple):
    """A term that runs.

    :param date start: the due date, or the day of the last notice that restarted it
    :param date end: the last day
    :param Row row: the length in years, and its source
    """

    start: date
    end: date
    row: Row


def term(table, code, due, interruptions=()):
    """The term that runs now.

    :param str code: limitation_ordinary, limitation_periodic, limitation_presumptive_merchant, ...
    :param interruptions: the days on which a signed notice arrived, or a claim was filed; one after the end restarts
        nothing, one before the due date has nothing to restart
    :raise Missing: where the table has no length for the day it runs from

    >>> from decimal import Decimal
    >>> from .table import Table
    >>> table = Table([Row("limitation_ordinary", Decimal(10), date(1942, 4, 21))])
    >>> term(table, "limitation_ordinary", date(2016, 2, 29)).end
    datetime.date(2026, 2, 28)
    >>> term(table, "limitation_ordinary", date(2016, 2, 29), [date(2026, 2, 28)]).end
    datetime.date(2036, 2, 28)
    >>> term(table, "limitation_ordinary", date(2016, 2, 29), [date(2026, 3, 1)]).end
    datetime.date(2026, 2, 28)
    """
    running = _from(table, code, due)
    for day in sorted(interruptions):
        if running.start < day <= running.end:
            running = _from(table, code, day)
    return running


def _from(table, code, day):
    row = table.at(code, day)
    return Term(day, day + relativedelta(years=int(row.amount)), row)


def warnings(end, months=WARN_MONTHS):
    """The days to warn on, as pairs of months ahead and day, the earliest first.

    >>> warnings(date(2027, 3, 31))
    [(12, datetime.date(2026, 3, 31)), (6, datetime.date(2026, 9, 30)), (1, datetime.date(2027, 2, 28))]
    """
    return [(ahead, end - relativedelta(months=ahead)) for ahead in sorted(months, reverse=True)]


def warning(end, today, months=WARN_MONTHS):
    """How near the end is: the months of the last warning reached, ``expired``, or None while it is far.

    >>> [warning(date(2027, 3, 31), day) for day in (date(2026, 3, 30), date(2026, 3, 31), date(2027, 2, 28))]
    [None, 12, 1]
    >>> [warning(date(2027, 3, 31), day) for day in (date(2027, 3, 31), date(2027, 4, 1))]
    [1, 'expired']
    """
    if today > end:
        return EXPIRED
    return min((ahead for ahead, day in warnings(end, months) if day <= today), default=None)
