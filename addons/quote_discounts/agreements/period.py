"""Spans of days in which an offer is good."""

from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)


class Period(NamedTuple):
    """From one day to another, both included; an end that is missing is open.

    >>> december = Period(date(2026, 12, 1), date(2026, 12, 31))
    >>> december.contains(date(2026, 12, 31)), december.contains(date(2027, 1, 1))
    (True, False)
    >>> december.meets(Period(date(2026, 12, 31), None))
    True
    >>> Period().contains(date(1999, 1, 1))
    True
    """

    start: date | None = None
    end: date | None = None

    def contains(self, day):
        """Whether it is one of the days."""
        return (not self.start or self.start <= day) and (not self.end or day <= self.end)

    def meets(self, other):
        """Whether there is a day in both."""
        common = self.within(other)
        return not (common.start and common.end) or common.start <= common.end

    def within(self, other):
        """The days in both.

        >>> Period(date(2026, 1, 1), None).within(Period(None, date(2026, 6, 30)))
        Period(start=datetime.date(2026, 1, 1), end=datetime.date(2026, 6, 30))
        """
        starts = [start for start in (self.start, other.start) if start]
        ends = [end for end in (self.end, other.end) if end]
        return Period(max(starts, default=None), min(ends, default=None))


def next_period(period, today):
    """The same length again, from the day after the last one or from today, if that is later; months stay whole.

    :return: the new :class:`Period` and by how much its start moves, as a ``relativedelta``
    :raise ValueError: where the period has no start or no end

    >>> next_period(Period(date(2026, 1, 1), date(2026, 12, 31)), date(2026, 11, 22))[0]
    Period(start=datetime.date(2027, 1, 1), end=datetime.date(2027, 12, 31))
    >>> next_period(Period(date(2026, 1, 10), date(2026, 1, 19)), date(2026, 3, 1))[0]
    Period(start=datetime.date(2026, 3, 1), end=datetime.date(2026, 3, 10))
    """
    if not period.start or not period.end:
        raise ValueError("A period without an end goes on by itself.")
    after = period.end + DAY
    length = relativedelta(after, period.start)
    if length.days:
        length = relativedelta(days=(after - period.start).days)
    start = max(after, today)
    shift = length if start == after else relativedelta(days=(start - period.start).days)
    return Period(start, start + length - DAY), shift
