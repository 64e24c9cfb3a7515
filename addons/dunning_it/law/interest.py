"""Interest for late payment, day by day and exact: on a residual that changes, at a rate that changes.

Days are added up as whole numbers and divided once at the end, so interest up to a day and from that day on come to the
same as both together. A day bears interest on what was still owed at the end of the day before: it runs from the day
after the due date, up to and with the day of a payment. 29 February is a day like any other.

Where a rate is missing the days bear nothing and are called provisional; the old rate is never carried on.
"""

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

LATE_PAYMENT, LEGAL, NONE = "late_payment", "legal", "none"
SPREAD, AGRO_FOOD = "late_payment_spread", "agro_food_surcharge"
REGIMES = {LATE_PAYMENT: ("ecb_reference", SPREAD), LEGAL: ("legal_rate",), NONE: ()}
BASIS = 365


class Share(NamedTuple):
    """A line of the breakdown: interest on one base at one rate.

    :param date start: the first day that bears interest, ``end`` the last one
    :param int base: cents owed on these days
    :param Decimal rate: % a year; None where a rate is missing
    :param Fraction amount: cents, exact
    :param tuple rows: the rows the rate is made of
    :param tuple missing: the codes without a row; the stretch is provisional if there are any
    """

    start: date
    end: date
    days: int
    base: int
    rate: Decimal | None
    amount: Fraction
    rows: tuple
    missing: tuple

    @property
    def provisional(self):
        """Whether a rate is missing, so that the amount is yet to be seen."""
        return bool(self.missing)

    @property
    def unconfirmed(self):
        """The rows of law that nobody answers for yet."""
        return tuple(row for row in self.rows if not row.confirmed)


class _Segment(NamedTuple):
    start: int
    rate: Decimal | None
    rows: tuple
    missing: tuple


class Curve:
    """The rates of one regime over time, added up once, so that any stretch of days costs two lookups.

    :param Table table: the law
    :param str regime: late_payment, legal or none
    :param bool agro_food: with the surcharge for agricultural and food products
    :param date contract_date: the day of the contract, whose spread stays; None: the spread of each day
    :param int basis: days of a year

    >>> from .table import Row, Table
    >>> table = Table([
    ...     Row("ecb_reference", Decimal("2.15"), date(2026, 1, 1), date(2026, 6, 30)),
    ...     Row("late_payment_spread", Decimal(8), date(2013, 1, 1)),
    ... ])
    >>> curve = Curve(table, "late_payment")
    >>> curve.rate(date(2026, 3, 1)), curve.rate(date(2026, 7, 1))
    (Decimal('10.15'), None)
    >>> owed = [(date(2026, 1, 1), 100_000), (date(2026, 3, 12), 50_000)]
    >>> float(curve.interest(owed, date(2026, 3, 2), date(2026, 3, 22)))  # 10 days on 1,000 EUR, 10 on 500
    417.1232876712329
    >>> shares = curve.breakdown(owed, date(2026, 6, 20), date(2026, 7, 5))
    >>> [(share.days, share.base, share.missing) for share in shares]
    [(10, 50000, ()), (5, 50000, ('ecb_reference',))]
    """

    def __init__(self, table, regime, *, agro_food=False, contract_date=None, basis=BASIS):
        codes = REGIMES[regime]
        if agro_food and regime == LATE_PAYMENT:
            codes += (AGRO_FOOD,)
        self._segments = _segments(table, codes, contract_date)
        scale = max((_decimals(segment.rate) for segment in self._segments), default=1)
        self._starts = [segment.start for segment in self._segments]
        self._daily = [int((segment.rate or 0) * scale) for segment in self._segments]
        self._before = [0]
        for i, start in enumerate(self._starts[1:]):
            self._before.append(self._before[i] + self._daily[i] * (start - self._starts[i]))
        self._denominator = 100 * scale * basis

    def interest(self, balances, due, until):
        """What the days after the due date up to and with another bear, in cents, exact.

        :param balances: pairs of a day and the cents still owed at its end; what is owed before the first is nothing,
            and a credit bears nothing
        :return: a Fraction; :func:`rounded` makes whole cents of it
        """
        total = 0
        for start, end, base in _bases(balances, due, until):
            total += base * (self._added_up(end) - self._added_up(start))
        return Fraction(total, self._denominator)

    def breakdown(self, balances, due, until):
        """The same as a list of :class:`Share` to print, one for each base and rate."""
        return [share for start, end, base in _bases(balances, due, until) for share in self._shares(start, end, base)]

    def rate(self, day):
        """% a year on a day; None where it is missing."""
        return self._segments[self._index(day.toordinal())].rate

    def a_day(self, base, day):
        """What one day bears on a base, in cents, exact: the daily accrual of a notice."""
        return Fraction(base * self._daily[self._index(day.toordinal())], self._denominator)

    def missing(self, due, until):
        """The codes of the rates that are missing after the due date up to and with another day."""
        return tuple(dict.fromkeys(code for segment in self._between(due, until) for code in segment.missing))

    def unconfirmed(self, due, until):
        """The rows nobody confirmed that the interest of these days rests on."""
        rows = (row for segment in self._between(due, until) for row in segment.rows if not row.confirmed)
        return tuple(dict.fromkeys(rows))

    def _between(self, due, until):
        if until <= due:
            return []
        return self._segments[self._index(due.toordinal() + 1) : self._index(until.toordinal()) + 1]

    def _index(self, ordinal):
        return bisect_right(self._starts, ordinal) - 1

    def _added_up(self, ordinal):
        """The daily rates of all days up to and with one, as a whole number."""
        i = self._index(ordinal)
        return self._before[i] + self._daily[i] * (ordinal - self._starts[i] + 1)

    def _shares(self, start, end, base):
        """The days after ``start`` up to and with ``end`` on one base, by rate."""
        first = start + 1
        while first <= end:
            i = self._index(first)
            segment = self._segments[i]
            last = min(end, self._starts[i + 1] - 1) if i + 1 < len(self._starts) else end
            days = last - first + 1
            amount = Fraction(base * self._daily[i] * days, self._denominator)
            ends = date.fromordinal(first), date.fromordinal(last)
            yield Share(*ends, days, base, segment.rate, amount, segment.rows, segment.missing)
            first = last + 1


