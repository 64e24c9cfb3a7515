"""The flat compensation once an invoice, and payments that pay costs, interest and principal in this order."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..law.compensation import compensations
from ..law.imputation import impute, propose
from ..law.interest import Curve, rounded
from ..patience.contacts import day_to_pay
from .law_rows import row, table, years

LAW = table(*years("5", "2.5", "2", "1.6", since=2023), flat_compensation=40)
LEGAL = Curve(LAW, "legal")
DUE = date(2023, 3, 31)
CENTS = st.integers(0, 10**7)
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


@tagged("post_install", "-at_install")
class TestImputation(BaseCase):
    @given(CENTS, CENTS, CENTS, CENTS)
    def test_nothing_of_a_payment_is_lost_and_what_comes_later_waits(self, paid, costs, interest, principal):
        part = impute(paid, costs, interest, principal)
        self.assertEqual(sum(part), paid)
        self.assertTrue(part.costs <= costs and part.interest <= interest and part.principal <= principal)
        self.assertTrue(part.costs == costs or part.interest == part.principal == part.left == 0)
        self.assertTrue(part.interest == interest or part.principal == part.left == 0)
        self.assertTrue(part.principal == principal or part.left == 0)

    def test_a_negative_amount_is_refused(self):
        with self.assertRaises(ValueError):
            impute(-1, 0, 0, 100)

    @given(st.lists(st.tuples(DAYS, CENTS), max_size=6), CENTS, st.integers(0, 8000))
    def test_what_is_paid_and_what_is_left_come_to_what_was_owed(self, payments, principal, costs):
        until = date(2026, 12, 31)
        steps = propose(LEGAL, principal, DUE, payments, until, costs)
        paid = [sum(part) for part in zip(*(step.imputation for step in steps), strict=True)]
        self.assertEqual(sum(paid), sum(cents for _day, cents in payments))
        last = steps[-1]
        self.assertEqual((paid[0] + last.costs, paid[2] + last.principal), (costs, principal))
        self.assertTrue(min(last.costs, last.interest, last.principal) >= 0)

    @given(CENTS, DAYS)
    def test_without_payments_it_is_the_interest_to_that_day(self, principal, until):
        steps = propose(LEGAL, principal, DUE, [], until)
        exact = LEGAL.interest([(DUE, principal)], DUE, until)
        self.assertEqual((steps[-1].interest, steps[-1].principal), (rounded([exact])[0], principal))

    def test_interest_bears_no_interest(self):
        steps = propose(LEGAL, 36_500, DUE, [(DUE + timedelta(days=100), 0)], DUE + timedelta(days=200))
        self.assertEqual([step.interest for step in steps], [500, 1000])

    def test_a_payment_before_the_due_date_only_lowers_the_principal(self):
        steps = propose(LEGAL, 100_000, DUE, [(date(2023, 3, 1), 63_500)], DUE + timedelta(days=100))
        self.assertEqual((steps[0].imputation.principal, steps[1].principal, steps[1].interest), (63_500, 36_500, 500))

    def test_payments_after_the_last_day_are_left_out(self):
        steps = propose(LEGAL, 100_000, DUE, [(date(2024, 1, 1), 5)], date(2023, 12, 31))
        self.assertEqual([step.paid for step in steps], [0])
