"""Values that are more than a text: money, measures, intervals, pictures; and moments as channels write them."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple


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
        return f"{Decimal(self.units).scaleb(-self.decimals):f}"

    @property
    def text(self):
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
    return value.strftime("%Y-%m-%dT%H:%M%z") if isinstance(value, datetime) else value.isoformat()
