"""The figures of a company's receivables by month: what was invoiced, what is open and how old, how fast it comes in.

They are worked out from the documents, not from balances that somebody kept, so a month that is long past reads the
same whenever it is asked for.
"""

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate

BUCKETS = (("not_due", None), ("1_30", 1), ("31_60", 31), ("61_90", 61), ("over_90", 91))  # with the first day late
DSO_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """An instalment, or the part of it that one payment settled.

    :param date issued: the date of the invoice
    :param date due: when it fell due
    :param settled: when it was paid or offset; None while it is open
    :param amount: with VAT, in any exact unit; a credit note's is below zero
    """

    issued: date
    due: date
    settled: date | None
    amount: int


@dataclass(frozen=True, slots=True)
class Month:
    """The figures of one month; None where there is nothing to divide by.

    :param date end: its last day
    :param sales: invoiced in it, with VAT
    :param receivables: open at its end
    :param dict ageing: the receivables by how late they are, keys as in :data:`BUCKETS`
    :param dso: days sales outstanding: receivables by the sales of the last three months, in days of these
    :param dso_count_back: the same by counting back: the days of sales, latest first, that are still unpaid
    :param effectiveness: the collection effectiveness index: of what could be collected in the month, the part that was
    """

    end: date
    sales: int
    receivables: int
    ageing: dict
    dso: Fraction | None
    dso_count_back: Fraction
    effectiveness: Fraction | None

    @property
    def overdue(self):
        """What is open and past its due date."""
        return self.receivables - self.ageing["not_due"]


class Ledger:
    """The receivables of a company at any day, each answered by a few bisections.

    :param entries: the :class:`Entry` of all of its customers, in any order

    >>> ledger = Ledger([Entry(date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 5), 600),
    ...                  Entry(date(2026, 2, 10), date(2026, 3, 10), None, 900)])
    >>> ledger.receivables(date(2026, 2, 28)), ledger.sales(date(2026, 2, 1), date(2026, 2, 28))
    (1500, 900)
    >>> ledger.ageing(date(2026, 2, 28))
    {'not_due': 900, '1_30': 600, '31_60': 0, '61_90': 0, 'over_90': 0}
    """

    def __init__(self, entries):
        entries = list(entries)
        self.first = min((entry.issued for entry in entries), default=None)
        self._issued = _Running((entry.issued, entry.amount) for entry in entries)
        self._open = _Open(entries, lambda entry: entry.issued)
        self._late = {
            name: _Open(entries, lambda entry, days=days: max(entry.issued, entry.due + timedelta(days)))
            for name, days in BUCKETS[1:]
        }

    def sales(self, start, end):
        """What was invoiced from one day up to and with another."""
        return self._issued.until(end) - self._issued.until(start - timedelta(1))

    def receivables(self, day):
        """What is open at the end of a day."""
        return self._open.at(day)

    def ageing(self, day):
        """What is open at the end of a day, by how late it is."""
        at_least = [self.receivables(day), *(late.at(day) for late in self._late.values()), 0]
        return {name: at_least[i] - at_least[i + 1] for i, (name, _days) in enumerate(BUCKETS)}

    def dso(self, end, months=DSO_MONTHS):
        """Days sales outstanding at the end of a month: receivables / sales of the last months * their days.

        >>> ledger = Ledger([Entry(date(2026, 1, 10), date(2026, 2, 10), None, 300)])
        >>> ledger.dso(date(2026, 1, 31), months=1), ledger.dso(date(2026, 3, 31)), ledger.dso(date(2026, 3, 31), 2)
        (Fraction(31, 1), Fraction(90, 1), None)
        """
        start = _first_of(end)
        for _month in range(months - 1):
            start = _first_of(start - timedelta(1))
        days = (end - start).days + 1
        return _ratio(self.receivables(end) * days, self.sales(start, end))

    def dso_count_back(self, end):
        """Days sales outstanding by counting back: whole months while the receivables cover their sales, then a part.

        A season does not distort it, as it does the simple one.

        >>> ledger = Ledger([Entry(date(2026, 2, 10), date(2026, 4, 10), date(2026, 3, 1), 400),
        ...                  Entry(date(2026, 2, 10), date(2026, 4, 10), None, 400),
        ...                  Entry(date(2026, 3, 10), date(2026, 5, 10), None, 500)])
        >>> ledger.dso_count_back(date(2026, 3, 31))
        Fraction(45, 1)
        """
        left, days, start = self.receivables(end), Fraction(0), _first_of(end)
        while left > 0 and end >= self.first:
            sales, length = self.sales(start, end), (end - start).days + 1
            if sales > left:
                return days + Fraction(left * length) / Fraction(sales)
            left, days = left - sales, days + length
            end = start - timedelta(1)
            start = _first_of(end)
        return days

    def effectiveness(self, end):
        """The collection effectiveness index of a month, as a part of one.

        (opening receivables + sales - closing receivables) / (opening receivables + sales - closing not yet due).

        >>> ledger = Ledger([Entry(date(2026, 1, 1), date(2026, 1, 20), date(2026, 1, 25), 300),
        ...                  Entry(date(2026, 1, 1), date(2026, 1, 20), None, 100)])
        >>> ledger.effectiveness(date(2026, 1, 31)), ledger.effectiveness(date(2026, 2, 28))
        (Fraction(3, 4), Fraction(0, 1))
        """
        start = _first_of(end)
        to_collect = self.receivables(start - timedelta(1)) + self.sales(start, end)
        collected = to_collect - self.receivables(end)
        return _ratio(collected, to_collect - self.ageing(end)["not_due"])

    def month(self, end):
        """All figures of the month that ends on a day.

        :rtype: Month
        """
        return Month(
            end=end,
            sales=self.sales(_first_of(end), end),
            receivables=self.receivables(end),
            ageing=self.ageing(end),
            dso=self.dso(end),
            dso_count_back=self.dso_count_back(end),
            effectiveness=self.effectiveness(end),
        )

    def months(self, first, last):
        """The figures of each month from that of one day to that of another.

        >>> [month.end.isoformat() for month in Ledger([]).months(date(2025, 12, 31), date(2026, 2, 1))]
        ['2025-12-31', '2026-01-31', '2026-02-28']
        """
        months, start = [], _first_of(first)
        while start <= last:
            end = start.replace(day=monthrange(start.year, start.month)[1])
            months.append(self.month(end))
            start = end + timedelta(1)
        return months


class _Open:
    """What of the entries is open at a day, counted from a day of each entry on."""

    def __init__(self, entries, since):
        self._in = _Running((since(entry), entry.amount) for entry in entries)
        # What was paid before it counted (in advance, or before it was so late) comes and goes on the same day.
        self._out = _Running((max(since(entry), entry.settled), entry.amount) for entry in entries if entry.settled)

    def at(self, day):
        """What is open at the end of a day."""
        return self._in.until(day) - self._out.until(day)


class _Running:
    """Amounts by day, and their sum up to and with any day."""

    def __init__(self, dated):
        dated = sorted(dated)
        self._days = [day for day, _amount in dated]
        self._sums = [0, *accumulate(amount for _day, amount in dated)]

    def until(self, day):
        """The sum up to and with a day."""
        return self._sums[bisect_right(self._days, day)]


def _first_of(day):
    return day.replace(day=1)


def _ratio(part, whole):
    return Fraction(part) / Fraction(whole) if whole else None
