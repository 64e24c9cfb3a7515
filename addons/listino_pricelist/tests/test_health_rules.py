"""What the health check says about rules, on plain facts."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..health.circles import chain, circles
from ..health.conflicts import conflicts
from ..health.dated import DatedRule, terms
from ..health.prices import quantities, rises
from ..health.reach import NO_PRODUCT, OUTRANKED, unreached
from ..pricing.rules import CATEGORY, EVERYTHING, TEMPLATE, VARIANT, Goods, Rule, RuleBook

PATHS = [(1,), (1, 2), (1, 2, 3), (4,)]
GOODS = [Goods(number, number // 2, number, PATHS[number % 4]) for number in range(8)]
DATES = [datetime(2026, month, 1) for month in (1, 4, 7, 10)]
QUANTITIES = [0.5, 1.0, 5.0, 10.0, 100.0]
SCOPE_KEYS = {VARIANT: "variant_id", TEMPLATE: "template_id", CATEGORY: "category_id"}

windows = st.tuples(st.sampled_from([None, None, *DATES[:2]]), st.sampled_from([None, None, *DATES[2:]]))
drafts = st.tuples(
    st.sampled_from([VARIANT, TEMPLATE, CATEGORY, CATEGORY, EVERYTHING]),
    st.integers(0, 4),
    st.sampled_from([0.0, 0.0, 1.0, 5.0, 10.0]),
    windows,
    st.sampled_from([1.0, 2.0]),
    st.sampled_from([None, None, None, None, 2]),
)


def in_odoos_order(specs):
    """Dated rules as a list would hold them: scope, larger quantity, deeper category, newer first."""
    rules = []
    for number, (scope, target, least, window, price, stray) in enumerate(specs, start=1):
        keys = {SCOPE_KEYS[scope]: target} if scope != EVERYTHING else {"category_id": stray}
        rules.append((Rule(number, 0, scope, min_quantity=least, fixed_price=price, **keys), window))
    rules.sort(key=lambda pair: (pair[0].scope, -pair[0].min_quantity, -(pair[0].category_id or 0), -pair[0].id))
    return [DatedRule(rule._replace(position=place), *window) for place, (rule, window) in enumerate(rules)]


def winner(dated_rules, goods, quantity, date, *, alone):
    """The rule that applies at a date."""
    valid = [
        dated.rule
        for dated in dated_rules
        if (not dated.start or dated.start <= date) and (not dated.end or date <= dated.end)
    ]
    return RuleBook(valid).winner(goods, quantity, alone=alone)


def winners(dated_rules, *, alone=True):
    """The winner for all goods, quantities and dates there are."""
    return [
        winner(dated_rules, goods, quantity, date, alone=alone)
        for goods in GOODS
        for quantity in QUANTITIES
        for date in DATES
    ]


def prices(dated_rules):
    return [rule and rule.fixed_price for rule in winners(dated_rules)]


@tagged("post_install", "-at_install")
class TestHealthRules(BaseCase):
    def _rules(self, *specs):
        return in_odoos_order([(*spec, None) for spec in specs])

    def _kinds(self, *specs):
        return [(found.kind, found.loser.rule.id, found.never_wins) for found in conflicts(self._rules(*specs))]

    @settings(deadline=None)
    @given(st.lists(drafts, max_size=9))
    def test_a_rule_that_never_wins_never_wins(self, specs):
        rules = in_odoos_order(specs)
        for alone in (True, False):
            won = {rule.id for rule in winners(rules, alone=alone) if rule}
            for conflict in conflicts(rules):
                if conflict.never_wins:
                    self.assertNotIn(conflict.loser.rule.id, won)

    @settings(deadline=None)
    @given(st.lists(drafts, max_size=9))
    def test_without_the_rules_that_never_win_all_prices_are_the_same(self, specs):
        rules = in_odoos_order(specs)
        losers = {conflict.loser.rule.id for conflict in conflicts(rules) if conflict.never_wins}
        self.assertEqual(prices(rules), prices([dated for dated in rules if dated.rule.id not in losers]))

    @settings(deadline=None)
    @given(st.lists(drafts, max_size=9))
    def test_a_rule_out_of_reach_wins_for_no_product_there_is(self, specs):
        rules = in_odoos_order(specs)
        won = {rule.id for rule in winners(rules) if rule}
        self.assertFalse(won & set(unreached(rules, GOODS)))

    @given(st.dictionaries(st.integers(1, 7), st.sets(st.integers(1, 7), max_size=3), max_size=7))
    def test_circles_are_found_if_and_only_if_there_are_any(self, bases):
        found = circles(bases)
        for circle in found:
            for place, list_id in enumerate(circle):
                self.assertIn(circle[(place + 1) % len(circle)], bases[list_id])
        left = dict(bases)
        while free := [one for one, on in left.items() if not on & set(left)]:
            for one in free:
                del left[one]
        self.assertEqual(bool(found), bool(left))
        for list_id in bases:
            self.assertEqual(len(set(chain(bases, list_id))), len(chain(bases, list_id)))

    def test_the_same_rule_twice(self):
        same = (CATEGORY, 2, 10.0, (None, None), 1.0)
        self.assertEqual(self._kinds(same, same), [("duplicate", 1, True)])
        self.assertEqual(self._kinds(same, (CATEGORY, 2, 5.0, (None, None), 1.0)), [])
        self.assertEqual(self._kinds(same, (CATEGORY, 3, 10.0, (None, None), 1.0)), [])

    def test_two_prices_for_the_same(self):
        self.assertEqual(
            self._kinds((TEMPLATE, 2, 0.0, (None, None), 1.0), (TEMPLATE, 2, 0.0, (None, None), 2.0)),
            [("overlap", 1, True)],
        )

    def test_a_promotion_inside_a_permanent_price_is_as_it_should_be(self):
        always, spring = (None, None), (DATES[0], DATES[2])
        permanent, promotion = (TEMPLATE, 2, 0.0, always, 2.0), (TEMPLATE, 2, 0.0, spring, 1.0)
        self.assertEqual(self._kinds(permanent, promotion), [])
        self.assertEqual(self._kinds(promotion, permanent), [("shadowed", 1, True)])

    def test_promotions_that_overlap_in_part(self):
        first, second = (DATES[0], DATES[2]), (DATES[1], DATES[3])
        found = self._kinds((TEMPLATE, 2, 0.0, first, 2.0), (TEMPLATE, 2, 0.0, second, 1.0))
        self.assertEqual(found, [("overlap", 1, False)])
        later = (DATES[3], None)
        self.assertEqual(self._kinds((TEMPLATE, 2, 0.0, first, 2.0), (TEMPLATE, 2, 0.0, later, 1.0)), [])
        self.assertEqual(self._kinds((TEMPLATE, 2, 0.0, first, 2.0), (TEMPLATE, 2, 0.0, second, 2.0)), [])

    def test_a_rule_with_a_stray_key_keeps_nobody_from_winning(self):
        rules = in_odoos_order(
            [(EVERYTHING, 0, 0.0, (None, None), 1.0, None), (EVERYTHING, 0, 0.0, (None, None), 2.0, 2)]
        )
        self.assertEqual(rules[0].rule.category_id, 2)
        self.assertEqual(conflicts(rules), [])

    def test_what_a_rule_does_not_use_makes_no_difference(self):
        rule = Rule(1, 0, EVERYTHING, method="percentage", percent_price=10.0)
        self.assertEqual(terms(rule), terms(rule._replace(rounding=1.0, base_list_id=3)))
        self.assertNotEqual(terms(rule), terms(rule._replace(percent_price=11.0)))
        strange = rule._replace(known=False)
        self.assertNotEqual(terms(strange), terms(strange._replace(id=2)))

    def test_a_category_whose_products_all_have_a_price_of_their_own(self):
        rules = self._rules((CATEGORY, 4, 0.0, (None, None), 1.0), (TEMPLATE, 1, 0.0, (None, None), 2.0))
        own = Goods(3, 1, 3, (4,))
        self.assertEqual(unreached(rules, [own]), {1: OUTRANKED})
        self.assertEqual(unreached(rules, [own, Goods(9, 9, 9, (4,))]), {})
        self.assertEqual(unreached(rules, [Goods(9, 9, 9, (1,))]), {1: NO_PRODUCT, 2: NO_PRODUCT})

    def test_a_price_of_its_own_from_ten_leaves_the_category_nine(self):
        rules = self._rules((CATEGORY, 4, 0.0, (None, None), 1.0), (TEMPLATE, 1, 10.0, (None, None), 2.0))
        self.assertEqual(unreached(rules, [Goods(3, 1, 3, (4,))]), {})

    def test_quantities_and_rises(self):
        book = RuleBook(dated.rule for dated in self._rules((CATEGORY, 4, 0.5, (None, None), 1.0)))
        self.assertEqual(quantities([book, book], Goods(3, 1, 3, (4,))), [0.5, 1.0])
        self.assertEqual(rises([]), [])
        self.assertEqual(rises([3.0, 3.0, 2.0]), [])
