"""When people are left alone: quiet hours, Sundays and the public holidays of all Italy.

The holidays are those of L. 260/1949, and from 2026 on 4 October as well (L. 151/2025).
"""

from datetime import date, datetime, timedelta
from functools import lru_cache

from dateutil.easter import easter

SUNDAY = 6
FIXED_HOLIDAYS = ((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26))
SAINT_FRANCIS, SAINT_FRANCIS_SINCE = (10, 4), 2026


def is_holiday(day):
    """Whether a day is a public holiday in all of Italy (no Sunday by itself, no patron saint of a town).

    >>> is_holiday(date(2026, 4, 6)), is_holiday(date(2026, 4, 7)), is_holiday(date(2025, 10, 4))
    (True, False, False)
    """
    return day in _holidays(day.year)


@lru_cache(maxsize=64)
def _holidays(year):
    fixed = FIXED_HOLIDAYS + ((SAINT_FRANCIS,) if year >= SAINT_FRANCIS_SINCE else ())
    sunday = easter(year)
    return frozenset({date(year, month, day) for month, day in fixed} | {sunday, sunday + timedelta(1)})


def end_of_rest(moment):
    """The midnight that ends a Sunday or holiday; None on other days.

    >>> end_of_rest(datetime(2026, 12, 25, 10)), end_of_rest(datetime(2026, 12, 24, 10))
    (datetime.datetime(2026, 12, 26, 0, 0), None)
    """
    if moment.weekday() != SUNDAY and not is_holiday(moment.date()):
        return None
    return (moment + timedelta(1)).replace(hour=0, minute=0, second=0, microsecond=0)


def end_of_quiet(moment, start, end):
    """When the quiet hours end in which a moment lies; None if it lies in none.

    :param start: when they begin, and ``end`` when they end, on the next day if that is earlier; None: there are none

    >>> from datetime import time
    >>> [end_of_quiet(datetime(2026, 3, 3, hour), time(20), time(9)) for hour in (22, 9)]
    [datetime.datetime(2026, 3, 4, 9, 0), None]
    """
    if start is None or end is None or start == end:
        return None
    clock = moment.time()
    is_quiet = start <= clock < end if start < end else clock >= start or clock < end
    if not is_quiet:
        return None
    day = moment if clock < end else moment + timedelta(1)
    return datetime.combine(day.date(), end, moment.tzinfo)
