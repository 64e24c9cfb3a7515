"""Amounts, rates and dates as a reader of the letter's language writes them.

A letter asks for hundreds of them and Odoo's own formatters look up the language each time, so the letter is given two
plain functions instead. Those for Italian and English are here; the caller may bring others.

>>> ITALIAN.money(Decimal("1234567.8")), ENGLISH.money(Decimal("-12"))
('€\\xa01.234.567,80', '-€12.00')
>>> ITALIAN.day(date(2026, 11, 7)), ENGLISH.day(date(2026, 11, 7))
('07/11/2026', '7 Nov 2026')
>>> ITALIAN.rate(Decimal("10.15"))
'10,15%'
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def half_up(value, decimals=2):
    """Round as courts and accountants do; ``value`` is exact (a Decimal, an integer or a Fraction).

    >>> half_up(Decimal("2.675")), half_up(Fraction(1, 3)), half_up(Decimal("-2.675")), half_up(5)
    (Decimal('2.68'), Decimal('0.33'), Decimal('-2.68'), Decimal('5.00'))
    """
    if isinstance(value, Fraction):
        size = floor(abs(value) * 10**decimals + Fraction(1, 2))
        return Decimal(size if value >= 0 else -size).scaleb(-decimals)
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def shares(parts, decimals=2):
    """Exact parts rounded so that they add up to their rounded sum: each is the step of the running total.

    >>> shares([Fraction(1, 3)] * 3)
    [Decimal('0.33'), Decimal('0.34'), Decimal('0.33')]
    """
    total, written, rounded = Fraction(0), Decimal(0), []
    for part in parts:
        total += Fraction(part)
        rounded.append(half_up(total, decimals) - written)
        written += rounded[-1]
    return rounded


def separated(decimal, thousands):
    """A function that writes a number with these separators.

    >>> separated(",", ".")(Decimal("-1234.5"), 2), separated(".", "")(Decimal("1234.5"), 0)
    ('-1.234,50', '1235')
    """
    table = str.maketrans({",": thousands, ".": decimal})
    return lambda value, decimals: f"{half_up(value, decimals):,.{decimals}f}".translate(table)


def italian_day(day):
    """
    >>> italian_day(date(2026, 3, 1))
    '01/03/2026'
    """
    return f"{day:%d/%m/%Y}"


def english_day(day):
    """With the month in letters: 03/04 is another day in London than in New York.

    >>> english_day(date(2026, 3, 1))
    '1 Mar 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True)
class Figures:
    """How a letter writes its figures.

    :param number: ``number(value, decimals)`` gives the text of a number.
    :param day: ``day(date)`` gives the text of a date.
    :param str currency: ISO code; a QR code for a transfer is drawn for EUR only.
    :param str pattern: how the symbol stands beside the number.
    """

    number: Callable[[Decimal, int], str]
    day: Callable[[date], str]
    currency: str = "EUR"
    pattern: str = "€\xa0{}"
    decimals: int = 2

    def amount(self, value):
        """Without the symbol, for columns."""
        return self.number(value, self.decimals)

    def money(self, value):
        """With the symbol, for sentences and totals; the sign stands in front of it."""
        text = self.pattern.format(self.amount(abs(value)))
        return f"-{text}" if half_up(value, self.decimals) < 0 else text

    def rate(self, value):
        """A percentage with two decimals."""
        return f"{self.number(value, 2)}%"


ITALIAN = Figures(separated(",", "."), italian_day)
ENGLISH = Figures(separated(".", ","), english_day, pattern="€{}")
