"""Numbers, prices and discounts in Italian and English notation.

A value with both marks decides for itself: the last mark is the decimal one. So does a single mark that is not
followed by exactly three digits ("12,5"), that follows a lone zero ("0,125"), or that comes twice ("1.234.567": then it
groups thousands). What is left ("1.234") can be read both ways: `decimal_mark` decides it for the whole column from the
values that are clear, by majority, and takes the Italian way (comma) when none is.
"""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MAX_AMOUNT = Decimal(10) ** 9

CURRENCIES = {"€": "EUR", "eur": "EUR", "euro": "EUR", "$": "USD", "usd": "USD", "£": "GBP", "gbp": "GBP", "chf": "CHF"}

_NOTHING = {"", "-", "--", "---", "n.d.", "nd", "n/d", "n.a.", "na", "n/a", "a richiesta", "su richiesta", "on request"}
_CURRENCY = re.compile(r"€|\$|£|\b(?:eur|euro|usd|gbp|chf)\b\.?", re.IGNORECASE)
_UNIT = re.compile(r"(?:/|\bal\b|\bper\b|\bil\b)\s*([^\W\d_][\w./ ]*)$", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[\d.,]*\d[\d.,]*-?$")
_SPACES = re.compile("[\\s\u00a0\u202f'’`]+")


@dataclass(slots=True, frozen=True)
class Amount:
    """What a price cell says: a number, perhaps its currency (ISO code) and the unit it is for."""

    value: Decimal | None = None
    currency: str = ""
    unit: str = ""


class NotANumber(ValueError):
    """The cell holds something that is not a number."""


def decimal_mark(values):
    """The decimal mark of a column, "," or ".", by majority of the values that are clear; "," when none is.

    >>> decimal_mark(["1.234", "12,50"]), decimal_mark(["1.234", "12.50"]), decimal_mark(["1.234", "2.000"])
    (',', '.', ',')
    >>> decimal_mark(["1,234.50", "3,00", "4.10"])
    '.'
    """
    votes = Counter(mark for mark in map(_clear_mark, values) if mark)
    return "." if votes["."] > votes[","] else ","


def parse_number(value, mark=","):
    """The number in a cell, a Decimal, or None when it says there is none.

    :param value: text, int, float or Decimal; a float loses what binary notation added after the sixth digit
    :param str mark: what to take as decimal mark where the value itself is not clear
    :raise NotANumber: when the cell holds something else

    >>> [str(parse_number(text)) for text in ("1.234,56", "1,234.56", "12.5", "1.234", " 3,00", "1 234,5", "7-")]
    ['1234.56', '1234.56', '12.5', '1234', '3.00', '1234.5', '-7']
    >>> str(parse_number("1.234", mark=".")), str(parse_number(12.340000000000002)), parse_number("n.d.")
    ('1.234', '12.34', None)
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        return _from_native(value)
    text = _SPACES.sub("", str(value))
    if str(value).strip().casefold() in _NOTHING:
        return None
    text = re.sub(r"[,.]-+$", "", text)
    if not _NUMBER.match(text):
        raise NotANumber(value)
    sign = -1 if "-" in text else 1
    return sign * _decimal(text.strip("+-"), mark)


def parse_price(value, mark=","):
    """The price in a cell, with its currency and unit when it says them.

    >>> parse_price("€ 12,50")
    Amount(value=Decimal('12.50'), currency='EUR', unit='')
    >>> parse_price(" 3,00 €/kg"), parse_price("12.50 USD al pezzo").unit
    (Amount(value=Decimal('3.00'), currency='EUR', unit='kg'), 'pezzo')
    """
    if not isinstance(value, str):
        return Amount(parse_number(value, mark))
    if value.strip().casefold() in _NOTHING:
        return Amount()
    found = _CURRENCY.search(value)
    currency = CURRENCIES[found.group().rstrip(".").casefold()] if found else ""
    text = _CURRENCY.sub(" ", value).strip()
    unit = _UNIT.search(text)
    if unit:
        text = text[: unit.start()]
    return Amount(parse_number(text.strip(), mark), currency, unit.group(1).strip() if unit else "")


def parse_percentage(value, mark=","):
    """A percentage: "22 %", "IVA 22", 22.0; what Excel keeps as 0.22 is 22 too.

    >>> [str(parse_percentage(cell)) for cell in ("22%", "IVA 10 %", 4, 0.22, "5,5", "0,1 %", 0)]
    ['22', '10', '4', '22', '5.5', '0.1', '0']
    """
    native = not isinstance(value, str)
    text = value if native else re.sub(r"(?i)\b(?:iva|vat|aliquota)\b|%", "", value).strip()
    number = parse_number(text, mark)
    if number is not None and native and 0 < number < 1:
        number = (number * 100).normalize()
    return number


def parse_discount(value, mark=","):
    """One discount in percent from a cascade: "50+10" takes 10 % of what 50 % left.

    >>> str(parse_discount("50+10")), str(parse_discount("50+10+5%")), str(parse_discount("30 %")), parse_discount("")
    ('55', '57.25', '30', None)
    """
    if not isinstance(value, str) or "+" not in value.strip("+ "):
        return parse_percentage(value, mark)
    left = Decimal(1)
    for part in value.split("+"):
        percent = parse_percentage(part, mark)
        left *= 1 - (percent or 0) / 100
    return (100 * (1 - left)).normalize()


def _clear_mark(value):
    """The decimal mark that this value alone proves, else an empty text.

    >>> [_clear_mark(text) for text in ("1.234,5", "12.5", "0,125", "1.234", "1.234.567", "€ 3,00/kg", "12", 3.5)]
    [',', '.', ',', '', ',', ',', '', '']
    """
    if not isinstance(value, str):
        return ""
    text = re.sub(r"[^\d.,].*$", "", _SPACES.sub("", _CURRENCY.sub("", value)).strip("+-"))
    text = text.rstrip(".,")
    commas, points = text.count(","), text.count(".")
    if commas and points:
        return "," if text.rfind(",") > text.rfind(".") else "."
    if not commas and not points:
        return ""
    mark, other = (",", ".") if commas else (".", ",")
    if max(commas, points) > 1:
        return other
    before, after = text.split(mark)
    return mark if len(after) != 3 or before in ("", "0") or len(before) > 3 else ""


def _decimal(text, mark):
    """The digits of a number with its marks put right; a date or a slip of the finger is none.

    >>> _decimal("1.234.567,8", "."), _decimal("1,234", ".")
    (Decimal('1234567.8'), Decimal('1234'))
    >>> for text in ("01.02.2026", "12.50.00", "1.23,50"):
    ...     try:
    ...         print(_decimal(text, ","))
    ...     except NotANumber as error:
    ...         assert error.args == (text,)
    """
    text = text.rstrip(".,")
    mark = _clear_mark(text) or mark
    other = "." if mark == "," else ","
    whole, _mark, decimals = text.partition(mark)
    _first, *thousands = whole.split(other)
    if mark in decimals or other in decimals or any(len(digits) != 3 for digits in thousands):
        raise NotANumber(text)
    try:
        return Decimal(text.replace(other, "").replace(mark, "."))
    except InvalidOperation:
        raise NotANumber(text) from None


def _from_native(value):
    """A number that the spreadsheet kept as such."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise NotANumber(value)
    number = round(number, 6).normalize()
    return number.quantize(1) if number == number.to_integral() and number.adjusted() < 20 else number
