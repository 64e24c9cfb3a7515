"""Builders of rows of the law, for tests of the pure layer: what they say is the tests' own, not the shipped data."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import HealthCheck, settings

from ..law.table import DAY, Row, Table

# A machine with other work to do draws its first example late; what is tested is what it gives.
settings.register_profile("any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any_machine")

LONG_AGO = date(1990, 1, 1)


def row(code, amount, since=LONG_AGO, until=None, **more):
    return Row(code, Decimal(str(amount)), since, until, **more)


def table(*rows, **values):
    """A table of rows, and of one row for each named code that holds since long ago."""
    return Table([*rows, *(row(code, amount) for code, amount in values.items())])


def half_years(*amounts, since=2024):
    """Reference rates, one a half-year; None leaves it out."""
    edges = [date(since + i // 2, 1 + 6 * (i % 2), 1) for i in range(len(amounts) + 1)]
    days = zip(pairwise(edges), amounts, strict=True)
    return [row("ecb_reference", amount, start, end - DAY) for (start, end), amount in days if amount is not None]


def years(*amounts, since=2024):
    """Legal rates, one a year; None leaves it out."""
    return [
        row("legal_rate", amount, date(year, 1, 1), date(year, 12, 31))
        for year, amount in enumerate(amounts, since)
        if amount is not None
    ]
