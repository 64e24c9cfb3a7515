"""When a repeated sending is due next. Dates here are local: the office's, without a time zone."""

import calendar
from datetime import timedelta


def on_day(moment, day):
    """The moment moved to a day of its month, or to the last one where the month has no such day.

    >>> from datetime import datetime
    >>> on_day(datetime(2026, 2, 3, 6, 30), 31)
    datetime.datetime(2026, 2, 28, 6, 30)
    >>> on_day(datetime(2028, 2, 3, 6, 30), 31)
    datetime.datetime(2028, 2, 29, 6, 30)
    """
    return moment.replace(day=min(day, calendar.monthrange(moment.year, moment.month)[1]))


def next_monthly(planned, day, now):
    """The first day of the kind after both the planned one and now, at the planned time; months missed stay missed.

    :param datetime planned: when the sending was due
    :param int day: of the month, 1 to 31
    :param datetime now: the present

    >>> from datetime import datetime
    >>> next_monthly(datetime(2026, 1, 31, 6), 31, datetime(2026, 1, 31, 6, 5))
    datetime.datetime(2026, 2, 28, 6, 0)
    >>> next_monthly(datetime(2026, 2, 28, 6), 31, datetime(2026, 2, 28, 6, 5))
    datetime.datetime(2026, 3, 31, 6, 0)
    >>> next_monthly(datetime(2026, 12, 1, 6), 1, datetime(2026, 12, 1, 6))
    datetime.datetime(2027, 1, 1, 6, 0)
    >>> next_monthly(datetime(2026, 1, 31, 6), 31, datetime(2026, 6, 1, 9))
    datetime.datetime(2026, 6, 30, 6, 0)
    """
    moment = on_day(planned, day)
    while moment <= max(planned, now):
        first_of_next = (moment.replace(day=1) + timedelta(days=32)).replace(day=1)
        moment = on_day(first_of_next, day)
    return moment


def next_daily(planned, now):
    """The same time on the first day after both the planned one and now; days missed stay missed.

    >>> from datetime import datetime
    >>> next_daily(datetime(2026, 1, 31, 6), datetime(2026, 1, 31, 6, 5))
    datetime.datetime(2026, 2, 1, 6, 0)
    >>> next_daily(datetime(2026, 1, 31, 6), datetime(2026, 2, 5, 5))
    datetime.datetime(2026, 2, 5, 6, 0)
    """
    days = max((now - planned).days, 0)
    moment = planned + timedelta(days=days)
    return moment if moment > max(planned, now) else moment + timedelta(days=1)
