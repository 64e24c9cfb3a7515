"""Figures on paper: rounded parts add up, transfers to scan are right or are not offered."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..paper.facts import Claim, Credit, InterestLine, Stretch
from ..paper.figures import ENGLISH, ITALIAN, half_up, shares
from ..paper.transfer import compact, grouped, is_iban, payload
from . import paper_samples as samples

FRACTIONS = st.integers(-(10**9), 10**9).map(lambda parts: Fraction(parts, 36_500))


@tagged("post_install", "-at_install")
class TestFigures(BaseCase):
    @given(st.lists(FRACTIONS, max_size=20))
    def test_rounded_parts_add_up_to_the_rounded_sum(self, parts):
        self.assertEqual(sum(shares(parts)), half_up(sum(parts, Fraction(0))))

    @given(st.lists(FRACTIONS, max_size=20))
    def test_a_rounded_part_is_within_a_cent(self, parts):
        for part, share in zip(parts, shares(parts), strict=True):
            self.assertLess(abs(Fraction(share) - part), Fraction(1, 100))

    @given(st.decimals(-(10**9), 10**9, places=2))
    def test_a_written_amount_reads_back_as_itself(self, amount):
        self.assertEqual(Decimal(ITALIAN.amount(amount).replace(".", "").replace(",", ".")), amount)
        self.assertEqual(Decimal(ENGLISH.amount(amount).replace(",", "")), amount)

    def test_a_negative_amount_has_its_sign_before_the_symbol(self):
        self.assertEqual(ITALIAN.money(Decimal("-1234.5")), "-€\xa01.234,50")
        self.assertEqual(ITALIAN.money(Decimal("-0.001")), "€\xa00,00")

    def test_interest_of_a_line_is_the_sum_of_what_is_printed_beside_its_stretches(self):
        third = Fraction(10, 3)
        day = date(2026, 1, 1)
        stretch = Stretch(start=day, end=day, days=1, base=Decimal(1000), rate=Decimal(10), amount=third)
        line = InterestLine(document="1", due_date=day, stretches=(stretch,) * 3)
        self.assertEqual(line.amount(), Decimal("10.00"))
        self.assertEqual(sorted(line.shares()), [Decimal("3.33"), Decimal("3.33"), Decimal("3.34")])

    def test_the_total_is_the_sum_of_its_heads(self):
        claim = samples.claim(3)
        heads = (claim.principal, -claim.credited, claim.interest_amount, claim.compensation_amount, Decimal("7.40"))
        self.assertEqual(claim.total, sum(heads))
        self.assertEqual(claim.principal, Decimal(3006))
        self.assertEqual(claim.compensation_amount, Decimal(120))

    def test_credits_may_exceed_what_is_owed(self):
        claim = Claim(credits=(Credit(document="1", document_date=date(2026, 1, 1), amount=Decimal(10)),))
        self.assertEqual(claim.total, Decimal(-10))


@tagged("post_install", "-at_install")
class TestTransfer(BaseCase):
    @given(st.text(max_size=300), st.text(max_size=300), st.decimals("0.01", "999999999.99", places=2))
    def test_no_name_or_reference_breaks_the_lines_or_the_size_of_a_transfer(self, name, reference, amount):
        text = payload(name, samples.IBAN, amount, reference)
        if not name.split():
            self.assertIsNone(text)
            return
        lines = text.split("\n")
        self.assertLessEqual(len(text.encode()), 331)
        self.assertEqual([*lines[:4], *lines[6:8]], ["BCD", "002", "1", "SCT", samples.IBAN, f"EUR{amount:.2f}"])
        self.assertLessEqual(len(lines), 11)
        self.assertLessEqual(len(lines[5]), 70)

    @given(st.integers(0, 26), st.sampled_from("0123456789"))
    def test_a_wrong_digit_in_the_account_is_noticed(self, place, digit):
        iban = samples.IBAN[:place] + digit + samples.IBAN[place + 1 :]
        self.assertEqual(is_iban(iban), iban == samples.IBAN)

    def test_amounts_that_cannot_be_transferred_give_no_code(self):
        for amount in ("-1", "0", "0.004", "1000000000"):
            self.assertIsNone(payload("Rossi", samples.IBAN, Decimal(amount), ""), amount)

    @given(st.text("ABC012", max_size=34))
    def test_grouping_an_account_changes_nothing_but_blanks(self, iban):
        self.assertEqual(compact(grouped(iban)), iban)
