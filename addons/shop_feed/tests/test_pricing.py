"""Reductions that are announced are true: the lowest price of thirty days before bears them out."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..channels.amounts import Measure
from ..channels.kinds import UNITS
from ..pricing.history import DAYS, Event, History
from ..pricing.reduction import announce
from ..pricing.unit_price import SCALES, base_of, is_needed, unit_price
from ..pricing.window import window
from .pure_common import PureCase

ROME = ZoneInfo("Europe/Rome")
START = datetime(2026, 1, 1, 9, tzinfo=ROME)
EVENTS = st.lists(
    st.builds(
        lambda hours, units, is_reduced, campaign: Event(START + timedelta(hours=hours), units, is_reduced, campaign),
        st.integers(0, 24 * 120),
        st.integers(1, 50).map(lambda number: number * 100),
        st.booleans(),
        st.sampled_from([None, "winter"]),
    ),
    min_size=1,
    max_size=12,
)


def day(number, hour=9):
    return datetime.combine((START + timedelta(number)).date(), time(hour), ROME)


def history(*events):
    """Events as (day, cents) or (day, cents, campaign) where the price is announced as a reduction."""
    return History([Event(day(number), units, bool(campaign), *campaign) for number, units, *campaign in events], ROME)


@tagged("post_install", "-at_install")
class TestReduction(PureCase):
    @given(EVENTS, st.integers(0, 24 * 150), st.integers(1, 6000), st.booleans(), st.none() | st.integers(-100, 100))
    def test_an_announced_price_was_never_undercut_in_the_thirty_days_before(
        self, events, hours, full, perishable, since
    ):
        prices = History(events, ROME)
        now = prices.events[0].at + timedelta(hours=hours)
        on_market_since = None if since is None else START + timedelta(since)
        offer = announce(prices, now, full, is_perishable=perishable, on_market_since=on_market_since)
        event = prices.at(now)
        if offer.sale_price is None:
            self.assertEqual(offer.price, event.units)
            return
        self.assertTrue(event.is_reduced)
        self.assertEqual(offer.sale_price, event.units)
        self.assertLess(offer.sale_price, offer.price)
        self.assertLessEqual(offer.price, full)
        if not perishable:
            for hour in range(DAYS * 24):
                earlier = prices.at(offer.began - timedelta(hours=hour, minutes=1))
                self.assertTrue(earlier is None or earlier.units >= offer.price)

    @given(EVENTS, st.integers(0, 24 * 150))
    def test_what_comes_later_changes_nothing_of_what_was_announced(self, events, hours):
        now = START + timedelta(hours=hours)
        known = [event for event in events if event.at <= now]
        if not known:
            return
        self.assertEqual(announce(History(events, ROME), now, 6000), announce(History(known, ROME), now, 6000))

    def test_a_full_price_of_thirty_days_makes_a_true_reduction(self):
        offer = announce(history((0, 1000), (30, 800, "sale")), day(31), 1000)
        self.assertEqual((offer.price, offer.sale_price, offer.reason, offer.days), (1000, 800, "true", 30))

    def test_a_lower_price_within_thirty_days_takes_the_place_of_the_full_one(self):
        prices = history((0, 1000), (40, 900), (45, 1000), (60, 800, "sale"))
        offer = announce(prices, day(61), 1000)
        self.assertEqual((offer.price, offer.sale_price, offer.lowest, offer.reason), (900, 800, 900, "capped"))

    def test_the_thirtieth_day_before_counts_and_the_thirty_first_does_not(self):
        for last_cheap_day, lowest in ((29, 1000), (30, 700), (31, 700)):
            prices = history((0, 700), (last_cheap_day, 1000), (60, 900, "sale"))
            self.assertEqual(prices.before(day(61)).lowest, lowest, last_cheap_day)

    def test_a_price_raised_just_before_the_sale_is_no_reduction(self):
        offer = announce(history((0, 800), (50, 1200), (52, 800, "sale")), day(53), 1200)
        self.assertEqual((offer.price, offer.sale_price, offer.reason), (800, None, "not_lower"))

    def test_a_reduction_that_grows_in_one_campaign_keeps_the_price_before_its_first_step(self):
        prices = history((0, 1000), (40, 900, "winter"), (50, 700, "winter"), (70, 500, "winter"))
        for number, sale in ((41, 900), (51, 700), (90, 500)):
            offer = announce(prices, day(number), 1000)
            self.assertEqual((offer.price, offer.sale_price, offer.reason), (1000, sale, "true"))
            self.assertEqual(offer.began, day(40))

    def test_a_second_campaign_or_a_break_or_a_rise_begins_anew(self):
        for events in (
            [(0, 1000), (40, 700, "winter"), (50, 600, "spring")],
            [(0, 1000), (40, 700, "winter"), (45, 1000), (50, 600, "winter")],
            [(0, 1000), (40, 500, "winter"), (44, 700, "winter"), (46, 700), (50, 400, "winter")],
        ):
            offer = announce(history(*events), day(51), 1000)
            self.assertEqual((offer.began, offer.reason), (day(50), "capped"))
        offer = announce(history((0, 1000), (40, 500, "winter"), (50, 700, "winter")), day(51), 1000)
        self.assertEqual((offer.sale_price, offer.reason), (None, "not_lower"), "it cost 500 ten days before")

    def test_prices_that_nobody_wrote_down_allow_no_announcement(self):
        offer = announce(history((0, 1000), (10, 800, "sale")), day(11), 1000)
        self.assertEqual((offer.price, offer.sale_price, offer.reason), (800, None, "unknown"))
        offer = announce(history((0, 800, "sale")), day(11), 1000)
        self.assertEqual((offer.price, offer.sale_price, offer.reason), (800, None, "unknown"))

    def test_thirty_days_less_some_hours_are_no_thirty_days(self):
        for hour, reason in ((9, "true"), (8, "unknown")):
            prices = History([Event(day(0), 1000), Event(day(30, hour), 800, True)], ROME)
            self.assertEqual(announce(prices, day(31), 1000).reason, reason)

    def test_goods_new_on_the_market_name_the_days(self):
        offer = announce(history((0, 1000), (10, 800, "sale")), day(11), 1000, on_market_since=day(0))
        self.assertEqual((offer.price, offer.sale_price, offer.reason, offer.days), (1000, 800, "new", 10))
        long_sold = announce(history((0, 1000), (10, 800, "sale")), day(11), 1000, on_market_since=day(-300))
        self.assertEqual(long_sold.reason, "unknown")
        gap = announce(history((5, 1000), (10, 800, "sale")), day(11), 1000, on_market_since=day(0))
        self.assertEqual(gap.reason, "unknown", "sold since day 0, known since day 5")

    def test_goods_that_perish_are_exempt(self):
        prices = history((0, 1000), (10, 800, "sale"))
        offer = announce(prices, day(11), 1000, is_perishable=True)
        self.assertEqual((offer.price, offer.sale_price, offer.reason), (1000, 800, "perishable"))
        offer = announce(prices, day(11), 800, is_perishable=True)
        self.assertEqual((offer.sale_price, offer.reason), (None, "not_lower"))

    def test_thirty_days_are_those_of_the_calendar_over_a_change_of_the_clock(self):
        began = datetime(2026, 4, 10, 0, 30, tzinfo=ROME)
        prices = History([Event(began, 800, True)], ROME)
        self.assertEqual(prices.start_of_days(began).isoformat(), "2026-03-11T00:00:00+01:00")

    def test_no_price_by_then_is_an_error_of_the_caller(self):
        with self.assertRaises(ValueError):
            announce(history((5, 1000)), day(1), 1000)

    # === WINDOWS === #

    @given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 60))
    def test_a_window_of_days_begins_at_midnight_and_ends_with_the_last_minute(self, first, days):
        last = first + timedelta(days)
        found = window(first, last, ROME)
        self.assertEqual((found.start.date(), found.start.time()), (first, time.min))
        self.assertEqual((found.end.date(), found.end.time()), (last, time(23, 59)))
        self.assertLess(found.start, found.end)

    def test_a_sale_without_an_end_has_no_window(self):
        self.assertIsNone(window(date(2026, 1, 1), None, ROME))
        self.assertIsNone(window(None, date(2026, 1, 1), ROME))

    # === UNIT PRICES === #

    @given(st.integers(1, 10**7), st.decimals("0.001", "1000", places=3), st.sampled_from(sorted(SCALES)))
    def test_a_unit_price_is_within_half_a_cent_of_the_exact_one(self, units, quantity, unit):
        measure = Measure(quantity, unit)
        found = unit_price(units, measure, base_of(measure))
        factor = SCALES[unit][0]
        self.assertLessEqual(abs(found.units * quantity * factor - units), quantity * factor * Decimal("0.5"))
        self.assertEqual(found.base.unit, SCALES[unit][1])

    def test_half_a_cent_goes_up(self):
        self.assertEqual(unit_price(1, Measure(Decimal(2), "kg"), Measure(Decimal(1), "kg")).units, 1)
        self.assertEqual(unit_price(299, Measure(Decimal(400), "g"), Measure(Decimal(1), "kg")).units, 748)

    def test_what_is_not_measured_alike_has_no_unit_price(self):
        self.assertIsNone(unit_price(100, Measure(Decimal(1), "kg"), Measure(Decimal(1), "l")))
        self.assertIsNone(unit_price(100, Measure(Decimal(1), "oz"), Measure(Decimal(1), "kg")))
        self.assertIsNone(unit_price(100, Measure(Decimal(0), "kg"), Measure(Decimal(1), "kg")))

    def test_a_kilo_needs_no_price_by_the_kilo(self):
        self.assertFalse(is_needed(Measure(Decimal(100), "cl"), Measure(Decimal(1), "l")))
        self.assertTrue(is_needed(Measure(Decimal(75), "cl"), Measure(Decimal(1), "l")))

    def test_channels_know_every_unit_of_ours(self):
        self.assertLessEqual(set(SCALES), UNITS)
