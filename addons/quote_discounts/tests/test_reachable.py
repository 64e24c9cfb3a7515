"""The total reached is the one asked for, or no cuts at all come nearer: tried out over all of them."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..cascade.distribution import CutTooLarge
from ..cascade.reachable import Line, Tax, cut_to, reached_by

ON_TOP = {rate: (Tax(rate, Fraction(rate, 100)),) for rate in (4, 5, 10, 22)}
INCLUDED = {rate: (Tax(rate, Fraction(rate, 100 + rate), included=True),) for rate in (4, 5, 10, 22)}
CASSA = (Tax("cassa", Fraction(4, 100)), Tax(22, Fraction(104 * 22, 10000)))
TAXES = st.one_of(st.sampled_from(list(ON_TOP.values())), st.sampled_from(list(INCLUDED.values())), st.just(()))
RATES = st.sampled_from([4, 5, 10, 22])


def line(amount, taxes, fixed=False):
    return Line(Fraction(amount), 0 if fixed else int(amount), taxes)


@st.composite
def baskets(draw, most=100_000, size=8):
    """Lines of one way to show prices, as a company has it; some of them may not be cut, or count against the order."""
    taxes = draw(st.sampled_from([ON_TOP, INCLUDED]))
    cut = st.builds(line, st.fractions(1, most, max_denominator=1000), RATES.map(taxes.get))
    fixed = st.builds(line, st.integers(-most // 10, most), RATES.map(taxes.get), st.just(True))
    return draw(st.lists(cut, min_size=1, max_size=size)) + draw(st.lists(fixed, max_size=2))


@tagged("post_install", "-at_install")
class TestReachable(BaseCase):
    def assert_nearest(self, lines, target, taxed, per_line):
        """No cuts whatever come nearer to the target than those found; of two as near, the lower is taken."""
        found = cut_to(lines, target, taxed, per_line).total(taxed)
        everything = {
            reached_by(lines, cuts, per_line).total(taxed)
            for cuts in product(*(range(each.limit + 1) for each in lines))
        }
        nearest = min(everything, key=lambda total: (abs(total - target), total))
        self.assertEqual(found, nearest, (lines, target, taxed, per_line))

    @given(st.data(), st.booleans(), st.booleans())
    def test_small_baskets_against_all_their_cuts(self, data, taxed, per_line):
        lines = data.draw(baskets(most=24, size=2))
        zero = [0] * len(lines)
        highest = reached_by(lines, zero, per_line).total(taxed)
        lowest = reached_by(lines, [each.limit for each in lines], per_line).total(taxed)
        self.assert_nearest(lines, data.draw(st.integers(min(lowest, highest), highest)), taxed, per_line)

    @given(st.data(), st.booleans(), st.booleans())
    def test_one_rate_against_every_cut_of_it(self, data, taxed, per_line):
        taxes = data.draw(st.sampled_from([*ON_TOP.values(), *INCLUDED.values(), CASSA]))
        lines = [line(data.draw(st.integers(2000, 4000)), taxes)]
        highest = reached_by(lines, [0], per_line).total(taxed)
        self.assert_nearest(lines, data.draw(st.integers(1, highest)), taxed, per_line)

    @given(baskets(), st.data(), st.booleans(), st.booleans())
    def test_cuts_are_whole_in_bounds_and_make_the_total_they_say(self, lines, data, taxed, per_line):
        highest = reached_by(lines, [0] * len(lines), per_line).total(taxed)
        target = data.draw(st.integers(highest // 3, max(highest, 1)))
        try:
            reached = cut_to(lines, target, taxed, per_line)
        except CutTooLarge:
            lowest = reached_by(lines, [each.limit for each in lines], per_line).total(taxed)
            self.assertLess(target, lowest)
            return
        self.assertTrue(all(0 <= cut <= each.limit for cut, each in zip(reached.cuts, lines, strict=True)))
        self.assertEqual(reached, reached_by(lines, reached.cuts, per_line))
        if target <= highest:
            self.assertLessEqual(abs(reached.total(taxed) - target), 1)

    @given(
        st.lists(st.builds(line, st.integers(500, 99_999), RATES.map(ON_TOP.get)), min_size=1, max_size=9), st.data()
    )
    def test_a_net_total_is_always_reached(self, lines, data):
        for per_line in (True, False):
            highest = reached_by(lines, [0] * len(lines), per_line).untaxed
            target = data.draw(st.integers(1, highest))
            self.assertEqual(cut_to(lines, target, False, per_line).untaxed, target)

    @given(
        st.lists(st.builds(line, st.integers(500, 99_999), RATES.map(INCLUDED.get)), min_size=1, max_size=9), st.data()
    )
    def test_any_total_of_prices_with_vat_included_is_reached(self, lines, data):
        for per_line, taxed in product((True, False), repeat=2):
            highest = reached_by(lines, [0] * len(lines), per_line).total(taxed)
            target = data.draw(st.integers(highest // 4, highest))
            self.assertEqual(cut_to(lines, target, taxed, per_line).total(taxed), target)

    @given(st.lists(st.integers(2000, 99_999), min_size=2, max_size=9), st.data())
    def test_two_lines_rounded_by_themselves_reach_any_total(self, amounts, data):
        lines = [line(amount, ON_TOP[22]) for amount in amounts]
        highest = reached_by(lines, [0] * len(lines), per_line=True).taxed
        target = data.draw(st.integers(highest // 2, highest - 10))
        self.assertEqual(cut_to(lines, target, True, per_line=True).taxed, target)

    def test_82_of_100_totals_exist_with_one_rate_of_22(self):
        lines = [line(100_000, ON_TOP[22])]
        reached = sum(cut_to(lines, 50_000 + cents, True, False).taxed == 50_000 + cents for cents in range(1220))
        self.assertEqual(reached, 1000, "1,000 net totals make as many totals, of 1,220")

    def test_of_two_totals_equally_near_the_lower_is_taken(self):
        lines = [line(10_000, ON_TOP[22])]
        self.assertEqual([reached_by(lines, [cut], False).taxed for cut in (1798, 1797)], [10_006, 10_008])
        self.assertEqual(cut_to(lines, 10_007, True, False).taxed, 10_006)

    def test_shares_stay_within_a_cent_of_proportion_where_the_total_allows(self):
        lines = [line(30_000, ON_TOP[22]), line(20_000, ON_TOP[10]), line(50_000, ON_TOP[4])]
        reached = cut_to(lines, reached_by(lines, [0] * 3, False).taxed - 5_000, True, False)
        whole = sum(reached.cuts)
        for cut, share in zip(reached.cuts, (0.3, 0.2, 0.5), strict=True):
            self.assertLess(abs(cut - whole * share), 2.01)

    def test_a_total_below_what_may_not_be_cut_is_refused(self):
        lines = [line(5000, ON_TOP[22]), line(1000, ON_TOP[22], fixed=True)]
        self.assertEqual(cut_to(lines, 1220, True, False).cuts, (5000, 0))
        with self.assertRaises(CutTooLarge) as refused:
            cut_to(lines, 1219, True, False)
        self.assertEqual(refused.exception.most, 6100)

    def test_a_total_above_the_lines_cuts_nothing(self):
        for per_line in (True, False):
            self.assertEqual(cut_to([line(5000, ON_TOP[22])], 6101, True, per_line).cuts, (0,))
        self.assertEqual(cut_to([], 100, True, False).cuts, ())

    def test_a_thousand_lines_reach_their_total(self):
        for taxes in (ON_TOP, INCLUDED):
            lines = [line(1000 + 37 * i, taxes[(4, 10, 22)[i % 3]]) for i in range(1000)]
            for per_line in (True, False):
                target = round(reached_by(lines, [0] * 1000, per_line).taxed * 0.9)
                self.assertEqual(cut_to(lines, target, True, per_line).taxed, target)
