"""Dates as Italian files write them."""

import datetime
import re

_FIRST_SERIAL, _LAST_SERIAL = 18264, 73050  # 1950 and 2099 in Excel's count
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})$")


class NotADate(ValueError):
    """The cell holds something that is not a date."""


def parse_date(value):
    """The date in a cell: day first or ISO, with or without an hour, or Excel's count of days; None when empty.

    >>> parse_date("31/12/2025"), parse_date("1.2.26"), parse_date("2026-01-15T00:00:00")
    (datetime.date(2025, 12, 31), datetime.date(2026, 2, 1), datetime.date(2026, 1, 15))
    >>> parse_date(46023), parse_date("46023"), parse_date(" ")
    (datetime.date(2026, 1, 1), datetime.date(2026, 1, 1), None)
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date) or value is None:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(value)
    text = str(value).strip()
    if not text:
        return None
    if text.isdigit() and len(text) == 5:
        return _from_serial(int(text))
    return _from_text(re.split(r"[T ](?=\d{1,2}:)", text)[0])


def _from_serial(number):
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise NotADate(number)
    return _EXCEL_EPOCH + datetime.timedelta(days=int(number))


def _from_text(text):
    if found := _DAY_FIRST.match(text):
        day, month, year = map(int, found.groups())
        year += 2000 if year < 100 else 0
    elif found := _YEAR_FIRST.match(text):
        year, month, day = map(int, found.groups())
    else:
        raise NotADate(text)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise NotADate(text) from None
