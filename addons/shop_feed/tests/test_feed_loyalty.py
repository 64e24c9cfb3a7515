"""What members pay and earn: told where the feed says so and it is true, and never as a price."""

import itertools
from datetime import datetime

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .build_common import BuildCommon

NOW = datetime(2026, 3, 10, 9)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFeedLoyalty(BuildCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Europe/Rome"
        cls.program = cls._create_program("coupons", "Soci")
        cls.offer = cls.env["shop.feed.offer"].create(
            {"name": "Per i soci", "feed_id": cls.feed.id, "program_id": cls.program.id, "audience": "login"}
        )

    @classmethod
    def _create_program(cls, kind, name, **values):
        reward = {"discount": 10, "discount_mode": "percent", "discount_applicability": "order", "required_points": 1}
        return cls.env["loyalty.program"].create(
            {
                "name": name,
                "program_type": kind,
                "company_id": cls.company.id,
                "currency_id": cls.euro.id,
                "rule_ids": [Command.clear()],
                "reward_ids": [Command.clear(), Command.create(reward)],
                **values,
            }
        )

    def _tell(self, **values):
        self.feed.write({"loyalty_offer_id": self.offer.id, "loyalty_program_label": "soci", **values})

    def _told(self):
        self._refresh()
        return (self._item(self.oil).values or {}).get("loyalty_program")

    def test_nothing_of_members_goes_out_unasked(self):
        self.assertIsNone(self._told())

    def test_the_price_for_members_stands_beside_the_price_and_changes_nothing_else(self):
        self._refresh()
        before = dict(self._item(self.oil).values)
        self._tell(loyalty_tier_label="oro")
        self.assertEqual(self._told(), [{"program_label": "soci", "tier_label": "oro", "price": "10.98 EUR"}])
        after = dict(self._item(self.oil).values)
        del after["loyalty_program"]
        self.assertEqual(after, before)
        self.assertEqual((before["price"], before.get("sale_price")), ("12.20 EUR", None))

    def _charged(self, order):
        """What a cart of Odoo comes to with the discount."""
        order._recompute_prices()
        lines = order.order_line
        card = self.env["loyalty.card"].create({"program_id": self.program.id, "points": 1})
        order._apply_program_reward(self.program.reward_ids, card)
        charged = round(order.amount_total * 100)
        (order.order_line - lines).unlink()
        return charged

    def test_it_is_what_the_cart_takes_and_never_less(self):
        """In an order of Odoo; half cents of the discount (1.235, 2.005) a cart may round either way."""
        self._tell()
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Rosa"}).id,
                "website_id": self.website.id,
                "pricelist_id": self.pricelist.id,
                "order_line": [Command.create({"product_id": self.oil.id, "product_uom_qty": 1})],
            }
        )
        prices = ((10, 0), (0.99, 0), (7.77, 0), (12.34, 0), (12.35, 1), (20.05, 1))
        for (price, cents), method in itertools.product(prices, ("round_per_line", "round_globally")):
            self.company.tax_calculation_rounding_method = method
            self.oil.list_price = price
            charged = self._charged(order)
            told = round(float(self._told()[0]["price"].removesuffix(" EUR")) * 100)
            with self.subTest(price=price, method=method, charged=charged):
                self.assertIn(told - charged, range(cents + 1))

    def test_it_goes_out_as_elements_of_their_own(self):
        self._tell()
        self._refresh()
        item = etree.fromstring(self._item(self.oil).fragment.replace("g:", ""))
        program = item.find("loyalty_program")
        self.assertEqual([(each.tag, each.text) for each in program][-1], ("price", "10.98 EUR"))

    def test_the_dates_of_the_offer_are_those_of_the_price(self):
        self.offer.write({"date_from": "2026-03-12", "date_to": "2026-03-31"})
        self._tell()
        self.assertIsNone(self._told())
        with freeze_time("2026-03-12 00:00:00"):
            self.assertTrue(self._is_dirty(self.oil))
            [told] = self._told()
            self.assertEqual(told["member_price_effective_date"], "2026-03-12T00:00+0100/2026-03-31T23:59+0200")
        with freeze_time("2026-03-31 22:30:00"):
            self.assertTrue(self._is_dirty(self.oil))
            self.assertIsNone(self._told())

    def test_an_offer_that_runs_or_is_over_has_nothing_built_again_and_again(self):
        self.offer.write({"date_from": "2026-03-01", "date_to": "2026-03-31"})
        self._tell()
        for moment in (NOW, "2026-03-31 21:59:30", "2026-04-10 09:00:00"):
            with self.subTest(moment), freeze_time(moment):
                self._is_dirty(self.oil)
                self._told()
                self.assertFalse(self._is_dirty(self.oil))

    def test_what_is_no_price_of_each_piece_is_not_told_as_one(self):
        self._tell()
        reward = self.program.reward_ids
        for values in (
            {"discount_mode": "per_order", "discount": 5},
            {"discount_applicability": "cheapest"},
            {"discount_max_amount": 3},
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                reward.write(values)
                self.assertTrue(self._is_dirty(self.oil))
                self.assertIsNone(self._told())
                self.assertIn("member_price_unknown", self._codes(self.oil))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_what_not_every_member_gets_is_not_told(self):
        self._tell()
        for record, values in (
            (self.offer, {"fan_limit": 100}),
            (self.program, {"limit_usage": True, "max_usage": 100}),
            (self.program, {"pricelist_ids": [Command.set(self.pricelist.copy().ids)]}),
            (self.offer, {"active": False}),
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                record.write(values)
                self.assertTrue(self._is_dirty(self.oil))
                self.assertIsNone(self._told())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_discount_on_other_products_is_not_told_of_this_one(self):
        self._tell()
        bread = self._create_product("Pane")
        self.program.reward_ids.write(
            {"discount_applicability": "specific", "discount_product_ids": [Command.set(bread.ids)]}
        )
        self.assertIsNone(self._told())
        self.assertTrue(self._item(bread).values["loyalty_program"])

    def test_points_of_a_purchase_are_told_by_the_rules_that_fit(self):
        rules = [
            {"reward_point_mode": "money", "reward_point_amount": 0.5, "minimum_qty": 0},
            {"reward_point_mode": "order", "reward_point_amount": 100, "minimum_amount": 50},
            {"reward_point_mode": "unit", "reward_point_amount": 2, "product_ids": [Command.set(self.oil.ids)]},
        ]
        card = self._create_program("loyalty", "Tessera", rule_ids=[Command.clear(), *map(Command.create, rules)])
        self.feed.write({"loyalty_points_id": card.id, "loyalty_program_label": "soci"})
        self.assertEqual(self._told(), [{"program_label": "soci", "loyalty_points": "8"}])  # 12.20 / 2 + 2
        card.rule_ids[0].reward_point_amount = 1
        self.assertTrue(self._is_dirty(self.oil))
        self.assertEqual(self._told()[0]["loyalty_points"], "14")

    def test_points_begin_and_end_with_their_program(self):
        rule = Command.create({"reward_point_mode": "order", "reward_point_amount": 5, "minimum_qty": 0})
        days = {"date_from": "2026-03-12", "date_to": "2026-03-31"}
        card = self._create_program("loyalty", "Tessera", rule_ids=[Command.clear(), rule], **days)
        self.feed.write({"loyalty_points_id": card.id, "loyalty_program_label": "soci"})
        self.assertIsNone(self._told())
        for moment, told in (("2026-03-11 23:01:00", True), ("2026-03-31 22:01:00", False)):
            with self.subTest(moment), freeze_time(moment):
                self.assertTrue(self._is_dirty(self.oil))
                self.assertEqual(bool(self._told()), told)
                self.assertFalse(self._is_dirty(self.oil))

    def test_members_need_a_label_an_xml_format_and_an_offer_that_is_theirs(self):
        with self.assertRaises(ValidationError):
            self.feed.write({"loyalty_offer_id": self.offer.id, "loyalty_program_label": False})
        with self.assertRaises(ValidationError):
            self._tell(format="csv")
        self.program.program_type = "promo_code"
        self.env["loyalty.rule"].create({"program_id": self.program.id, "mode": "with_code", "code": "TUTTI"})
        self.offer.audience = "link"
        with self.assertRaises(ValidationError):
            self._tell(format="rss")
