"""Interest to the cent: additive over time, each day once, at the rate and on the residual of that day."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..law.interest import Curve, rounded
from .law_rows import half_years, row, table, years

RATES = ("2.5", "4", "4.5", "4.25", "3.15", "2.15", "2.15", None)
LAW = table(
    *half_years(*RATES, since=2023),
    *years("5", "2.5", "2", "1.6", since=2023),
    row("agro_food_surcharge", 2, date(2012, 10, 24), date(2024, 3, 9)),
    row("agro_food_surcharge", 4, date(2024, 3, 10)),
    late_payment_spread=8,
)
LATE, LEGAL = Curve(LAW, "late_payment"), Curve(LAW, "legal")
AGRO = Curve(LAW, "late_payment", agro_food=True)
FIRST = date(2022, 10, 1)
DAYS = st.integers(0, 1642).map(lambda days: FIRST + timedelta(days=days))
BALANCES = st.lists(st.tuples(DAYS, st.integers(-10_000, 5_000_000)), max_size=6).map(
    lambda days: [*dict(days).items()]
)
CURVES = st.sampled_from([LATE, LEGAL, AGRO])


def by_the_day(curve, balances, due, until):
    """The same by brute force: each day on what was owed at the end of the day before."""
    total, day = Fraction(0), due
    while day < until:
        owed = [cents for since, cents in sorted(balances) if since <= day]
        day += timedelta(days=1)
        if owed and owed[-1] > 0:
            total += Fraction(owed[-1]) * Fraction(curve.rate(day) or 0) / 36500
    return total


@tagged("post_install", "-at_install")
class TestLawInterest(BaseCase):
    def late(self, cents, due, until):
        return LATE.interest([(date(2000, 1, 1), cents)], due, until)

    @given(CURVES, BALANCES, DAYS, st.integers(0, 400))
    def test_interest_is_what_each_day_bears_on_what_was_owed_the_evening_before(self, curve, balances, due, days):
        until = due + timedelta(days=days)
        self.assertEqual(curve.interest(balances, due, until), by_the_day(curve, balances, due, until))

    @given(CURVES, BALANCES, st.lists(DAYS, min_size=3, max_size=3))
    def test_interest_is_additive_over_time(self, curve, balances, days):
        due, between, until = sorted(days)
        parts = curve.interest(balances, due, between) + curve.interest(balances, between, until)
        self.assertEqual(curve.interest(balances, due, until), parts)

    @given(CURVES, st.integers(1, 10**9), st.integers(1, 10**9), DAYS, DAYS)
    def test_interest_is_additive_over_what_is_owed(self, curve, one, other, due, until):
        together = curve.interest([(due, one + other)], due, until)
        self.assertEqual(together, sum(curve.interest([(due, cents)], due, until) for cents in (one, other)))

    @given(CURVES, BALANCES, DAYS, DAYS)
    def test_the_breakdown_adds_up_covers_no_day_twice_and_rounds_to_the_rounded_total(
        self, curve, balances, due, until
    ):
        shares = curve.breakdown(balances, due, until)
        total = curve.interest(balances, due, until)
        self.assertEqual(sum(share.amount for share in shares), total)
        self.assertEqual(sum(rounded([share.amount for share in shares])), rounded([total])[0])
        self.assertTrue(all(one.end < other.start for one, other in pairwise(shares)))
        self.assertTrue(all(share.start > due and share.end <= until for share in shares))
        self.assertTrue(all(share.days == (share.end - share.start).days + 1 for share in shares))

    @given(st.lists(st.fractions(0, 10**6, max_denominator=36500)))
    def test_no_rounded_amount_is_a_cent_away_from_its_own(self, amounts):
        for cents, amount in zip(rounded(amounts), amounts, strict=True):
            self.assertLessEqual(abs(cents - amount), 1)

    def test_it_runs_from_the_day_after_the_due_date_up_to_and_with_the_day_asked_for(self):
        due = date(2025, 3, 31)
        self.assertEqual(self.late(1_000_000, due, due), 0)
        self.assertEqual(self.late(1_000_000, due, date(2025, 3, 30)), 0, "not before it is due")
        self.assertEqual(self.late(1_000_000, due, date(2025, 4, 1)), Fraction(1_000_000 * 1115, 100 * 100 * 365))

    def test_each_day_of_a_half_year_edge_bears_its_own_rate(self):
        shares = LATE.breakdown([(date(2025, 1, 1), 100)], date(2025, 6, 29), date(2025, 7, 2))
        self.assertEqual(
            [(share.start, share.end, share.rate) for share in shares],
            [
                (date(2025, 6, 30), date(2025, 6, 30), Decimal("11.15")),
                (date(2025, 7, 1), date(2025, 7, 2), Decimal("10.15")),
            ],
        )

    def test_a_leap_year_has_a_day_more_and_that_day_bears_as_much_as_any_other(self):
        year = LATE.interest([(date(2023, 12, 31), 36_500)], date(2023, 12, 31), date(2024, 12, 31))
        self.assertEqual(year, 182 * Decimal("12.5") + 184 * Decimal("12.25"))
        self.assertEqual(self.late(36_500, date(2024, 2, 28), date(2024, 2, 29)), Fraction("12.5"))
        self.assertEqual(self.late(36_500, date(2024, 2, 28), date(2024, 3, 1)), 25)
        self.assertEqual(self.late(36_500, date(2023, 2, 28), date(2023, 3, 1)), Fraction("10.5"))

    def test_a_part_payment_changes_the_base_from_the_day_after_it(self):
        balances = [(date(2025, 1, 1), 36_500), (date(2025, 2, 10), 18_250)]
        shares = LATE.breakdown(balances, date(2025, 1, 31), date(2025, 2, 20))
        self.assertEqual([(share.days, share.base) for share in shares], [(10, 36_500), (10, 18_250)])
        self.assertEqual(sum(share.amount for share in shares), Fraction("167.25"))

    def test_a_credit_bears_nothing_and_a_debt_that_comes_back_bears_again(self):
        balances = [(date(2025, 1, 1), 36_500), (date(2025, 2, 10), -500), (date(2025, 2, 15), 36_500)]
        shares = LATE.breakdown(balances, date(2025, 1, 31), date(2025, 2, 20))
        self.assertEqual([(share.start.day, share.days) for share in shares], [(1, 10), (16, 5)])

    def test_a_missing_rate_makes_the_days_provisional_and_the_old_one_is_not_carried_on(self):
        due, until = date(2026, 6, 20), date(2026, 7, 31)
        shares = LATE.breakdown([(due, 100_000)], due, until)
        self.assertEqual([share.provisional for share in shares], [False, True])
        self.assertEqual((shares[1].amount, shares[1].rate, shares[1].missing), (0, None, ("ecb_reference",)))
        self.assertEqual(LATE.missing(due, until), ("ecb_reference",))
        self.assertEqual(LATE.missing(due, date(2026, 6, 30)), ())
        self.assertEqual(LATE.missing(date(2026, 6, 30), date(2026, 7, 1)), ("ecb_reference",))
        self.assertEqual(self.late(100_000, due, until), self.late(100_000, due, date(2026, 6, 30)))

    def test_days_before_the_first_rate_are_provisional_too(self):
        self.assertEqual(LATE.missing(date(2022, 12, 30), date(2022, 12, 31)), ("ecb_reference",))
        self.assertEqual(self.late(100_000, date(2022, 1, 1), date(2022, 12, 31)), 0)

    def test_what_rests_on_a_row_nobody_confirmed_says_so(self):
        guess = row("legal_rate", 1, date(2027, 1, 1), date(2027, 12, 31), confirmed=False)
        curve = Curve(table(*years("1.6", since=2026), guess), "legal")
        self.assertEqual(curve.unconfirmed(date(2026, 1, 1), date(2026, 12, 31)), ())
        self.assertEqual(curve.unconfirmed(date(2026, 1, 1), date(2027, 1, 1)), (guess,))
        share = curve.breakdown([(date(2026, 1, 1), 100)], date(2026, 12, 31), date(2027, 1, 1))[0]
        self.assertEqual((share.unconfirmed, share.provisional), ((guess,), False))

    def test_agricultural_and_food_products_bear_the_surcharge_of_the_day(self):
        self.assertEqual(AGRO.rate(date(2024, 3, 9)) - LATE.rate(date(2024, 3, 9)), 2)
        self.assertEqual(AGRO.rate(date(2024, 3, 10)) - LATE.rate(date(2024, 3, 10)), 4)
        self.assertEqual(Curve(LAW, "legal", agro_food=True).rate(date(2024, 3, 10)), Decimal("2.5"))

    def test_the_spread_stays_that_of_the_day_of_the_contract(self):
        spreads = [
            row("late_payment_spread", 7, date(2002, 8, 8), date(2024, 1, 31)),
            row("late_payment_spread", 8, date(2024, 2, 1)),
        ]
        law = table(*half_years(4, 3), *spreads)
        old, by_day = Curve(law, "late_payment", contract_date=date(2010, 1, 1)), Curve(law, "late_payment")
        self.assertEqual([old.rate(day) for day in (date(2024, 1, 31), date(2024, 2, 1))], [11, 11])
        self.assertEqual([by_day.rate(day) for day in (date(2024, 1, 31), date(2024, 2, 1))], [11, 12])

    def test_no_interest_is_never_provisional(self):
        none = Curve(LAW, "none")
        self.assertEqual(none.interest([(date(2026, 1, 1), 100)], date(2026, 1, 1), date(2026, 12, 31)), 0)
        self.assertEqual(none.missing(date(2026, 1, 1), date(2026, 12, 31)), ())

    def test_the_daily_accrual_is_what_the_next_day_adds(self):
        day = date(2025, 5, 5)
        added = self.late(123_456, date(2025, 1, 1), day) - self.late(
            123_456, date(2025, 1, 1), day - timedelta(days=1)
        )
        self.assertEqual(LATE.a_day(123_456, day), added)

    def test_a_negative_reference_rate_lowers_the_rate(self):
        curve = Curve(table(*half_years("-0.5"), late_payment_spread=8), "late_payment")
        self.assertEqual(curve.rate(date(2024, 1, 1)), Decimal("7.5"))
        self.assertEqual(curve.interest([(date(2024, 1, 1), 36_500)], date(2024, 1, 1), date(2024, 1, 3)), 15)
