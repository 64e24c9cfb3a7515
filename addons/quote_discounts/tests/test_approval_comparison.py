"""What is better and what is worse, over random orders."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..approval.asked import Asked, ask, covers
from ..approval.comparison import Content, Line, compare, margin_of

prices = st.decimals(min_value=1, max_value=1000, places=2).map(float)
BOTH = st.booleans()
quantities = st.integers(min_value=1, max_value=100).map(float)


@st.composite
def lines(draw, free=BOTH):
    key = draw(st.sampled_from("abcdef"))
    price = draw(prices)
    cost = {"a": 0.4, "b": 0.9, "c": 3.0, "d": 10.0, "e": 50.0, "f": 100.0}[key]  # a product has one cost
    return Line(key, key, draw(quantities), price, cost, price * 2, draw(free))


def contents(free=BOTH):
    return st.lists(lines(free), min_size=1, max_size=6, unique_by=lambda line: line.key).map(
        lambda found: Content("EUR", "Rossi", tuple(found))
    )


@tagged("post_install", "-at_install")
class TestComparison(BaseCase):
    @given(contents())
    def test_what_did_not_change_is_not_worse(self, content):
        self.assertEqual(compare(content, content), ())
        self.assertEqual(compare(content, content, whole=True), ())

    @given(contents(), st.data())
    def test_a_higher_price_of_all_is_not_worse(self, then, data):
        raised = tuple(replace(line, price=line.price + data.draw(prices)) for line in then.lines)
        now = replace(then, lines=raised)
        self.assertEqual([worse for worse in compare(then, now) if worse.kind != "margin"], [])

    @given(contents(), st.integers(min_value=0, max_value=5), st.integers(min_value=2, max_value=50))
    def test_a_lower_price_is_worse(self, then, place, cents):
        line = then.lines[place % len(then.lines)]
        lower = replace(line, price=line.price - cents / 100)
        now = replace(then, lines=tuple(lower if other is line else other for other in then.lines))
        self.assertIn("price", [worse.kind for worse in compare(then, now)])

    @given(contents(free=st.just(False)), st.integers(min_value=0, max_value=5), quantities)
    def test_more_of_what_was_beyond_the_limits_is_worse(self, then, place, more):
        line = then.lines[place % len(then.lines)]
        larger = replace(line, quantity=line.quantity + more)
        now = replace(then, lines=tuple(larger if other is line else other for other in then.lines))
        self.assertIn("quantity", [worse.kind for worse in compare(then, now)])

    @given(contents(free=st.just(False)), st.data())
    def test_less_of_it_is_not_worse(self, then, data):
        fewer = tuple(replace(line, quantity=data.draw(st.floats(0.1, line.quantity))) for line in then.lines)
        self.assertEqual(compare(then, replace(then, lines=fewer)), ())

    @given(contents(), st.integers(min_value=2, max_value=5))
    def test_splitting_lines_changes_nothing(self, then, parts):
        pieces = [replace(line, quantity=line.quantity / parts) for line in then.lines for _part in range(parts)]
        self.assertEqual(compare(then, replace(then, lines=tuple(pieces))), ())

    @given(contents(), quantities)
    def test_a_new_line_within_the_limits_is_not_worse(self, then, quantity):
        poor = Line("new", "new", quantity, 1.0, 5.0, 1.0, free=True)
        self.assertEqual(compare(then, replace(then, lines=(*then.lines, poor))), ())
        bound = replace(poor, free=False)
        self.assertIn("price", [worse.kind for worse in compare(then, replace(then, lines=(*then.lines, bound)))])

    @given(contents(free=st.just(True)))
    def test_a_line_that_goes_must_not_take_the_margin_with_it(self, then):
        for line in then.lines[1:]:
            left = tuple(other for other in then.lines if other is not line)
            worse = [found.kind for found in compare(then, replace(then, lines=left))]
            lost = margin_of(then.lines) - margin_of(left)
            if abs(lost) > 0.1:
                self.assertEqual(worse, ["margin"] if lost > 0 else [])

    def test_other_terms_are_compared_too(self):
        then = Content("EUR", "Rossi", (Line("a", "a", 1, 10.0),))
        self.assertEqual([worse.kind for worse in compare(then, replace(then, currency="USD"))], ["currency"])
        self.assertEqual([worse.kind for worse in compare(then, replace(then, customer="Bianchi"))], ["customer"])
        self.assertEqual([worse.kind for worse in compare(then, replace(then, cash_discount=2.0))], ["terms"])
        self.assertEqual(compare(replace(then, cash_discount=2.0), then), ())

    def test_without_costs_the_discount_of_the_whole_counts(self):
        dear = Line("a", "a", 1, 100.0, reference=100.0, free=True)
        cheap = Line("b", "b", 1, 50.0, reference=100.0)
        then = Content("EUR", "Rossi", (dear, cheap))
        self.assertEqual([worse.kind for worse in compare(then, replace(then, lines=(cheap,)))], ["discount"])

    @given(contents(), st.floats(0, 100), st.floats(-50, 100), st.floats(0, 10000))
    def test_a_level_that_covers_more_covers_less_too(self, content, discount, margin, amount):
        asked = ask(content, [], content.value)
        level = Asked(discount, margin, amount)
        higher = Asked(min(discount + 1, 100), margin - 1, amount and amount + 1)
        if covers(level, asked):
            self.assertTrue(covers(higher, asked))

    def test_what_is_given_away_is_judged_by_the_whole_order(self):
        paid = Line("a", "a", 10, 10.0, 5.0, 10.0, free=True)
        gift = Line("a", "a", 1, 0.0, 5.0, 10.0, gift=True)
        asked = ask(Content("EUR", "Rossi", (paid, gift)), [("free_goods", None)], 100.0)
        self.assertEqual(asked, Asked(discount=9.0909, margin=45.0, amount=100.0))
