"""Numbers as a reader of the document's language writes them.

>>> italian = NumberFormat(decimal=",", thousands=".")
>>> italian.fixed(1234.5, 2)
'1.234,50'
>>> italian.trimmed(12.50, 3), italian.trimmed(100.0, 2)
('12,5', '100')
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cached_property
from math import isfinite


def half_up(value, decimals):
    """Round as accountants, Odoo and spreadsheets do: a tie of the *written* number goes away from zero.

    Python's own ``round`` sees the binary neighbour of 2.675 and gives 2.67, which a reader would call wrong.

    >>> round(2.675, 2), half_up(2.675, 2), half_up(-2.675, 2)
    (2.67, 2.68, -2.68)
    >>> half_up(0.1 + 0.2, 2), half_up(-0.001, 2)
    (0.3, 0.0)
    """
    nearest = round(value, decimals)
    if nearest == value:
        return nearest + 0.0
    try:
        return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) + 0.0
    except InvalidOperation:  # beyond 28 digits there is no tie left to break
        return nearest


def decimals_written(value, least, most=6):
    """The decimals that show a number as it is, the usual ones at least.

    >>> decimals_written(2.5, 2), decimals_written(0.035, 2), decimals_written(2.9000000000000004, 2)
    (2, 3, 2)
    """
    exact = half_up(value, most)
    return next((decimals for decimals in range(least, most) if half_up(value, decimals) == exact), max(least, most))


@dataclass(frozen=True)
class NumberFormat:
    """The separators of a language (``res.lang``: ``decimal_point``, ``thousands_sep``); groups are of three digits."""

    decimal: str = "."
    thousands: str = ","

    @cached_property
    def _separators(self):
        return str.maketrans({",": self.thousands, ".": self.decimal})

    @property
    def has_decimal_comma(self):
        return self.decimal == ","

    def fixed(self, value, decimals):
        """The number with all its ``decimals``; empty where there is no number to write (None, NaN, infinite).

        >>> NumberFormat(",", ".").fixed(-1234567.891, 2), NumberFormat(",", "").fixed(1234.0, 0)
        ('-1.234.567,89', '1234')
        >>> NumberFormat().fixed(None, 2), NumberFormat().fixed(float("nan"), 2)
        ('', '')
        """
        if value is None or not isfinite(value):
            return ""
        return f"{half_up(value, decimals):,.{decimals}f}".translate(self._separators)

    def trimmed(self, value, decimals):
        """The number with at most ``decimals``, without the zeros that say nothing.

        >>> NumberFormat(",", ".").trimmed(1500.0, 2), NumberFormat(",", ".").trimmed(0.25, 2)
        ('1.500', '0,25')
        """
        text = self.fixed(value, decimals)
        return text.rstrip("0").removesuffix(self.decimal) if decimals and text else text

    def plain(self, value, decimals):
        """The number for a machine of this language (CSV): its decimal separator, no thousands.

        >>> NumberFormat(",", ".").plain(1234.5, 2)
        '1234,50'
        """
        if value is None or not isfinite(value):
            return ""
        return f"{half_up(value, decimals):.{decimals}f}".replace(".", self.decimal)
