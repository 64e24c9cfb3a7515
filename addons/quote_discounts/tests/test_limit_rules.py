"""Which limit holds and what it leaves, by their invariants."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..limits import scope
from ..limits.choice import choose, figure
from ..limits.findings import (
    HUNDRED,
    Deal,
    Directions,
    Finding,
    Policy,
    check_line,
    check_order,
    floor,
    left,
)
from ..limits.scope import DISCOUNT, FREE_GOODS, MARGIN, NEGATIVE, Limit, Situation

TODAY = date(2026, 5, 4)
SITUATION = Situation(
    day=TODAY,
    amount=Decimal(1000),
    user_id=1,
    team_ids=frozenset([1, 2]),
    group_ids=frozenset([1, 2]),
    customer_id=1,
    tag_ids=frozenset([1]),
    variant_id=1,
    template_id=1,
    category_ids=(1, 2, 3),
)
PERCENTS = st.decimals(0, 100, places=2)
MAYBE = st.none() | PERCENTS
LIMITS = st.builds(
    Limit,
    id=st.integers(1, 10**6),
    who=st.tuples(st.integers(0, 3), st.integers(1, 2)),
    customer=st.tuples(st.integers(0, 2), st.integers(1, 2)),
    goods=st.tuples(st.integers(0, 3), st.integers(1, 4)),
    start=st.sampled_from([None, date(2026, 1, 1), date(2026, 6, 1)]),
    amount_from=st.sampled_from([None, Decimal(500), Decimal(2000)]),
    max_discount=MAYBE,
    min_margin=MAYBE,
    max_free_goods=MAYBE,
)
LISTS = st.lists(LIMITS, max_size=8, unique_by=lambda limit: limit.id)
MEASURES = st.sampled_from([DISCOUNT, MARGIN, FREE_GOODS])
PRICES = st.decimals("0.01", 10_000, places=2)
QUANTITIES = st.decimals(1, 1000, places=0)


def directions(**figures):
    """Directions of one limit for each figure."""
    names = {"max_discount": "discount", "min_margin": "margin", "max_free_goods": "free_goods"}
    chosen = {}
    for number, (name, value) in enumerate(figures.items(), 1):
        limit = Limit(number, **{name: Decimal(str(value))})
        chosen[names[name]] = choose(
            [limit], SITUATION, {"discount": DISCOUNT, "margin": MARGIN}.get(names[name], FREE_GOODS)
        )
    return Directions(**chosen)


def deal(net, *, reference=100, quantity=1, cost=None, line_id=1, is_free=False):
    reference, net, quantity = (Decimal(str(value)) for value in (reference, net, quantity))
    return Deal(line_id, quantity, reference, net, cost and Decimal(str(cost)), is_free)


@tagged("post_install", "-at_install")
class TestChoice(BaseCase):
    @given(LISTS.flatmap(lambda limits: st.tuples(st.just(limits), st.permutations(limits))), MEASURES)
    def test_the_order_of_the_limits_does_not_matter(self, lists, measure):
        one, other = (choose(limits, SITUATION, measure) for limits in lists)
        self.assertEqual(one, other)

    @given(LISTS, MEASURES)
    def test_no_narrower_limit_is_passed_over(self, limits, measure):
        choice = choose(limits, SITUATION, measure)
        covering = [limit for limit in limits if limit.covers(SITUATION) and figure(limit, measure) is not None]
        self.assertEqual(bool(choice), bool(covering))
        if not choice:
            return
        won = choice.limit.narrowness(SITUATION)
        for limit in covering:
            rank = limit.narrowness(SITUATION)
            if rank != won:
                self.assertFalse(all(mine >= best for mine, best in zip(rank, won, strict=True)))
        self.assertEqual({choice.limit, *choice.wider, *choice.milder}, set(covering))

    @given(LISTS, MEASURES)
    def test_of_equals_the_strictest_holds(self, limits, measure):
        choice = choose(limits, SITUATION, measure)
        for limit in choice.milder if choice else ():
            won, other = figure(choice.limit, measure), figure(limit, measure)
            self.assertTrue(won >= other if measure == MARGIN else won <= other)

    @given(LISTS, MEASURES, LIMITS)
    def test_a_limit_for_somebody_else_changes_nothing(self, limits, measure, stranger):
        if not stranger.covers(SITUATION):
            self.assertEqual(choose([*limits, stranger], SITUATION, measure), choose(limits, SITUATION, measure))

    def test_each_count_goes_from_wide_to_narrow(self):
        ladders = {
            "who": [(scope.EVERYONE, None), (scope.ROLE, 1), (scope.TEAM, 1), (scope.USER, 1)],
            "customer": [(scope.EVERY_CUSTOMER, None), (scope.TAG, 1), (scope.CUSTOMER, 1)],
            "goods": [
                (scope.EVERYTHING, None),
                (scope.CATEGORY, 1),
                (scope.CATEGORY, 3),
                (scope.TEMPLATE, 1),
                (scope.VARIANT, 1),
            ],
            "start": [None, TODAY],
            "end": [None, TODAY],
            "amount_from": [None, Decimal(1)],
            "amount_to": [None, Decimal(5000)],
        }
        for name, ladder in ladders.items():
            limits = [
                Limit(number, **{name: value}, max_discount=Decimal(number)) for number, value in enumerate(ladder, 1)
            ]
            with self.subTest(name=name):
                for many in range(1, len(limits) + 1):
                    self.assertEqual(choose(limits[:many], SITUATION, DISCOUNT).limit.id, many)

    def test_exceptions_on_different_counts_do_not_beat_each_other(self):
        anna = Limit(1, who=(scope.USER, 1), max_discount=Decimal(20))
        pasta = Limit(2, goods=(scope.CATEGORY, 3), max_discount=Decimal(10))
        self.assertEqual(choose([anna, pasta], SITUATION, DISCOUNT).limit, pasta)
        both = Limit(3, who=(scope.USER, 1), goods=(scope.CATEGORY, 3), max_discount=Decimal(15))
        choice = choose([anna, pasta, both], SITUATION, DISCOUNT)
        self.assertEqual((choice.limit, choice.wider), (both, (anna, pasta)))

    def test_each_measure_is_decided_by_itself(self):
        general = Limit(1, max_discount=Decimal(10), min_margin=Decimal(20))
        anna = Limit(2, who=(scope.USER, 1), max_discount=Decimal(30))
        self.assertEqual(choose([general, anna], SITUATION, DISCOUNT).limit, anna)
        self.assertEqual(choose([general, anna], SITUATION, MARGIN).limit, general)
        self.assertIsNone(choose([general, anna], SITUATION, FREE_GOODS))

    def test_the_last_day_counts_and_the_upper_amount_does_not(self):
        self.assertTrue(Limit(1, start=TODAY, end=TODAY).covers(SITUATION))
        self.assertFalse(Limit(1, end=date(2026, 5, 3)).covers(SITUATION))
        self.assertFalse(Limit(1, start=date(2026, 5, 5)).covers(SITUATION))
        self.assertTrue(Limit(1, amount_from=Decimal(1000)).covers(SITUATION))
        self.assertFalse(Limit(1, amount_to=Decimal(1000)).covers(SITUATION))

    def test_other_scopes_are_not_covered(self):
        strangers = [Limit(1, who=(kind, 9)) for kind in (scope.ROLE, scope.TEAM, scope.USER)]
        strangers += [Limit(1, customer=(kind, 9)) for kind in (scope.TAG, scope.CUSTOMER)]
        strangers += [Limit(1, goods=(kind, 9)) for kind in (scope.CATEGORY, scope.TEMPLATE, scope.VARIANT)]
        for limit in strangers:
            with self.subTest(limit=limit):
                self.assertFalse(limit.covers(SITUATION))


@tagged("post_install", "-at_install")
class TestFindings(BaseCase):
    @given(PRICES, PRICES, PERCENTS, QUANTITIES)
    def test_what_is_left_may_be_given(self, reference, net, percent, quantity):
        rules, policy = directions(max_discount=percent), Policy()
        before = Deal(1, quantity, reference, net)
        step = left(before, rules, policy)
        self.assertTrue(0 <= step <= HUNDRED)
        after = Deal(1, quantity, reference, net * (1 - step / HUNDRED))
        if step:
            self.assertFalse(check_line(1, after, rules, policy))
        more = Deal(1, quantity, reference, net * (1 - (step + Decimal("0.01")) / HUNDRED))
        self.assertLess(more.net, floor(before, rules, policy)[0] + Decimal("1e-20"))

    @given(PRICES, PRICES, PERCENTS, PERCENTS, PRICES)
    def test_a_price_at_the_floor_is_allowed_and_one_below_is_not(self, reference, net, percent, margin, cost):
        rules = directions(max_discount=percent, min_margin=margin)
        start = Deal(1, Decimal(1), reference, net, cost)
        price, _measure = floor(start, rules, Policy())
        self.assertFalse(check_line(1, Deal(1, Decimal(1), reference, price, cost), rules, Policy()))
        below = Deal(1, Decimal(1), reference, price - Decimal("0.02"), cost)
        self.assertTrue(check_line(1, below, rules, Policy()))

    @given(PRICES, PRICES, PERCENTS, PERCENTS, st.none() | PRICES)
    def test_the_list_price_and_more_is_never_too_little(self, reference, more, percent, margin, cost):
        rules = directions(max_discount=percent, min_margin=margin)
        for net in (reference, reference + more):
            self.assertFalse(check_line(1, Deal(1, Decimal(1), reference, net, cost), rules, Policy()))

    def test_what_comes_back_dearer_than_the_list_is_no_discount(self):
        for figures in ({"max_discount": 10}, {"min_margin": 50}):
            returned = deal(110, quantity=-1, cost=90)
            self.assertFalse(check_line(1, returned, directions(**figures), Policy()), figures)

    @given(PRICES, PERCENTS, PERCENTS)
    def test_a_stricter_limit_allows_no_more(self, net, one, other):
        strict, mild = sorted([one, other])
        if check_line(1, deal(net), directions(max_discount=mild), Policy()):
            self.assertTrue(check_line(1, deal(net), directions(max_discount=strict), Policy()))

    def test_the_figures_of_a_finding_are_exact(self):
        [finding] = check_line(7, deal("60.003", reference=100, quantity=100), directions(max_discount=10), Policy())
        self.assertEqual(finding, Finding(7, 1, DISCOUNT, 1, Decimal(10), Decimal("39.997")))

    def test_less_than_a_cent_on_a_whole_line_is_no_discount(self):
        rules = directions(max_discount=10)
        self.assertFalse(check_line(1, deal("89.991"), rules, Policy()))
        self.assertTrue(check_line(1, deal("89.991", quantity=10), rules, Policy()))
        self.assertTrue(check_line(1, deal("89.991", quantity=0), rules, Policy()))

    def test_a_margin_without_a_cost_is_asked_for_unless_the_company_says_otherwise(self):
        rules = directions(min_margin=20)
        [finding] = check_line(1, deal(99), rules, Policy())
        self.assertEqual((finding.measure, finding.given), (MARGIN, None))
        self.assertFalse(check_line(1, deal(99), rules, Policy(ask_without_cost=False)))

    def test_a_margin_of_everything_leaves_the_list_price_alone(self):
        rules = directions(min_margin=100)
        self.assertTrue(check_line(1, deal(99, cost=1), rules, Policy()))
        self.assertEqual(left(deal(99, cost=1), rules, Policy()), 0)

    def test_without_a_list_price_the_margin_still_counts(self):
        rules = directions(max_discount=0, min_margin=20)
        [finding] = check_line(1, deal(60, reference=0, cost=50), rules, Policy())
        self.assertEqual(finding.measure, MARGIN)
        self.assertFalse(check_line(1, deal("62.5", reference=0, cost=50), rules, Policy()))
        self.assertEqual(left(deal(100, reference=0, cost=50), rules, Policy()), 37)

    def test_what_a_margin_leaves_is_told_in_whole_percents(self):
        self.assertEqual(left(deal(100, cost=50), directions(min_margin=25), Policy()), 33)

    def test_without_any_limit_a_company_may_want_to_be_asked(self):
        self.assertFalse(check_line(1, deal(1), Directions(), Policy()))
        self.assertIsNone(left(deal(1), Directions(), Policy()))
        asks = Policy(ask_without_limit=True)
        [finding] = check_line(1, deal(90), Directions(), asks)
        self.assertEqual((finding.limit_id, finding.allowed, finding.given), (None, 0, 10))
        self.assertFalse(check_line(1, deal(90, cost=1), directions(min_margin=5), asks))

    def _check_order(self, *deals, rules=None, others=None, takers=("seller",), policy=None):
        def directions_of(_deal, taker=None):
            return (others or {}).get(taker, rules)

        return list(check_order(1, deals, directions_of, takers, policy or Policy()))

    def test_amounts_below_zero_may_take_what_the_lines_leave(self):
        rules = directions(max_discount=10)
        lines = [deal(95, quantity=2), deal(100)]
        self.assertFalse(self._check_order(*lines, deal(-20, reference=0), rules=rules))
        [finding] = self._check_order(*lines, deal("-20.02", reference=0), rules=rules)
        self.assertEqual(finding, Finding(1, None, NEGATIVE, None, Decimal(20), Decimal("20.02")))

    def test_a_line_beyond_its_own_limit_takes_no_room_from_the_others(self):
        rules = directions(max_discount=10)
        beyond, good = deal(80), deal(100)
        self.assertFalse(self._check_order(beyond, good, deal(-10, reference=0), rules=rules))
        [finding] = self._check_order(beyond, good, deal("-10.02", reference=0), rules=rules)
        self.assertEqual((finding.measure, finding.allowed), (NEGATIVE, 10))

    def test_amounts_below_zero_take_what_their_negotiator_could_give(self):
        lines = [deal(100), deal(-15, reference=0)]
        manager = directions(max_discount=50)
        self.assertFalse(self._check_order(*lines, rules=manager))
        others = {"seller": directions(max_discount=10)}
        self.assertTrue(self._check_order(*lines, rules=manager, others=others))

    def test_an_order_below_zero_is_beyond_any_limit(self):
        rules = directions(max_discount=100)
        self.assertTrue(self._check_order(deal(100), deal(-150, reference=0), rules=rules))

    def test_a_negative_quantity_is_an_amount_below_zero(self):
        rules = directions(max_discount=10)
        self.assertTrue(self._check_order(deal(100), deal(100, quantity=-1), rules=rules))

    def test_free_goods_are_a_share_of_the_list_value(self):
        ten_plus_one = [deal(100, quantity=10), deal(0, is_free=True, line_id=2)]
        self.assertFalse(self._check_order(*ten_plus_one, rules=directions(max_free_goods=10)))
        [finding] = self._check_order(*ten_plus_one, rules=directions(max_free_goods=5))
        self.assertEqual((finding.line_id, finding.measure, round(finding.given, 2)), (2, FREE_GOODS, Decimal("9.09")))

    def test_free_goods_without_a_limit_of_their_own_are_a_whole_discount(self):
        lines = [deal(100, quantity=10), deal(0, is_free=True), deal(0, is_free=True, line_id=2)]
        [finding] = self._check_order(*lines, rules=directions(max_discount=90))
        self.assertEqual((finding.line_id, finding.measure, finding.allowed), (None, FREE_GOODS, 0))
        self.assertFalse(self._check_order(*lines, rules=directions(max_discount=100)))
        self.assertFalse(self._check_order(*lines, rules=Directions()))
        self.assertTrue(self._check_order(*lines, rules=Directions(), policy=Policy(ask_without_limit=True)))
        self.assertTrue(self._check_order(*lines, rules=directions(min_margin=10)))