def rounded(amounts):
    """Whole cents that add up to the rounded sum of the exact amounts, none a cent away from its own.

    >>> rounded([Fraction(1, 2), Fraction(1, 2), Fraction(1, 2)])
    [1, 0, 1]
    """
    cents, exact, given = [], Fraction(0), 0
    for amount in amounts:
        exact += amount
        cents.append(_half_up(exact) - given)
        given += cents[-1]
    return cents


def _half_up(amount):
    """The nearest whole number, halves up, for amounts that are not negative."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def _bases(balances, due, until):
    """Stretches on which something is owed: the day before the first one, the last day (as ordinals), and the cents."""
    due, until = due.toordinal(), until.toordinal()
    balances = sorted(balances, key=lambda balance: balance[0])
    days = [day.toordinal() for day, _owed in balances] + [until]
    for i, (_day, owed) in enumerate(balances):
        start, end = max(days[i], due), min(days[i + 1], until)
        if owed > 0 and start < end:
            yield start, end, owed


def _segments(table, codes, contract_date):
    """All days there are, cut wherever a row of one of the codes begins or ends."""
    starts = {date.min}
    for code in codes:
        starts.update(stretch.start for stretch in table.stretches(code, date.min, date.max))
    segments = []
    for start in sorted(starts):
        days = {code: contract_date if code == SPREAD and contract_date else start for code in codes}
        rows = {code: table.find(code, day) for code, day in days.items()}
        missing = tuple(code for code, row in rows.items() if not row)
        rate = None if missing else sum((row.amount for row in rows.values()), Decimal(0))
        segments.append(_Segment(start.toordinal(), rate, tuple(row for row in rows.values() if row), missing))
    return segments


def _decimals(rate):
    """The power of ten that makes a whole number of a rate.

    >>> _decimals(Decimal("10.15")), _decimals(Decimal(8)), _decimals(None)
    (100, 1, 1)
    """
    return 10 ** max(0, -rate.normalize().as_tuple().exponent) if rate else 1
