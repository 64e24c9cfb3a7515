"""Which promotion and which agreement apply, on plain facts: what holds for any offers."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..agreements.offers import BEST, CASCADE, REPLACE, Ask, Offer, OfferBook, admits, clashes, replaces
from ..agreements.period import DAY, Period, next_period
from ..agreements.scope import CATEGORY, EVERYTHING, PRODUCT, TEMPLATE, Goods, Place, Scope, scopes_around

CUSTOMER = 9
START = date(2026, 1, 1)
DAYS = st.integers(0, 800).map(lambda days: START + timedelta(days))
PERIODS = st.tuples(st.none() | DAYS, st.none() | DAYS).map(
    lambda days: Period(*sorted(days)) if all(days) else Period(*days)
)
PARENTS = {1: 0, 2: 1, 3: 1, 4: 2, 5: 4}  # a small tree of categories


def chain(category_id):
    return (category_id, *chain(PARENTS[category_id])) if category_id else ()


GOODS = st.builds(
    lambda number, category_id: Goods(number, number // 2, chain(category_id)),
    st.integers(0, 9),
    st.sampled_from(sorted(PARENTS)),
)
SCOPES = st.one_of(
    st.builds(Scope, st.just(PRODUCT), st.integers(0, 9)),
    st.builds(Scope, st.just(TEMPLATE), st.integers(0, 4)),
    st.builds(Scope, st.just(CATEGORY), st.sampled_from(sorted(PARENTS))),
    st.just(Scope(EVERYTHING)),
)
OFFERS = st.builds(
    Offer,
    st.integers(1, 10_000),
    SCOPES,
    share=st.decimals(0, 1, places=2),
    min_quantity=st.integers(0, 5).map(float),
    period=PERIODS,
    list_ids=st.frozensets(st.integers(1, 2), max_size=1),
    customer_id=st.none() | st.integers(CUSTOMER, CUSTOMER + 1),
)
BOOKS = st.lists(OFFERS, max_size=30, unique_by=lambda offer: offer.id)
ASKS = st.builds(Ask, GOODS, st.integers(0, 6).map(float), DAYS, st.integers(1, 2), st.integers(CUSTOMER, CUSTOMER + 2))


def candidates(offers, ask, customer_id):
    """The offers that apply, looked at one by one."""
    return [
        offer
        for offer in offers
        if offer.customer_id == customer_id and offer.scope.closeness(ask.goods) is not None and admits(offer, ask)
    ]


@tagged("post_install", "-at_install")
class TestAgreementRules(BaseCase):
    @given(BOOKS, ASKS)
    def test_no_promotion_leaves_less_to_pay(self, offers, ask):
        found = candidates(offers, ask, None)
        best = OfferBook(offers).best_promotion(ask)
        self.assertEqual(best is None, not found)
        if best:
            self.assertIn(best, found)
            self.assertEqual(best.share, min(offer.share for offer in found))
            equals = [offer for offer in found if offer.share == best.share]
            closest = max(offer.scope.closeness(ask.goods) for offer in equals)
            self.assertEqual(best.scope.closeness(ask.goods), closest)

    @given(BOOKS, ASKS)
    def test_the_most_specific_agreement_for_the_most_applies(self, offers, ask):
        found = candidates(offers, ask, ask.customer_id)
        chosen = OfferBook(offers).agreement(ask)
        self.assertEqual(chosen is None, not found)
        if chosen:
            best = max((offer.scope.closeness(ask.goods), offer.min_quantity) for offer in found)
            self.assertEqual((chosen.scope.closeness(ask.goods), chosen.min_quantity), best)

    @given(BOOKS.flatmap(lambda offers: st.tuples(st.just(offers), st.permutations(offers))), ASKS)
    def test_the_order_of_the_offers_does_not_matter(self, books, ask):
        first, second = map(OfferBook, books)
        self.assertEqual(first.best_promotion(ask), second.best_promotion(ask))
        self.assertEqual(first.agreement(ask), second.agreement(ask))

    @given(BOOKS, ASKS)
    def test_two_conditions_for_the_same_line_clash_or_one_is_more_specific(self, offers, ask):
        found = candidates(offers, ask, ask.customer_id)
        chosen = OfferBook(offers).agreement(ask)
        for other in found:
            if (other.scope, other.min_quantity) == (chosen.scope, chosen.min_quantity):
                self.assertTrue(clashes(chosen, other))

    @given(PERIODS, PERIODS, DAYS)
    def test_periods_meet_where_a_day_is_in_both(self, first, second, day):
        if first.contains(day) and second.contains(day):
            self.assertTrue(first.meets(second))
            self.assertTrue(first.within(second).contains(day))
        self.assertEqual(first.meets(second), second.meets(first))
        if not first.meets(second):
            self.assertFalse(first.contains(day) and second.contains(day))

    @given(SCOPES, SCOPES, GOODS)
    def test_scopes_that_hold_the_same_goods_meet(self, first, second, goods):
        if first.closeness(goods) is not None and second.closeness(goods) is not None:
            places = [
                Place(scope, scopes_around(goods._replace(**upwards(goods, scope)), scope)) for scope in (first, second)
            ]
            self.assertTrue(places[0].meets(places[1]))

    @given(st.floats(0, 10_000), st.decimals(0, 1, places=3), st.decimals(0, 1, places=3))
    def test_the_better_of_the_two_counts(self, price, agreed, promoted):
        offer = Offer(1, Scope(), agreed, stacking=BEST)
        verdict = replaces(offer, price, 0.0, promoted)
        if price:
            self.assertEqual(verdict, True if agreed <= promoted else None)

    def test_a_net_price_stands_instead_of_all_else(self):
        for stacking in (REPLACE, CASCADE):
            offer = Offer(1, Scope(PRODUCT, 7), net_price=8.0, stacking=stacking)
            self.assertTrue(replaces(offer, 10.0, 8.0, Decimal("0.5")))
        best = Offer(1, Scope(PRODUCT, 7), net_price=8.0, stacking=BEST)
        self.assertIsNone(replaces(best, 10.0, 8.0, Decimal("0.79")))
        self.assertTrue(replaces(best, 10.0, 8.0, Decimal("0.8")))

    def test_what_comes_back_is_under_the_conditions_for_as_much(self):
        offer = Offer(1, Scope(), min_quantity=10.0)
        ask = Ask(Goods(7, 70), -10.0, START)
        self.assertTrue(admits(offer, ask))
        self.assertFalse(admits(offer, ask._replace(quantity=-9.0)))

    @given(DAYS, st.integers(0, 400), DAYS)
    def test_a_renewal_follows_without_a_gap(self, start, length, today):
        period = Period(start, start + timedelta(length))
        renewed, shift = next_period(period, today)
        self.assertEqual(renewed.start, max(period.end + DAY, today))
        self.assertEqual(period.start + shift, renewed.start)
        self.assertLessEqual(abs((renewed.end - renewed.start).days - length), 4)

    def test_a_period_without_an_end_is_not_renewed(self):
        with self.assertRaises(ValueError):
            next_period(Period(START, None), START)


def upwards(goods, scope):
    """What lies above a scope that holds the goods: a category's own chain begins with itself."""
    if scope.kind == CATEGORY:
        return {"category_ids": goods.category_ids[goods.category_ids.index(scope.id) :]}
    return {}
