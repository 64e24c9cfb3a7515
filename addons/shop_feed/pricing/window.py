"""The stretch of a sale, in the seller's own time.

>>> from datetime import date
>>> from zoneinfo import ZoneInfo
>>> stretch = window(date(2026, 10, 24), date(2026, 10, 25), ZoneInfo("Europe/Rome"))
>>> stretch.start.isoformat(), stretch.end.isoformat()
('2026-10-24T00:00:00+02:00', '2026-10-25T23:59:00+01:00')
"""

from datetime import datetime, time

from ..channels.amounts import Interval

LAST_MINUTE = time(23, 59)  # of a day, as channels write moments


def window(start, end, zone):
    """From a day or moment to another, days whole; None where the sale has no end, as no channel takes that.

    :param start: a day, a moment with its zone, or None for a sale that has always been
    :param end: the last day, a moment with its zone, or None
    :param zone: of the seller
    """
    if not start or not end:
        return None
    return Interval(_moment(start, time.min, zone), _moment(end, LAST_MINUTE, zone))


def _moment(value, hour, zone):
    if isinstance(value, datetime):
        return value.astimezone(zone)
    return datetime.combine(value, hour, zone)
