"""The stretch of a sale, in the seller's own time.

>>> from datetime import date
>>> from zoneinfo import ZoneInfo
>>> stretch = window(date(2026, 10, 24), date(2026, 10, 25), ZoneInfo("Europe/Rome"))
>>> stretch.start.isoformat(), stretch.end.isoformat()
('2026-10-24T00:00:00+02:00', '2026-10-25T23:59:00+01:00')
"""

from datetime import datetime, time

from ..channels.amounts import Interval

_LAST_MINUTE = time(23, 59)


def window(start, end, zone):
    """From a day or moment to another, days whole; None where the sale has no end, as no channel takes that.

    :param start: a day, a moment with its zone, or None for a sale that has always been
    :param end: the last day, a moment with its zone, or None
    :param zone: of the seller
    """
    if not start or not end:
        return None
    return Interval(_moment(start, time.min, zone), _moment(end, _LAST_MINUTE, zone))


def next_change(intervals, now):
    """The first moment after now at which a sale begins or ends, None where nothing does: then the item is built anew.

    >>> from datetime import date, timezone
    >>> sale = window(date(2026, 1, 5), date(2026, 1, 8), timezone.utc)
    >>> next_change([sale], datetime(2026, 1, 6, tzinfo=timezone.utc)) == sale.end
    True
    """
    return min((moment for interval in intervals if interval for moment in interval if moment > now), default=None)


def _moment(value, hour, zone):
    if isinstance(value, datetime):
        return value.astimezone(zone)
    return datetime.combine(value, hour, zone)
