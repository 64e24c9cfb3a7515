"""The arithmetic of cascades, by its invariants."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..cascade import steps
from ..cascade.steps import Cascade, CascadeError, Step

PERCENTS = st.decimals(-100, 100, places=4, allow_nan=False).filter(bool)
CASCADES = st.lists(PERCENTS, max_size=steps.MOST_STEPS)
PRICES = st.decimals(0, 100_000, places=2, allow_nan=False)


@tagged("post_install", "-at_install")
class TestSteps(BaseCase):
    @given(CASCADES)
    def test_what_is_written_is_read_again(self, percents):
        self.assertEqual(list(steps.parse(steps.write(percents))), percents)

    @given(CASCADES.flatmap(lambda percents: st.tuples(st.just(percents), st.permutations(percents))))
    def test_the_order_of_the_steps_does_not_matter(self, cascades):
        one, other = cascades
        self.assertAlmostEqual(steps.factor(one), steps.factor(other), places=30)

    @given(PRICES, CASCADES)
    def test_a_cascade_is_the_product_of_its_steps(self, price, percents):
        cascade = Cascade(price, 1, [Step(steps.NEGOTIATED, percent=percent) for percent in percents])
        self.assertAlmostEqual(cascade.net_unit_price, price * steps.factor(percents), places=20)

    @given(PRICES, st.integers(1, 1000), CASCADES, st.decimals(0, 100, places=2))
    def test_the_shares_are_all_that_is_taken_off(self, price, quantity, percents, amount):
        found = [Step(steps.NEGOTIATED, percent=percent) for percent in percents]
        cascade = Cascade(price, quantity, [*found, Step(steps.HEADER, amount=amount)])
        self.assertEqual(len(cascade.shares), len(cascade.steps))
        if price:
            self.assertAlmostEqual(price * (1 - sum(cascade.shares)), cascade.net_unit_price, places=15)
            self.assertAlmostEqual(sum(cascade.shares) * 100, cascade.effective_percent, places=15)

    def test_figures_are_exact(self):
        found = [Step(steps.NEGOTIATED, percent=percent) for percent in steps.parse("33,33+10")]
        self.assertEqual(Cascade(10000, 1, found).net_unit_price, Decimal("6000.3"))

    def test_what_cannot_be_read_is_told(self):
        cases = {"50++10": "syntax", "abc": "syntax", "50-10": "syntax", "+": "syntax", "1e3": "syntax", "٣": "syntax"}
        cases |= {"101": "range", "-101": "range", "0,1234567": "decimals", "+".join(["1"] * 30): "many"}
        for text, code in cases.items():
            with self.subTest(text=text), self.assertRaises(CascadeError) as caught:
                steps.parse(text)
            self.assertEqual(caught.exception.code, code)

    def test_zero_and_nothing_are_no_step(self):
        for text in (None, "", "  ", "0", "0,00 %"):
            self.assertEqual(steps.parse(text), ())
