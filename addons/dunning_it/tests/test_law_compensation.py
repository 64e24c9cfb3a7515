"""The flat compensation: once an invoice that is late."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..law.compensation import compensations
from ..patience.contacts import day_to_pay
from .law_rows import row, table, years

LAW = table(*years("5", "2.5", "2", "1.6", since=2023), flat_compensation=40)
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


@tagged("post_install", "-at_install")
class TestCompensation(BaseCase):
    def cents(self, *instalments, audience="company", law=LAW):
        return [(each.invoice, each.cents) for each in compensations(law, audience, instalments, date(2026, 6, 30))]

    @given(st.lists(st.tuples(st.integers(1, 5), DAYS, st.none() | DAYS), max_size=20))
    def test_each_late_invoice_bears_it_once_however_many_instalments_it_has(self, instalments):
        until = date(2026, 6, 30)
        late = {invoice for invoice, due, paid in instalments if day_to_pay(due) < min(paid or until, until)}
        found = compensations(LAW, "company", instalments, until)
        self.assertEqual(sorted(each.invoice for each in found), sorted(late))
        self.assertEqual({each.cents for each in found}, {4000} if late else set())

    def test_companies_and_administrations_bear_it_and_consumers_do_not(self):
        late = ("A", date(2026, 1, 31), None)
        self.assertEqual(self.cents(late), [("A", 4000)])
        self.assertEqual(self.cents(late, audience="pa"), [("A", 4000)])
        self.assertEqual(self.cents(late, audience="consumer"), [])

    def test_a_day_late_is_late_and_the_due_date_is_not(self):
        due = date(2026, 1, 31)
        self.assertEqual(self.cents(("A", due, due)), [])
        self.assertEqual(self.cents(("A", due, due + timedelta(days=1))), [("A", 4000)])
        self.assertEqual(self.cents(("A", date(2026, 6, 30), None)), [])

    def test_what_falls_due_on_a_holiday_may_be_paid_on_the_next_day_that_is_none(self):
        sunday, easter = date(2026, 3, 15), date(2026, 4, 5)
        self.assertEqual(self.cents(("A", sunday, date(2026, 3, 16)), ("B", easter, date(2026, 4, 7))), [])
        found = self.cents(("A", sunday, date(2026, 3, 17)), ("B", easter, date(2026, 4, 8)), ("C", sunday, None))
        self.assertEqual(found, [("A", 4000), ("B", 4000), ("C", 4000)])

    def test_the_law_of_the_first_day_of_delay_counts(self):
        law = table(
            row("flat_compensation", 40, until=date(2026, 1, 31)), row("flat_compensation", 50, date(2026, 2, 1))
        )
        days = [date(2026, 1, 30), date(2026, 1, 31)]
        self.assertEqual(
            self.cents(*(("AB"[i], day, None) for i, day in enumerate(days)), law=law), [("A", 4000), ("B", 5000)]
        )

    def test_without_a_row_it_is_nothing_and_provisional(self):
        found = compensations(table(), "company", [("A", date(2026, 1, 31), None)], date(2026, 6, 30))
        self.assertEqual([(each.cents, each.row) for each in found], [(0, None)])
