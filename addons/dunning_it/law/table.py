"""The law as dated rows: what holds on a day and for an amount, on which source, and what nobody has confirmed yet."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from .codes import CODES, HALF_YEAR, YEAR

DAY = timedelta(days=1)


class Missing(LookupError):
    """No row holds: neither the one before nor the one after is taken for it."""

    def __init__(self, code, day, amount=None):
        super().__init__(f"no {code} on {day}")
        self.code, self.day, self.amount = code, day, amount


@dataclass(frozen=True)
class Row:
    """One value of the law.

    :param str code: one of :data:`codes.CODES`
    :param Decimal amount: counted in the unit of its code
    :param date since: the first day it holds
    :param date until: the last one, None while it holds on
    :param Decimal up_to: the largest claim (EUR) it is meant for, where the code has brackets; None for the last one
    :param bool confirmed: whether somebody answers for it
    :param str source: where it is written
    :param key: what the caller knows it by
    """

    code: str
    amount: Decimal
    since: date
    until: date | None = None
    up_to: Decimal | None = None
    confirmed: bool = True
    source: str = ""
    key: object = None

    def holds(self, day):
        """Whether it is in force on a day; both ends count."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def bracket(self):
        """What it is one of the values of: two rows of a bracket must not hold on one day."""
        return (self.code, self.up_to)


class Stretch(NamedTuple):
    """Days, both included, on which one row holds, or none."""

    start: date
    end: date
    row: Row | None


class Problem(NamedTuple):
    """What is wrong with a table: ``gap``, ``overlap``, ``half_year``, ``year``, ``reversed`` or ``bracket``.

    ``start`` and ``end`` are the days concerned (``end`` None: for good), ``rows`` the rows, in order.
    """

    kind: str
    code: str
    start: date
    end: date | None
    rows: tuple


def period_of(kind, day):
    """The first and the last day of the half-year or year that a day belongs to.

    >>> period_of("half_year", date(2026, 6, 30))
    (datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))
    >>> period_of("half_year", date(2026, 7, 1))
    (datetime.date(2026, 7, 1), datetime.date(2026, 12, 31))
    >>> period_of("year", date(2024, 2, 29))
    (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    """
    if kind == YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if day.month <= 6:
        return date(day.year, 1, 1), date(day.year, 6, 30)
    return date(day.year, 7, 1), date(day.year, 12, 31)


class Table:
    """Rows to be asked what holds; never changed, so it can be kept between requests.

    >>> table = Table([
    ...     Row("justice_of_peace_limit", Decimal(5000), date(2009, 7, 4), date(2023, 2, 28)),
    ...     Row("justice_of_peace_limit", Decimal(10000), date(2023, 3, 1)),
    ...     Row("court_fee", Decimal(43), date(2014, 6, 25), up_to=Decimal(1100)),
    ...     Row("court_fee", Decimal(98), date(2014, 6, 25), up_to=Decimal(5200)),
    ... ])
    >>> [int(table.at("justice_of_peace_limit", day).amount) for day in (date(2023, 2, 28), date(2023, 3, 1))]
    [5000, 10000]
    >>> [int(table.at("court_fee", date(2026, 1, 1), Decimal(claim)).amount) for claim in ("1100", "1100.01")]
    [43, 98]
    >>> table.at("court_fee", date(2026, 1, 1), Decimal(6000))  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    Missing: no court_fee on 2026-01-01
    """

    def __init__(self, rows):
        self.rows = tuple(sorted(rows, key=lambda row: (row.code, row.since)))
        self._of_code = defaultdict(list)
        for row in self.rows:
            self._of_code[row.code].append(row)
        self._of_code.default_factory = None

    def at(self, code, day, amount=None):
        """The row that holds on a day.

        :param Decimal amount: the claim in EUR, where the code has brackets
        :raise Missing: where none does
        :raise ValueError: where the code has brackets and no amount is given
        """
        rows = [row for row in self._of_code.get(code, ()) if row.holds(day)]
        if amount is not None:
            rows = [row for row in rows if row.up_to is None or amount <= row.up_to]
        elif any(row.up_to is not None for row in rows):
            raise ValueError(f"{code} depends on an amount.")
        if not rows:
            raise Missing(code, day, amount)
        return min(rows, key=lambda row: (row.up_to is None, row.up_to or 0, -row.since.toordinal()))

    def find(self, code, day, amount=None):
        """Like :meth:`at`, with None where no row holds."""
        try:
            return self.at(code, day, amount)
        except Missing:
            return None

    def stretches(self, code, start, end):
        """The days from one to another, both included, by the row that holds on them; None where there is a gap."""
        if end < start:
            return []
        starts = {start}
        for row in self._of_code.get(code, ()):
            starts.add(row.since)
            if row.until is not None and row.until < end:
                starts.add(row.until + DAY)
        starts = sorted(day for day in starts if start <= day <= end)
        ends = [day - DAY for day in starts[1:]] + [end]
        return _joined(Stretch(*days, self.find(code, days[0])) for days in zip(starts, ends, strict=True))

    def without(self, row):
        """The table as it was before a row came: the one before it, if any, holds on.

        What changes in an answer tells whether it depends on the row.
        """
        rows = [each for each in self.rows if each != row]
        before = [each for each in rows if each.bracket == row.bracket and each.until and row.since - each.until == DAY]
        return Table([replace(each, until=row.until) if each in before else each for each in rows])

    def problems(self, until=None):
        """What is wrong, row by row and between the rows of each code and bracket, as :class:`Problem`.

        :param date until: also tell which rates end before that day
        """
        found, of_bracket = [], defaultdict(list)
        for row in self.rows:
            found += _problems_of(row)
            of_bracket[row.bracket].append(row)
        for rows in of_bracket.values():
            for earlier, later in pairwise(rows):
                found += _problems_between(earlier, later)
            last = max((row.until or date.max) for row in rows)
            if until and last < until and CODES.get(rows[-1].code) and CODES[rows[-1].code].period:
                found.append(Problem("gap", rows[-1].code, last + DAY, until, (rows[-1],)))
        return found

    def unconfirmed(self):
        """The rows that nobody answers for yet."""
        return [row for row in self.rows if not row.confirmed]

    def lacking(self, day):
        """The codes of rates that have no row on a day, though they need one for each half-year or year."""
        return [code for code, kind in CODES.items() if kind.period and not self.find(code, day)]


def _joined(stretches):
    """Neighbours with the same row put together."""
    joined = []
    for stretch in stretches:
        if joined and joined[-1].row is stretch.row:
            joined[-1] = joined[-1]._replace(end=stretch.end)
        else:
            joined.append(stretch)
    return joined


def _problems_of(row):
    kind = CODES.get(row.code)
    if row.until is not None and row.until < row.since:
        return [Problem("reversed", row.code, row.since, row.until, (row,))]
    if kind and kind.period and (row.since, row.until) != period_of(kind.period, row.since):
        return [Problem(HALF_YEAR if kind.period == HALF_YEAR else YEAR, row.code, row.since, row.until, (row,))]
    if kind and row.up_to is not None and not kind.bracketed:
        return [Problem("bracket", row.code, row.since, row.until, (row,))]
    return []


def _problems_between(earlier, later):
    if earlier.until is None or earlier.until >= later.since:
        ends = [row.until for row in (earlier, later) if row.until]
        return [Problem("overlap", later.code, later.since, min(ends, default=None), (earlier, later))]
    if earlier.until + DAY < later.since:
        return [Problem("gap", later.code, earlier.until + DAY, later.since - DAY, (earlier, later))]
    return []
