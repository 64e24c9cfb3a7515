"""The ground of a credit note with VAT and the small credit, at the edges of their terms."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..law.waiver import AGREEMENT, BASES, HOMOLOGATED, INSOLVENCY, small_credit, vat_ground
from .law_rows import row, table

RULE = row("vat_note_non_payment", 1, date(2021, 5, 26))
RETURN = row("vat_note_return_months", 4, date(2021, 5, 26), confirmed=False)
YEARS = row("vat_note_agreement_years", 1)
LAW = table(RULE, RETURN, YEARS)
SUPPLY = date(2025, 3, 1)


@tagged("post_install", "-at_install")
class TestLawWaiver(BaseCase):
    def _ask(self, basis, since, day, supplies=(SUPPLY,), law=LAW):
        return vat_ground(law, basis, since, supplies, day)

    def test_a_procedure_counts_from_its_opening_until_the_vat_return_of_that_year(self):
        opened = date(2025, 6, 1)
        for day, problem, last in (
            (date(2025, 5, 31), "future", None),
            (opened, None, date(2025, 12, 31)),
            (date(2025, 12, 31), None, date(2025, 12, 31)),
            (date(2026, 4, 30), None, date(2026, 4, 30)),
            (date(2026, 5, 1), "late", date(2026, 4, 30)),
        ):
            with self.subTest(day=day):
                answer = self._ask(INSOLVENCY, opened, day)
                self.assertEqual((answer.problem, answer.last), (problem, last))

    def test_the_term_of_the_return_is_asked_only_where_it_decides(self):
        opened = date(2025, 6, 1)
        self.assertEqual(self._ask(INSOLVENCY, opened, date(2025, 12, 31)).unconfirmed, ())
        self.assertEqual(self._ask(INSOLVENCY, opened, date(2026, 1, 1)).unconfirmed, (RETURN,))

    def test_what_came_up_before_the_rule_is_not_known(self):
        self.assertEqual(self._ask(INSOLVENCY, date(2021, 5, 25), date(2021, 6, 1)).problem, "unknown")
        self.assertIsNone(self._ask(HOMOLOGATED, date(2021, 5, 26), date(2021, 6, 1)).problem)

    def test_an_agreement_counts_for_a_year_from_the_first_supply(self):
        supplies = (date(2025, 8, 1), SUPPLY)
        agreed = date(2025, 9, 1)
        self.assertIsNone(self._ask(AGREEMENT, agreed, date(2026, 3, 1), supplies).problem)
        self.assertEqual(self._ask(AGREEMENT, agreed, date(2026, 3, 2), supplies).problem, "late")
        leap = self._ask(AGREEMENT, date(2024, 3, 1), date(2024, 3, 1), (date(2024, 2, 29),))
        self.assertEqual(leap.last, date(2025, 2, 28))

    def test_a_table_without_the_rows_says_that_it_does_not_know(self):
        for basis in BASES:
            self.assertEqual(self._ask(basis, date(2025, 6, 1), date(2026, 1, 2), law=table()).problem, "unknown")

    def test_a_small_credit_is_small_to_the_cent_and_to_the_day(self):
        law = table(small_credit_limit=2500, small_credit_months=6)
        due = date(2025, 8, 31)
        for amount, day, is_small in (
            ("2500.00", date(2026, 2, 28), True),
            ("2500.01", date(2026, 2, 28), False),
            ("2500.00", date(2026, 2, 27), False),
        ):
            with self.subTest(amount=amount, day=day):
                self.assertIs(small_credit(law, Decimal(amount), due, day).is_small, is_small)
        self.assertIsNone(small_credit(table(), Decimal(1), due, date(2026, 6, 1)).is_small)

    def test_what_is_small_for_a_large_company_has_its_own_limit(self):
        law = table(small_credit_limit=2500, small_credit_limit_large=5000, small_credit_months=6)
        due, day = date(2025, 8, 31), date(2026, 2, 28)
        for amount, is_small in (("5000.00", True), ("5000.01", False)):
            answer = small_credit(law, Decimal(amount), due, day, is_large=True)
            self.assertIs(answer.is_small, is_small)
            self.assertEqual([row.code for row in answer.rows], ["small_credit_limit_large", "small_credit_months"])

    @given(
        basis=st.sampled_from(BASES),
        since=st.dates(date(2022, 1, 1), date(2030, 12, 31)),
        days=st.integers(0, 1500),
        age=st.integers(0, 800),
    )
    def test_a_ground_holds_up_to_its_last_day_and_never_again(self, basis, since, days, age):
        day, supplies = since + timedelta(days), (since - timedelta(age),)
        answer = self._ask(basis, since, day, supplies)
        self.assertEqual(answer.problem is None, day <= answer.last)
        if answer.problem:
            self.assertEqual(self._ask(basis, since, day + timedelta(1), supplies).problem, "late")
