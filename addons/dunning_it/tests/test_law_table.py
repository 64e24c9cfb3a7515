"""The table of the law: one row a day and bracket, or none, and what is wrong with the rows as data."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..law.codes import CODES
from ..law.reading import Reading, euros, to_cents
from ..law.table import DAY, Missing, period_of
from .law_rows import half_years, row, table, years

DAYS = st.dates(date(2019, 1, 1), date(2029, 12, 31))


@tagged("post_install", "-at_install")
class TestLawTable(BaseCase):
    def kinds(self, *rows, until=None):
        return [problem.kind for problem in table(*rows).problems(until)]

    @given(st.sets(st.integers(0, 21)), DAYS, DAYS)
    def test_stretches_cover_each_day_once_with_the_row_of_that_day(self, entered, start, end):
        law = table(*half_years(*(i if i in entered else None for i in range(22)), since=2019))
        stretches = law.stretches("ecb_reference", start, end)
        days = [
            (stretch.start + timedelta(days=i), stretch.row)
            for stretch in stretches
            for i in range((stretch.end - stretch.start).days + 1)
        ]
        expected = [start + timedelta(days=i) for i in range((end - start).days + 1)]
        self.assertEqual([day for day, _row in days], expected)
        self.assertTrue(all(law.find("ecb_reference", day) is each for day, each in days))

    @given(DAYS)
    def test_days_of_a_period_share_it_and_the_next_day_does_not(self, day):
        for kind, most in (("half_year", 184), ("year", 366)):
            start, end = period_of(kind, day)
            self.assertTrue(start <= day <= end)
            self.assertEqual((period_of(kind, start), period_of(kind, end)), ((start, end), (start, end)))
            self.assertEqual(period_of(kind, end + DAY)[0], end + DAY)
            self.assertLessEqual((end - start).days + 1, most)

    def test_the_row_before_is_not_carried_on(self):
        law = table(*half_years(4, None, 3))
        with self.assertRaises(Missing) as missing:
            law.at("ecb_reference", date(2024, 7, 1))
        self.assertEqual((missing.exception.code, missing.exception.day), ("ecb_reference", date(2024, 7, 1)))
        self.assertEqual(law.at("ecb_reference", date(2024, 6, 30)).amount, 4)
        self.assertEqual(law.at("ecb_reference", date(2025, 1, 1)).amount, 3)

    def test_brackets_include_their_upper_edge_and_need_an_amount(self):
        law = table(
            row("court_fee", 43, up_to=Decimal(1100)), row("court_fee", 98, up_to=Decimal(5200)), row("court_fee", 237)
        )
        fees = [
            law.at("court_fee", date(2026, 1, 1), euros(claim)).amount for claim in (110000, 110001, 520000, 520001)
        ]
        self.assertEqual(fees, [43, 98, 98, 237])
        with self.assertRaises(ValueError):
            law.at("court_fee", date(2026, 1, 1))

    def test_gaps_overlaps_and_wrong_edges_are_told_with_their_days_and_rows(self):
        self.assertEqual(self.kinds(*half_years(4, 3, 2), *years(2, 3)), [])
        gap = table(*half_years(4, None, 3)).problems()[0]
        self.assertEqual(
            (gap.kind, gap.start, gap.end, len(gap.rows)), ("gap", date(2024, 7, 1), date(2024, 12, 31), 2)
        )
        first, second = row("pa_term_days", 60), row("pa_term_days", 30, date(2020, 1, 1), date(2020, 12, 31))
        overlap = table(first, second).problems()[0]
        self.assertEqual((overlap.kind, overlap.start, overlap.end), ("overlap", date(2020, 1, 1), date(2020, 12, 31)))
        self.assertEqual(overlap.rows, (first, second))
        self.assertEqual(self.kinds(row("ecb_reference", 4, date(2024, 1, 1), date(2024, 7, 1))), ["half_year"])
        self.assertEqual(self.kinds(row("ecb_reference", 4, date(2024, 1, 1))), ["half_year"])
        self.assertEqual(self.kinds(row("legal_rate", 4, date(2024, 1, 1), date(2024, 6, 30))), ["year"])
        self.assertEqual(self.kinds(row("pa_term_days", 4, date(2024, 1, 2), date(2024, 1, 1))), ["reversed"])
        self.assertEqual(self.kinds(row("pa_term_days", 4, up_to=Decimal(5))), ["bracket"])

    def test_brackets_do_not_overlap_each_other(self):
        self.assertEqual(self.kinds(row("court_fee", 43, up_to=Decimal(1100)), row("court_fee", 98)), [])

    def test_a_rate_that_ends_too_early_is_told_on_request(self):
        rates = half_years(4, 3)
        self.assertEqual(self.kinds(*rates, until=date(2024, 12, 31)), [])
        self.assertEqual(self.kinds(*rates, until=date(2025, 1, 1)), ["gap"])
        self.assertEqual(table(*rates).lacking(date(2024, 12, 31)), ["legal_rate"])
        self.assertEqual(table(*rates).lacking(date(2025, 1, 1)), ["ecb_reference", "legal_rate"])

    def test_without_a_row_the_one_before_it_holds_on(self):
        old = row("justice_of_peace_limit", 10000, until=date(2026, 10, 30))
        new = row("justice_of_peace_limit", 30000, date(2026, 10, 31), confirmed=False)
        law = table(old, new, pa_term_days=60)
        self.assertEqual(law.without(new).at("justice_of_peace_limit", date(2030, 1, 1)).amount, 10000)
        self.assertEqual(law.at("justice_of_peace_limit", date(2030, 1, 1)).amount, 30000, "the table itself stays")
        self.assertIsNone(law.without(old).find("justice_of_peace_limit", date(2026, 10, 30)))
        self.assertEqual(law.without(old).at("pa_term_days", date(2026, 1, 1)).amount, 60)

    def test_a_last_day_at_the_end_of_all_days_is_no_trouble(self):
        forever = row("pa_term_days", 60, until=date.max)
        self.assertEqual(len(table(forever).stretches("pa_term_days", date.min, date.max)), 2)
        self.assertEqual(table(forever).without(forever).rows, ())

    def test_a_reading_remembers_what_it_rests_on_and_what_it_lacked(self):
        law = Reading(table(pa_term_days=60, pec_delivery=0), date(2026, 1, 1))
        self.assertEqual((law.amount("pa_term_days"), law.amount("pa_term_days")), (60, 60))
        self.assertIsNone(law.amount("opposition_days"))
        self.assertIsNone(law.find("clerk_advance"))
        self.assertFalse(law.applies("pec_delivery"))
        self.assertEqual([each.code for each in law.rows], ["pa_term_days", "pec_delivery"])
        self.assertEqual(law.missing, ["opposition_days"])

    @given(st.integers(0, 10**12))
    def test_cents_go_to_euros_and_back(self, cents):
        self.assertEqual(to_cents(euros(cents)), cents)

    def test_codes_are_counted_in_known_units(self):
        units = {"percent", "points", "euro", "days", "months", "years", "rule"}
        self.assertEqual({code.unit for code in CODES.values()}, units)
