"""The figures of the receivables, against the plain sums over all entries that they stand for."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..behaviour.figures import Entry, Ledger
from .pure_common import PureCase

FIRST = date(2025, 1, 1)
DAYS = st.integers(0, 500).map(lambda days: FIRST + timedelta(days))


def _entry(issued, term, late, amount):
    due = issued + timedelta(term)
    return Entry(issued, due, None if late is None else due + timedelta(late), amount)


SALES = st.builds(_entry, DAYS, st.integers(0, 90), st.none() | st.integers(-120, 200), st.integers(1, 10**6))
ENTRIES = st.lists(SALES, max_size=30)
WITH_CREDIT_NOTES = st.lists(
    SALES | st.builds(_entry, DAYS, st.just(0), st.none() | st.integers(0, 90), st.integers(-(10**5), -1)), max_size=30
)
ENDS = st.sampled_from([date(2025, 1, 31), date(2025, 6, 30), date(2025, 12, 31), date(2026, 2, 28), date(2026, 5, 31)])


def open_at(entries, day):
    """The definition: issued by then, and not settled by then."""
    return [each for each in entries if each.issued <= day and not (each.settled and each.settled <= day)]


@tagged("post_install", "-at_install")
class TestBehaviourFigures(PureCase):
    @given(WITH_CREDIT_NOTES, DAYS)
    def test_the_receivables_of_any_day_are_what_is_open_on_it(self, entries, day):
        self.assertEqual(Ledger(entries).receivables(day), sum(each.amount for each in open_at(entries, day)))

    @given(WITH_CREDIT_NOTES, DAYS)
    def test_the_ageing_puts_each_open_entry_into_one_bucket(self, entries, day):
        expected = dict.fromkeys(("not_due", "1_30", "31_60", "61_90", "over_90"), 0)
        for each in open_at(entries, day):
            expected[self._bucket((day - each.due).days)] += each.amount
        self.assertEqual(Ledger(entries).ageing(day), expected)

    def _bucket(self, days):
        for name, last in (("not_due", 0), ("1_30", 30), ("31_60", 60), ("61_90", 90)):
            if days <= last:
                return name
        return "over_90"

    @given(WITH_CREDIT_NOTES, DAYS, DAYS)
    def test_sales_are_what_was_invoiced_in_between(self, entries, start, end):
        expected = sum(each.amount for each in entries if start <= each.issued <= end)
        self.assertEqual(
            Ledger(entries).sales(start, end), expected if start <= end else -self._between(entries, end, start)
        )

    def _between(self, entries, end, start):
        return sum(each.amount for each in entries if end < each.issued < start)

    @given(ENTRIES, ENDS)
    def test_counting_back_covers_exactly_the_receivables(self, entries, end):
        ledger = Ledger(entries)
        days = ledger.dso_count_back(end)
        covered, month_end = Fraction(0), end
        while days > 0:
            start = month_end.replace(day=1)
            length = (month_end - start).days + 1
            covered += ledger.sales(start, month_end) * min(days / length, Fraction(1))
            days, month_end = days - length, start - timedelta(1)
        self.assertEqual(covered, ledger.receivables(end))

    @given(ENTRIES, ENDS)
    def test_the_effectiveness_is_one_when_nothing_is_overdue_and_never_more(self, entries, end):
        ledger = Ledger(entries)
        found = ledger.effectiveness(end)
        if found is not None:
            self.assertTrue(0 <= found <= 1)
            self.assertEqual(found == 1, not ledger.month(end).overdue)

    def test_steady_sales_paid_after_sixty_days_have_a_dso_of_sixty_days_either_way(self):
        days = [date(2025, 1, 1) + timedelta(n) for n in range(365)]
        ledger = Ledger(Entry(day, day + timedelta(30), day + timedelta(60), 100) for day in days)
        end = date(2025, 12, 31)
        self.assertEqual((ledger.dso(end), ledger.dso_count_back(end)), (60, Fraction(31 + 29)))

    def test_a_season_distorts_the_simple_dso_but_not_the_one_counted_back(self):
        days = [date(2025, 8, 1) + timedelta(n) for n in range(153)]
        entries = [
            Entry(day, day + timedelta(30), day + timedelta(60), 1000 if day.month >= 11 else 100) for day in days
        ]
        month = Ledger(entries).month(date(2025, 12, 31))
        self.assertEqual(month.dso_count_back, 60)
        self.assertEqual(month.dso, Fraction(60_000 * 92, 31_000 + 30_000 + 3_100))

    def test_a_company_without_invoices_has_figures_without_divisions(self):
        month = Ledger([]).month(date(2026, 1, 31))
        self.assertEqual((month.receivables, month.overdue, month.dso_count_back), (0, 0, 0))
        self.assertEqual((month.dso, month.effectiveness), (None, None))

    def test_what_was_paid_in_advance_was_never_open(self):
        ledger = Ledger([Entry(date(2026, 1, 10), date(2026, 2, 10), date(2026, 1, 3), 500)])
        self.assertFalse([day for day in range(1, 32) if ledger.receivables(date(2026, 1, day))])

    def test_a_month_long_past_reads_the_same_after_later_payments(self):
        opened = Entry(date(2026, 1, 10), date(2026, 2, 10), None, 500)
        paid = Entry(date(2026, 1, 10), date(2026, 2, 10), date(2026, 6, 1), 500)
        end = date(2026, 3, 31)
        self.assertEqual(Ledger([opened]).month(end), Ledger([paid]).month(end))
