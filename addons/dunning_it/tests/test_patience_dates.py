"""The date from which something is done: never before any part of the patience, and explained by one of them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..patience.dates import PARTS, Patience, action_date, explain, month_end, next_day_of_month
from .pure_common import PureCase

DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))
PATIENCE = st.builds(
    Patience,
    is_month_end=st.booleans(),
    technical_days=st.integers(0, 45),
    floor_days=st.sampled_from([0, 60, 90, 120]),
    closing_day=st.none() | st.integers(1, 31),
)
INVOICED = st.none() | DAYS


@tagged("post_install", "-at_install")
class TestPatienceDates(PureCase):
    def _deciding(self, *words, **options):
        return [part.code for part in explain(*words, **options) if part.is_deciding]

    @given(DAYS, INVOICED, PATIENCE)
    def test_nothing_is_done_before_any_part_of_the_patience_is_over(self, due, invoiced, patience):
        acted = action_date(due, invoiced, patience)
        self.assertGreaterEqual(acted, due + timedelta(patience.technical_days))
        if patience.is_month_end:
            self.assertGreaterEqual(acted, month_end(due) + timedelta(patience.technical_days))
        if invoiced:
            self.assertGreaterEqual(acted, invoiced + timedelta(patience.floor_days) if patience.floor_days else due)

    @given(DAYS, INVOICED, PATIENCE)
    def test_without_a_closing_day_the_later_of_terms_and_floor_is_met_to_the_day(self, due, invoiced, patience):
        patience = Patience(patience.is_month_end, patience.technical_days, patience.floor_days)
        terms = (month_end(due) if patience.is_month_end else due) + timedelta(patience.technical_days)
        floor = invoiced + timedelta(patience.floor_days) if invoiced and patience.floor_days else terms
        self.assertEqual(action_date(due, invoiced, patience), max(terms, floor))

    @given(DAYS, st.integers(1, 31))
    def test_the_office_pays_on_the_first_such_day_and_no_such_day_is_left_out(self, day, number):
        found = next_day_of_month(day, number)
        between = [day + timedelta(n) for n in range((found - day).days)]
        self.assertFalse([each for each in between if each.day == number])
        self.assertTrue(found.day == number or (found == month_end(found) and found.day < number))

    @given(DAYS, INVOICED, PATIENCE, st.none() | DAYS)
    def test_one_part_decides_and_it_is_the_action_date(self, due, invoiced, patience, agreed):
        parts = explain(due, invoiced, patience, agreed)
        deciding = [part for part in parts if part.is_deciding]
        self.assertEqual([part.until for part in deciding], [action_date(due, invoiced, patience, agreed)])
        self.assertEqual(sorted(parts, key=lambda part: PARTS.index(part.code)), list(parts))

    @given(DAYS, INVOICED, PATIENCE, DAYS)
    def test_an_agreed_date_wins_be_it_earlier_or_later(self, due, invoiced, patience, agreed):
        self.assertEqual(action_date(due, invoiced, patience, agreed), agreed)
        self.assertEqual(self._deciding(due, invoiced, patience, agreed=agreed), ["agreed"])

    def test_a_company_paid_by_direct_transfer_is_left_alone_for_sixty_days_from_the_invoice(self):
        patience = Patience(technical_days=10, floor_days=60)
        self.assertEqual(action_date(date(2026, 1, 30), date(2025, 12, 31), patience), date(2026, 3, 1))
        self.assertEqual(self._deciding(date(2026, 1, 30), date(2025, 12, 31), patience), ["floor_days"])
        self.assertEqual(action_date(date(2026, 4, 30), date(2025, 12, 31), patience), date(2026, 5, 10))
        self.assertEqual(self._deciding(date(2026, 4, 30), date(2025, 12, 31), patience), ["technical_days"])

    def test_a_public_administration_is_left_alone_for_a_hundred_and_twenty_days(self):
        self.assertEqual(
            action_date(date(2026, 1, 30), date(2025, 12, 31), Patience(floor_days=120)), date(2026, 4, 30)
        )

    def test_an_office_that_closes_the_month_on_the_tenth_is_asked_after_it(self):
        patience = Patience(technical_days=11, closing_day=10)
        self.assertEqual(action_date(date(2026, 1, 15), None, patience), date(2026, 3, 10))
        self.assertEqual(self._deciding(date(2026, 1, 15), None, patience), ["closing_day"])

    def test_a_part_that_moves_nothing_is_not_blamed(self):
        at_month_end = Patience(floor_days=0, closing_day=31)
        self.assertEqual(self._deciding(date(2026, 1, 31), None, at_month_end), ["due"])
        self.assertEqual(self._deciding(date(2026, 1, 15), None, at_month_end), ["month_end"])

    def test_the_parts_carry_their_numbers_for_the_sentence_shown(self):
        parts = explain(
            date(2026, 1, 15), date(2025, 12, 15), Patience(technical_days=10, floor_days=60, closing_day=5)
        )
        self.assertEqual(
            [(part.code, part.number) for part in parts],
            [("due", None), ("month_end", None), ("technical_days", 10), ("floor_days", 60), ("closing_day", 5)],
        )

    def test_a_patience_that_makes_no_sense_is_refused(self):
        for wrong in ({"technical_days": -1}, {"floor_days": -1}, {"closing_day": 0}, {"closing_day": 32}):
            with self.assertRaises(ValueError):
                Patience(**wrong)
