"""Shares of a cut: whole cents, in proportion, never more than the line, and their sum is the cut."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..cascade.distribution import CutTooLarge, distribute, distribute_by_group, round_half_up, smallest_units

WEIGHTS = st.lists(st.integers(0, 500_000), min_size=1, max_size=30)
RATES = st.sampled_from(["4%", "10%", "22%"])


@tagged("post_install", "-at_install")
class TestDistribution(BaseCase):
    @given(WEIGHTS, st.data())
    def test_shares_add_up_to_the_cut_and_none_is_more_than_its_line(self, weights, data):
        cut = data.draw(st.integers(0, sum(weights)))
        shares = distribute(cut, weights)
        self.assertEqual(sum(shares), cut)
        self.assertTrue(all(0 <= share <= weight for share, weight in zip(shares, weights, strict=True)))

    @given(WEIGHTS, st.data())
    def test_no_share_is_a_cent_away_from_its_proportion(self, weights, data):
        assume(sum(weights))
        cut = data.draw(st.integers(0, sum(weights)))
        for share, weight in zip(distribute(cut, weights), weights, strict=True):
            self.assertLess(abs(share - Fraction(cut * weight, sum(weights))), 1)

    @given(st.lists(st.tuples(st.integers(0, 500_000), RATES), min_size=1, max_size=30), st.data())
    def test_no_rate_is_a_cent_away_from_its_proportion(self, lines, data):
        weights, rates = zip(*lines, strict=True)
        assume(sum(weights))
        cut = data.draw(st.integers(0, sum(weights)))
        shares = distribute_by_group(cut, weights, rates)
        self.assertEqual(sum(shares), cut)
        for rate in set(rates):
            of_rate = sum(share for share, each in zip(shares, rates, strict=True) if each == rate)
            weight = sum(weight for weight, each in zip(weights, rates, strict=True) if each == rate)
            self.assertLess(abs(of_rate - Fraction(cut * weight, sum(weights))), 1)

    @given(WEIGHTS, st.data())
    def test_what_a_line_cannot_bear_the_others_do(self, weights, data):
        limits = [data.draw(st.integers(0, weight)) for weight in weights]
        cut = data.draw(st.integers(0, sum(limits)))
        shares = distribute(cut, weights, limits)
        self.assertEqual(sum(shares), cut)
        self.assertTrue(all(share <= limit for share, limit in zip(shares, limits, strict=True)))

    @given(WEIGHTS)
    def test_a_cut_larger_than_the_lines_is_refused_with_what_they_bear(self, weights):
        with self.assertRaises(CutTooLarge) as refused:
            distribute_by_group(sum(weights) + 1, weights, ["22%"] * len(weights))
        self.assertEqual(refused.exception.most, sum(weights))

    @given(st.permutations(range(6)))
    def test_unequal_lines_get_the_same_share_in_any_order(self, order):
        weights = [101, 203, 307, 401, 503, 607]
        expected = distribute(1000, weights)
        shares = distribute(1000, [weights[i] for i in order])
        self.assertEqual(shares, [expected[i] for i in order])

    def test_amounts_of_currencies_with_none_two_and_three_decimals_are_counted_exactly(self):
        self.assertEqual([smallest_units(1234.5, unit) for unit in (1, 0.01, 0.001)], [1234.5, 123450, 1234500])
        self.assertEqual(round_half_up(smallest_units(2.675, 0.01)), 268, "not the float a little below it")
        self.assertEqual(round_half_up(smallest_units(-2.675, 0.01)), -268)
        self.assertEqual(round_half_up(Fraction(-1, 3)), 0)
