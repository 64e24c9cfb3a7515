"""Working time between two moments, and the moment at which so much of it has passed.

Hours are half-open stretches ``(start, end)`` in order, none of which overlap: what a resource calendar is open for.
"""

from datetime import timedelta


def minutes_between(hours, start, end):
    """Working minutes from one moment to another, rounded down; 0 where the second is not later.

    >>> from datetime import datetime
    >>> day = [(datetime(2026, 6, 15, start), datetime(2026, 6, 15, start + 4)) for start in (9, 14)]
    >>> minutes_between(day, datetime(2026, 6, 15, 12, 30), datetime(2026, 6, 15, 14, 15))
    45
    >>> minutes_between(day, datetime(2026, 6, 15, 19), datetime(2026, 6, 16, 8))
    0
    """
    spent = sum((max(min(stop, end) - max(begin, start), timedelta()) for begin, stop in hours), timedelta())
    return int(spent.total_seconds() // 60)


def moment_after(hours, start, minutes):
    """The moment at which so many working minutes have passed since another; None where the hours do not suffice.

    >>> from datetime import datetime
    >>> days = [(datetime(2026, 6, day, 9), datetime(2026, 6, day, 17)) for day in (15, 16)]
    >>> moment_after(days, datetime(2026, 6, 15, 16), 120).isoformat()
    '2026-06-16T10:00:00'
    >>> moment_after(days, datetime(2026, 6, 16, 16), 120)
    """
    left = timedelta(minutes=minutes)
    for begin, stop in hours:
        free = stop - max(begin, start)
        if free > timedelta() and free >= left:
            return max(begin, start) + left
        left -= max(free, timedelta())
    return None
