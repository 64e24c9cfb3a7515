"""How a customer pays: medians and shares that a person can check by hand, and nothing from the future."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..behaviour.payments import (
    Behaviour,
    Fact,
    Promise,
    behaviour,
    expected_pay_date,
    median_days_late,
    outcome,
    promises_kept,
)
from .pure_common import PureCase

TODAY = date(2026, 6, 30)
DUE = st.integers(-700, 60).map(lambda days: TODAY + timedelta(days))

LATE_OR_OPEN = st.none() | st.integers(-20, 150)


def fact(due, late, amount=100):
    return Fact(due, None if late is None else due + timedelta(late), amount)


def facts_of(late=LATE_OR_OPEN):
    return st.lists(st.builds(fact, DUE, late, st.integers(1, 10**7)), max_size=25)


@tagged("post_install", "-at_install")
class TestBehaviourPayments(PureCase):
    def test_a_new_customer_has_no_behaviour(self):
        self.assertEqual(behaviour([], TODAY), Behaviour(0, None, None, None, None, None, None))
        self.assertIsNone(expected_pay_date(TODAY, [], TODAY))

    def test_one_forgotten_invoice_does_not_make_a_late_payer(self):
        late = [0, 2, 3, 4, 300]
        facts = [fact(date(2025, 6, 1), days) for days in late]
        self.assertEqual(behaviour(facts, TODAY).median_days_late, 3)

    def test_what_is_overdue_and_open_was_not_paid_on_time(self):
        facts = [fact(date(2026, 5, 31), 0, 100), fact(date(2026, 5, 31), None, 300)]
        found = behaviour(facts, TODAY)
        self.assertEqual((found.count, found.on_time_share), (1, Fraction(1, 2)))
        self.assertEqual(found.on_time_amount_share, Fraction(1, 4))

    def test_what_falls_due_today_is_not_late_yet(self):
        self.assertIsNone(behaviour([fact(TODAY, None)], TODAY).on_time_share)
        self.assertEqual(behaviour([fact(TODAY - timedelta(1), None)], TODAY).on_time_share, 0)

    def test_the_trend_sets_the_last_twelve_months_against_before(self):
        facts = [
            fact(date(2025, 3, 1), 5),
            fact(date(2025, 6, 30), 0),  # the last day of before
            fact(date(2025, 6, 30), 1),  # the first day of the last twelve months
            fact(date(2026, 2, 1), 31),
        ]
        found = behaviour(facts, TODAY)
        self.assertEqual(found.trend, Fraction(16) - Fraction(5, 2))
        self.assertEqual((found.recent_median, found.earlier_median, found.worst), (16, Fraction(5, 2), 31))
        self.assertIsNone(behaviour(facts[:2], TODAY).trend)

    @given(facts_of())
    def test_half_of_the_payments_came_later_than_the_median_and_half_before(self, facts):
        found = median_days_late(facts)
        late = [fact.days_late for fact in facts if fact.settled]
        if late:
            self.assertLessEqual(2 * sum(days > found for days in late), len(late))
            self.assertLessEqual(2 * sum(days < found for days in late), len(late))
        else:
            self.assertIsNone(found)

    @given(facts_of())
    def test_the_future_is_not_looked_at(self, facts):
        known = [
            fact if fact.settled and fact.settled <= TODAY else Fact(fact.due, None, fact.amount) for fact in facts
        ]
        self.assertEqual(behaviour(facts, TODAY), behaviour(known, TODAY))
        self.assertEqual(expected_pay_date(TODAY, facts, TODAY), expected_pay_date(TODAY, known, TODAY))

    @given(facts_of(), DUE)
    def test_a_payment_is_never_expected_in_the_past(self, facts, due):
        expected = expected_pay_date(due, facts, TODAY)
        longest = max((fact.days_late for fact in facts if fact.settled and fact.settled <= TODAY), default=None)
        if longest is None or due + timedelta(longest) < TODAY:
            self.assertIsNone(expected, "he has never paid so late")
        else:
            self.assertTrue(TODAY <= expected <= due + timedelta(longest))

    @given(facts_of(st.integers(0, 40)), DUE)
    def test_before_the_due_date_the_median_is_expected(self, facts, due):
        past = [Fact(fact.due - timedelta(800), fact.settled - timedelta(800), fact.amount) for fact in facts]
        if past:
            days = (expected_pay_date(due, past, due) - due).days
            self.assertTrue(0 <= days - median_days_late(past) < 1)


@tagged("post_install", "-at_install")
class TestBehaviourPromises(PureCase):
    DAY = date(2026, 6, 10)

    def test_a_promise_is_kept_on_its_day_and_broken_the_day_after(self):
        paid = Promise(self.DAY, 500, ((self.DAY, 500),))
        self.assertEqual(outcome(paid, self.DAY), "kept")
        self.assertEqual(outcome(Promise(self.DAY, 500), self.DAY), "open")
        self.assertEqual(outcome(Promise(self.DAY, 500), self.DAY + timedelta(1)), "broken")

    def test_a_part_payment_keeps_no_promise(self):
        self.assertEqual(outcome(Promise(self.DAY, 500, ((self.DAY, 499),)), TODAY), "broken")

    def test_what_came_too_late_keeps_no_promise_beyond_the_days_of_grace(self):
        late = Promise(self.DAY, 500, ((self.DAY + timedelta(3), 500),))
        self.assertEqual([outcome(late, TODAY, grace) for grace in (0, 2, 3)], ["broken", "broken", "kept"])

    def test_a_payment_of_tomorrow_is_not_known_today(self):
        later = Promise(self.DAY, 500, ((self.DAY, 500),))
        self.assertEqual(outcome(later, self.DAY - timedelta(1)), "open")

    @given(
        st.lists(
            st.builds(Promise, DUE, st.integers(1, 1000), st.lists(st.tuples(DUE, st.integers(1, 900)))), max_size=9
        )
    )
    def test_every_promise_is_counted_once_and_open_ones_say_nothing(self, promises):
        found = promises_kept(promises, TODAY)
        self.assertEqual(found.kept + found.broken + found.open, len(promises))
        past = found.kept + found.broken
        self.assertEqual(found.share, Fraction(found.kept, past) if past else None)
