"""Values that are more than a text: money, measures, intervals, pictures; and moments as channels write them."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

MOMENT = "%Y-%m-%dT%H:%M%z"


class Money(NamedTuple):
    """An amount in the smallest unit of its currency.

    >>> Money(1500, "EUR").text, Money(150, "JPY", 0).bare, Money(-5, "EUR").bare
    ('15.00 EUR', '150', '-0.05')
    """

    units: int
    currency: str
    decimals: int = 2

    @property
    def bare(self):
        """The amount without its currency."""
        return f"{Decimal(self.units).scaleb(-self.decimals):f}"

    @property
    def text(self):
        """The amount as channels read it."""
        return f"{self.bare} {self.currency}"


class Measure(NamedTuple):
    """A quantity and its unit, as Google names units.

    >>> Measure(Decimal("750.0"), "ml").text, Measure(Decimal(100), "g").text, Measure(Decimal("1E+1"), "ct").text
    ('750ml', '100g', '10ct')
    """

    quantity: Decimal
    unit: str

    @property
    def text(self):
        """The quantity as channels read it."""
        digits = f"{self.quantity:f}"
        if "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        return f"{digits}{self.unit}"


class Interval(NamedTuple):
    """From one moment to another, both with their zones."""

    start: datetime
    end: datetime


class Picture(NamedTuple):
    """A picture's address and what is known of it: its size in pixels and its kind (``image/png``)."""

    url: str
    width: int = 0
    height: int = 0
    mimetype: str = ""


def moment(value):
    """A day or a moment by ISO 8601.

    >>> from datetime import date, timedelta, timezone
    >>> moment(date(2026, 1, 31)), moment(datetime(2026, 1, 31, 8, tzinfo=timezone(timedelta(hours=1))))
    ('2026-01-31', '2026-01-31T08:00+0100')
    """
    return value.strftime(MOMENT) if isinstance(value, datetime) else value.isoformat()


def read_amount(text):
    """An amount as feeds write it, and its currency: read back.

    >>> read_amount("12.50 EUR"), read_amount("12.50"), read_amount("free")
    ((Decimal('12.50'), 'EUR'), (Decimal('12.50'), ''), (None, ''))
    """
    number, _blank, currency = text.partition(" ")
    try:
        return Decimal(number), currency
    except InvalidOperation:
        return None, ""


def is_within(interval, now):
    """Whether a moment lies within an interval as feeds write it; what is none holds never.

    :param datetime now: with its zone

    >>> june = "2026-06-01T00:00+0200/2026-06-30T23:59+0200"
    >>> [is_within(june, datetime.fromisoformat(f"{now}+00:00")) for now in ("2026-06-15T12:00", "2026-05-31T21:59")]
    [True, False]
    >>> is_within("soon", datetime.fromisoformat("2026-06-15T12:00+00:00"))
    False
    """
    try:
        start, end = (datetime.strptime(part, MOMENT) for part in interval.split("/"))
    except ValueError:
        return False
    return start <= now < end
