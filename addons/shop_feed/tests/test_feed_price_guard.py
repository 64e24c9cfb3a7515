"""Reductions that are announced are true, from the list and its history to the feed."""

from datetime import timedelta
from random import Random

from freezegun import freeze_time

from odoo.tests import tagged

from ..models.shop_feed_facts import PROBLEMS
from ..pricing.history import DAYS
from .price_common import GuardCommon, day


def _highest_before(seen):
    """The highest price that may be told today, whenever the reduction began; of days (price, is reduced), to now."""
    best, first = 0, len(seen) - 1
    while first >= DAYS and seen[first][1]:
        best = max(best, min(price for price, _is_reduced in seen[first - DAYS : first]))
        first -= 1
    return best


@tagged("post_install", "-at_install")
class TestFeedPriceGuard(GuardCommon):
    def test_a_price_of_thirty_days_bears_a_reduction_out(self):
        """Art. 17-bis, par. 1 and 2: 12.20 for thirty days, then 20 % less: 9.76."""
        product = self._create_product(10.0)
        self._record(product, day(0))
        self._create_rule(20, date_start=day(30), date_end=day(40))
        self._record(product, day(30))
        self.assertEqual(
            self._facts(product, day(31)),
            {
                "price": "12.20 EUR",
                "sale_price": "9.76 EUR",
                "current_price": "9.76 EUR",
                "former_price": "12.20 EUR",
                "lowest_price": "12.20 EUR",
                "sale_price_effective_date": self._facts(product, day(31))["sale_price_effective_date"],
            },
        )
        self.assertEqual(self._codes(product, day(31)), [])

    def test_a_lower_price_within_thirty_days_is_the_one_to_compare_with(self):
        """Par. 2: 12.20, on day 40 10.98 for five days, then 12.20; on day 60 9.76 is announced against 10.98."""
        product = self._create_product(10.0)
        self._sell(
            product,
            (0, lambda: None),
            (40, self._price(product, 9.0)),
            (45, self._price(product, 10.0)),
            (60, lambda: self._create_rule(20)),
        )
        self.assertEqual(self._told(product, day(61)), ("10.98 EUR", "9.76 EUR"))
        self.assertEqual(self._facts(product, day(61))["lowest_price"], "10.98 EUR")
        [(code, role, numbers)] = self._get_facts(product, day(61))[product.id][PROBLEMS]
        self.assertEqual((code, role), ("reduction_capped", "sale_price"))
        self.assertEqual(numbers, {"price": "9.76 EUR", "full": "12.20 EUR", "lowest": "10.98 EUR", "days": 30})

    def test_a_price_raised_before_the_sale_is_no_reduction(self):
        """Par. 2: 9.76 until day 50, 12.20 for two days, then 20 % less."""
        product = self._create_product(8.0)
        self._sell(product, (0, lambda: None), (50, self._price(product, 10.0)), (52, lambda: self._create_rule(20)))
        self.assertEqual(self._told(product, day(53)), ("9.76 EUR", None))
        self.assertEqual(self._codes(product, day(53)), ["reduction_not_lower"])

    def test_without_thirty_days_of_history_a_reduction_is_withheld_and_it_is_said_why(self):
        product = self._create_product(10.0)
        self._sell(product, (0, lambda: None), (29, lambda: self._create_rule(20)))
        self.assertEqual(self._told(product, day(31)), ("9.76 EUR", None))
        [(code, role, numbers)] = self._get_facts(product, day(31))[product.id][PROBLEMS]
        self.assertEqual((code, role, numbers["days"]), ("reduction_unknown", "sale_price", 29))

    def test_a_currency_that_comes_back_does_not_know_what_was_asked_in_another(self):
        """Par. 2: 12.20 euro, from day 10 on dollars, from day 40 on euro again, 20 % less."""
        product = self._create_product(10.0)
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self._record(product, day(0))
        self.pricelist.currency_id = dollar
        self._record(product, day(10))
        self.pricelist.currency_id = self.env.ref("base.EUR")
        self._check_is_unknown(product, 40)

    def test_a_feed_that_was_away_does_not_know_what_its_list_asked_meanwhile(self):
        """Par. 2: nobody has looked from day 2 to day 60, whatever the list asked then."""
        product = self._create_product(10.0)
        for number in (0, 1, 2):
            self._run_night(day(number))
        self._switch(2, active=False)
        self._switch(60, active=True)
        self._check_is_unknown(product, 60)

    def test_a_feed_that_comes_back_to_a_list_does_not_know_what_consumers_paid_by_another(self):
        product = self._create_product(10.0)
        self._record(product, day(0))
        self._switch(10, pricelist_id=self._create_list("Summer").id)
        self._switch(60, pricelist_id=self.pricelist.id)
        self._check_is_unknown(product, 60)

    def test_a_list_whose_feed_is_gone_is_not_known_to_the_next_one(self):
        product = self._create_product(10.0)
        self._record(product, day(0))
        with freeze_time(day(10)):
            self.feed.unlink()
        with freeze_time(day(60)):
            self.feed = self._create_feed()
        self._check_is_unknown(product, 60)

    def test_a_feed_that_is_away_for_an_hour_loses_nothing(self):
        product = self._create_product(10.0)
        self._record(product, day(0))
        for values in ({"active": False}, {"pricelist_id": self._create_list("Wrong one").id}):
            before = {name: self.feed[name] for name in values}
            self._switch(40, **values)
            self._switch(40, 1, **self.feed._convert_to_write(before))
        self._create_rule(20)
        self._record(product, day(50))
        self.assertEqual(self._told(product, day(51)), ("12.20 EUR", "9.76 EUR"))

    def test_a_list_that_another_feed_follows_stays_known(self):
        product = self._create_product(10.0)
        self._create_feed()
        self._record(product, day(0))
        self._switch(10, active=False)
        self._switch(60, active=True)
        self._create_rule(20)
        self._record(product, day(60))
        self.assertEqual(self._told(product, day(61)), ("12.20 EUR", "9.76 EUR"))

    def _check_is_unknown(self, product, number):
        """20 % less on a day is told as the price, since nobody knows what was asked before."""
        self._create_rule(20)
        self._record(product, day(number))
        self.assertEqual(self._told(product, day(number)), ("9.76 EUR", None))
        self.assertEqual(self._codes(product, day(number)), ["reduction_unknown"])

    def _switch(self, number, hours=0, **values):
        """Write the feed on a day."""
        with freeze_time(day(number, hours)):
            self.feed.write(values)

    def test_a_reduction_that_was_always_there_is_none(self):
        product = self._create_product(10.0)
        self._create_rule(20)
        for number in (0, 40, 80):
            self._record(product, day(number))
        self.assertEqual(self._told(product, day(90)), ("9.76 EUR", None))

    def test_steps_of_one_sale_keep_the_price_before_the_first(self):
        """Par. 5: 12.20; on day 40 10 % less, on day 50 30 %, on day 60 50 %: always against 12.20."""
        product = self._create_product(10.0)
        self._record(product, day(0))
        for number, percent in ((40, 10), (50, 30), (60, 50)):
            self._create_rule(percent, feed_campaign="Winter", date_start=day(number), date_end=day(number + 10, -1))
        for number, told in ((40, "10.98 EUR"), (50, "8.54 EUR"), (60, "6.10 EUR")):
            self._record(product, day(number))
            self.assertEqual(self._told(product, day(number)), ("12.20 EUR", told))

    def test_another_sale_has_the_first_one_in_its_thirty_days(self):
        """Par. 2: 12.20, on day 40 8.54 for ten days; on day 60 6.10 in a sale of its own: against 8.54."""
        product = self._create_product(10.0)
        self._record(product, day(0))
        self._create_rule(30, date_start=day(40), date_end=day(50, -1))
        self._create_rule(50, date_start=day(60), date_end=day(70))
        for number in (40, 50, 60):
            self._record(product, day(number))
        self.assertEqual(self._told(product, day(61)), ("8.54 EUR", "6.10 EUR"))

    def test_a_rule_that_takes_off_more_goes_on_with_its_sale(self):
        """Par. 5, the same rule being written anew."""
        product = self._create_product(10.0)
        self._record(product, day(0))
        rule = self._create_rule(10)
        self._record(product, day(40))
        rule.percent_price = 40
        self._record(product, day(50))
        self.assertEqual(self._told(product, day(51)), ("12.20 EUR", "7.32 EUR"))

    def test_goods_that_perish_need_no_history(self):
        """Par. 3."""
        product = self._create_product(10.0, feed_is_perishable=True)
        self._create_rule(30)
        self.assertEqual(self._told(product, day(0)), ("12.20 EUR", "8.54 EUR"))

    def test_goods_that_are_new_have_the_days_since_they_are_sold(self):
        """Par. 4: on the market since day 0, 20 % less on day 10."""
        product = self._create_product(10.0, feed_market_date=day(0).date())
        self._sell(product, (0, lambda: None), (10, lambda: self._create_rule(20)))
        self.assertEqual(self._told(product, day(11)), ("12.20 EUR", "9.76 EUR"))
        [(code, role, numbers)] = self._get_facts(product, day(11))[product.id][PROBLEMS]
        self.assertEqual((code, role, numbers["days"]), ("reduction_new", "sale_price", 10))

    def test_goods_that_are_new_but_whose_first_days_nobody_wrote_down_are_withheld(self):
        product = self._create_product(10.0, feed_market_date=day(-5).date())
        self._sell(product, (0, lambda: None), (10, lambda: self._create_rule(20)))
        self.assertEqual(self._told(product, day(11)), ("9.76 EUR", None))

    def test_the_price_to_compare_with_is_guarded_too(self):
        """An entered old price of 15.00 beside 12.20: only 12.20 was ever asked."""
        self.env.ref("base.group_user").implied_ids += self.env.ref("website_sale.group_product_price_comparison")
        product = self._create_product(10.0)
        self._record(product, day(0))
        product.product_tmpl_id.compare_list_price = 15.0
        self._record(product, day(40))
        self.assertEqual(self._told(product, day(41)), ("12.20 EUR", None))
        self.assertEqual(self._codes(product, day(41)), ["reduction_not_lower"])
        product.list_price = 8.0
        self._record(product, day(42))
        self.assertEqual(self._told(product, day(43)), ("12.20 EUR", "9.76 EUR"))

    # === WINDOWS === #

    def test_the_sale_goes_from_the_rule_s_first_moment_to_its_last_in_the_seller_s_time(self):
        """Midnight of Rome in winter is 23:00 UTC, after the last Sunday of March 22:00."""
        product = self._create_product(10.0)
        self._record(product, day(-40))
        self._create_rule(20, date_start=day(20, 12), date_end=day(28, 10.99))
        self._record(product, day(20, 12))
        window = self._get_facts(product, day(21))[product.id]["sale_price_effective_date"]
        self.assertEqual(window.start.isoformat(), "2026-03-23T00:00:00+01:00")
        self.assertEqual(window.end.isoformat(timespec="minutes"), "2026-03-30T23:59+02:00")

    def test_a_sale_without_a_beginning_began_when_it_was_first_seen(self):
        product = self._create_product(10.0)
        self._record(product, day(0))
        self._create_rule(20, date_end=day(50))
        self._record(product, day(35))
        window = self._get_facts(product, day(40))[product.id]["sale_price_effective_date"]
        self.assertEqual(window.start.isoformat(), "2026-04-06T13:00:00+02:00")

    def test_a_sale_without_an_end_has_no_window(self):
        product = self._create_product(10.0)
        self._sell(product, (0, lambda: None), (35, lambda: self._create_rule(20)))
        self.assertNotIn("sale_price_effective_date", self._facts(product, day(40)))

    def test_the_thirty_days_are_those_of_the_seller(self):
        """9.76 until 2 March, 23:45 UTC, which is the third in Rome: within the thirty days there, not in New York."""
        for zone, told in (("Europe/Rome", ("9.76 EUR", None)), ("America/New_York", ("12.20 EUR", "9.76 EUR"))):
            self._set_zone(zone)
            product = self._create_product(8.0)
            self._record(product, day(-60))
            product.list_price = 10.0
            self._record(product, day(0, 12.75))  # 3 March, 00:45 in Rome, 2 March, 18:45 in New York
            rule = self._create_rule(20, applied_on="1_product", product_tmpl_id=product.product_tmpl_id.id)
            self._record(product, day(31, 5))  # 2 April, 18:00 in Rome and 12:00 in New York
            self.assertEqual(self._told(product, day(32)), told, zone)
            rule.unlink()

    # === FROM NIGHT TO NIGHT === #

    def test_whatever_a_shop_does_with_its_prices_no_reduction_is_announced_that_is_none(self):
        """Par. 2 against an oracle that knows no campaigns: what is announced is a price below which nothing was asked
        in the thirty days before some day on which the reduction, going on until now, may have begun."""
        for seed in range(4):
            random, product, told = Random(seed), self._create_product(10.0), 0
            seen, rules = [], self.env["product.pricelist.item"]
            for number in range(120):
                rules = self._change_at_random(random, product, rules)
                stand = self._record(product, day(number))[product.id]
                seen.append((stand.shown.price.units, stand.shown.is_reduced))
                if stand.offer.sale_price is not None:
                    told += 1
                    self.assertLess(stand.offer.sale_price, stand.offer.price)
                    self.assertLessEqual(stand.offer.price, stand.shown.full.units)
                    self.assertLessEqual(stand.offer.price, _highest_before(seen), (seed, number))
            self.assertGreater(told, 5, "the sample announces something")

    def _change_at_random(self, random, product, rules):
        if random.random() < 0.05:
            product.product_tmpl_id.list_price = random.choice((8, 9, 10, 11, 12))
        if random.random() < 0.08:
            rules.unlink()
            return rules.browse()
        if random.random() < 0.08:
            return rules + self._create_rule(
                random.choice((10, 20, 40)),
                feed_campaign=random.choice((False, "sale")),
                applied_on="1_product",
                product_tmpl_id=product.product_tmpl_id.id,
            )
        return rules

    def test_a_build_writes_down_what_it_sees_and_tells_what_it_withholds(self):
        product = self._create_product(10.0, type="consu")
        self._create_rule(20, date_end=day(40))
        with freeze_time(day(1)):
            self.feed._take_changes()
            claims, _changed = self.feed._build_chunk(day(1))
        self.assertIn(product.id, [claim.product_id for claim in claims])
        self.assertEqual(self._rows(product), [(1, 976, True)])
        item = self.env["shop.feed.item"].search([("feed_id", "=", self.feed.id), ("product_id", "=", product.id)])
        self.assertEqual(item.next_change_on, day(40) + timedelta(seconds=1))
        self.assertEqual(item.values["price"], "9.76 EUR")
        self.assertNotIn("sale_price", item.values)
        withheld = item.issue_ids.filtered(lambda each: each.code == "reduction_unknown")
        self.assertEqual((withheld.field_name, withheld.severity), ("sale_price", "warning"))

    def test_nights_are_enough_for_a_lawful_sale(self):
        product = self._create_product(10.0)
        self._create_rule(20, date_start=day(35), date_end=day(45))
        for number in range(37):
            self._run_night(day(number))
        self.assertEqual(self._told(product, day(36)), ("12.20 EUR", "9.76 EUR"))
