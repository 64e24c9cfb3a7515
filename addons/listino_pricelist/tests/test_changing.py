"""The plain arithmetic of bulk changes: what holds for any price."""

import math

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..changing.formula import FROM_SOURCE, Facts, Formula, propose, with_ending
from ..changing.verdict import CHANGE, REFUSED, SAME, is_below, judge, variation
from ..pricing.margin import margin
from ..pricing.rounding import ENDINGS

PRICES = st.floats(min_value=0.0, max_value=1e6)
ANYTHING = st.floats(allow_nan=True, allow_infinity=True)
METHODS = st.sampled_from(["percent", "amount", "fixed", "cost_factor", "cost_margin", *sorted(FROM_SOURCE)])


@tagged("post_install", "-at_install")
class TestChanging(BaseCase):
    def test_an_unknown_method_is_an_error(self):
        with self.assertRaises(ValueError):
            propose(Formula("magic"), Facts(1.0))

    @given(ANYTHING, ANYTHING)
    def test_what_changes_is_a_price(self, old, new):
        verdict = judge(old, new)
        if verdict.state == CHANGE:
            self.assertTrue(0 < new < 1e9 and math.isfinite(new))
        if verdict.state == REFUSED:
            self.assertTrue(verdict.reason)
            self.assertFalse(verdict.is_jump)

    @given(PRICES)
    def test_a_price_that_is_the_same_stays(self, price):
        self.assertEqual(judge(price, price).state, SAME)

    @given(METHODS, PRICES, PRICES, st.none() | PRICES, st.sampled_from(sorted(ENDINGS)))
    def test_a_formula_gives_a_number_or_a_reason(self, method, old, cost, source, ending):
        proposal = propose(Formula(method, percent=3, price=2.0, margin=30, ending=ending), Facts(old, cost, source))
        self.assertEqual(proposal.price is None, proposal.reason is not None)
        if proposal.price is not None:
            self.assertTrue(math.isfinite(proposal.price))

    @given(st.floats(min_value=1.0, max_value=1e6), st.floats(min_value=-99.0, max_value=500.0))
    def test_a_percentage_up_and_down_goes_the_right_way(self, old, percent):
        assume(abs(percent) > 0.001)
        new = propose(Formula("percent", percent=percent, ending="exact"), Facts(old)).price
        self.assertEqual(new > old, percent > 0)

    @given(st.floats(min_value=0.5, max_value=1e5), st.floats(min_value=0.0, max_value=95.0))
    def test_a_margin_is_the_margin(self, cost, wanted):
        price = propose(Formula("cost_margin", margin=wanted, ending="exact"), Facts(0.0, cost)).price
        self.assertAlmostEqual(margin(price, cost), wanted, 2)
        self.assertFalse(is_below(price, cost - 1e-5))

    @given(PRICES, st.sampled_from(["x.90", "x.99"]))
    def test_endings_end_as_they_say(self, price, ending):
        found = with_ending(price, ending)
        assume(found > 0)
        self.assertAlmostEqual(found % 1, float(ending[1:]), 5)
        self.assertLessEqual(abs(found - price), 0.61)

    @given(st.floats(min_value=0.01, max_value=1e5), st.floats(min_value=0.01, max_value=1e5))
    def test_the_limit_is_a_limit(self, old, new):
        assume(abs(abs(variation(old, new)) - 20) > 1e-6)
        verdict = judge(old, new, threshold=20)
        self.assertEqual(verdict.is_jump, abs(variation(old, new)) > 20)
