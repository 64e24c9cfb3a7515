"""The scheduled actions: what is built when, and that in the end it is the same as if all were built."""

import os
from unittest.mock import patch

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .build_common import BuildCommon, picture

CHANGES = 22  # of `changes`, below
THOROUGH = bool(os.environ.get("BOTTEGA_THOROUGH"))
REFRESH = "odoo.addons.shop_feed.models.shop_feed_refresh"
ITEMS = "odoo.addons.shop_feed.models.shop_feed_items"


def _nothing_committed(cron, *_args, **_options):
    """All of a test is one transaction."""
    cron.env.flush_all()
    return float("inf")


class RefreshCommon(BuildCommon):
    def setUp(self):
        super().setUp()
        self.env["shop.feed"].search([("id", "!=", self.feed.id)]).active = False
        self.startPatcher(patch.object(self.registry["ir.cron"], "_commit_progress", _nothing_committed))

    def _run(self, name="_cron_refresh"):
        getattr(self.env["shop.feed"], name)()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestBuildRefresh(RefreshCommon):
    def test_changes_are_built_and_the_file_is_put_together_once(self):
        Feed = self.registry["shop.feed"]
        with patch.object(Feed, "_assemble", autospec=True, return_value=self.env["shop.feed.build"]) as assemble:
            self._run()
            self.assertEqual(assemble.call_count, 1)
            self._run()
            self.assertEqual(assemble.call_count, 1)
            self.oil.list_price = 20
            self._run()
            self.assertEqual(assemble.call_count, 2)
        self.assertEqual(self._item(self.oil).values["price"], "24.40 EUR")

    def test_the_scheduled_action_ends_in_a_file_that_is_served(self):
        for feed in (self.feed, self._create_feed("meta"), self._create_feed("generic")):
            with self.subTest(channel=feed.channel_id.code):
                self.oil.list_price = 10
                self._run()
                self.assertEqual(feed.build_id.state, "good")
                self.assertIn(b"12.20", feed.build_id.plain_id.raw)
                self.oil.list_price = 20
                self._run()
                self.assertIn(b"24.40", feed.build_id.plain_id.raw)
                self.assertNotIn(b"12.20", feed.build_id.plain_id.raw)

    def test_a_file_that_failed_is_put_together_again(self):
        failed = self.env["shop.feed.build"].create({"feed_id": self.feed.id, "state": "failed"})
        Feed = self.registry["shop.feed"]
        with patch.object(Feed, "_assemble", autospec=True, return_value=failed) as assemble:
            self._run()
            self._run()
        self.assertEqual(assemble.call_count, 2)

    def test_an_item_that_stays_the_same_is_not_written_and_no_file_is_made(self):
        self._run()
        count = self.feed.change_count
        self.oil.name = "Altro nome"
        self.oil.name = "Olio extra vergine"
        self._run()
        self.assertEqual(self.feed.change_count, count)
        self.assertFalse(self._item(self.oil).is_dirty)

    def test_a_moment_at_which_a_sale_begins_or_ends_needs_nobody_to_write_anything(self):
        self.env["product.pricelist.item"].create(
            {
                "pricelist_id": self.pricelist.id,
                "applied_on": "3_global",
                "compute_price": "fixed",
                "fixed_price": 8,
                "date_start": "2026-03-01 00:00:00",
                "date_end": "2026-03-10 00:00:00",
            }
        )
        with freeze_time("2026-02-20"):
            self._run()
            self.assertEqual(self._item(self.oil).values["price"], "12.20 EUR")
        with freeze_time("2026-02-28 23:59:00"):
            self._run()
            self.assertEqual(self._item(self.oil).values["price"], "12.20 EUR")
        with freeze_time("2026-03-01 00:05:00"):
            self._run()
            self.assertEqual(self._item(self.oil).values["price"], "9.76 EUR")
        with freeze_time("2026-03-10 00:05:00"):
            self._run()
            self.assertEqual(self._item(self.oil).values["price"], "12.20 EUR")

    def test_a_rate_that_is_known_beforehand_makes_another_price_on_its_day(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids.unlink()
        for day, rate in (("2026-02-01", 1), ("2026-03-01", 2)):
            vals = {"name": day, "rate": rate, "currency_id": dollar.id, "company_id": self.company.id}
            self.env["res.currency.rate"].create(vals)
        self.pricelist.currency_id = dollar
        with freeze_time("2026-02-28 12:00:00"):
            self._run()
            self.assertEqual(self._item(self.oil).values["price"], "12.20 USD")
        for moment in ("2026-02-28 22:30:00", "2026-02-28 23:30:00"):  # there rules of Odoo go by the day of UTC
            with freeze_time(moment):
                self._run()
                self.assertEqual(self._item(self.oil).values["price"], "12.20 USD")
        with freeze_time("2026-03-01 00:05:00"):
            self._run()
            self.assertEqual(self._item(self.oil).values["price"], "24.40 USD")

    # === FAULTS === #

    def test_a_product_that_can_not_be_built_stops_no_other(self):
        vinegar = self._create_product("Aceto")
        Feed = self.registry["shop.feed"]
        make = Feed._make_item

        def faulty(feed, recipe, facts, moment):
            if facts["internal_reference"] == "OLIO-750":
                raise ZeroDivisionError
            return make(feed, recipe, facts, moment)

        with patch.object(Feed, "_make_item", faulty), mute_logger(ITEMS):
            self._run()
        item = self._item(self.oil)
        self.assertEqual((item.state, item.is_dirty, item.error_count), ("left_out", False, 1))
        self.assertEqual(item.issue_ids.numbers, {"problem": "ZeroDivisionError"})
        self.assertEqual(self._item(vinegar).state, "sent")
        self.oil.name = "Olio"
        self._run()
        self.assertEqual(self._item(self.oil).state, "sent")

    def test_what_failed_is_tried_again_after_a_while_though_nobody_changed_it(self):
        Feed = self.registry["shop.feed"]
        with freeze_time("2026-03-01 08:00:00"):
            with patch.object(Feed, "_make_item", side_effect=ZeroDivisionError), mute_logger(ITEMS):
                self._run()
            self._run()
            self.assertEqual(self._item(self.oil).state, "left_out")
        with freeze_time("2026-03-01 09:00:00"):
            self._run()
            self.assertEqual((self._item(self.oil).state, self._codes(self.oil) & {"not_built"}), ("sent", set()))

    def test_a_product_of_which_facts_cannot_be_had_stops_no_other(self):
        others = [self._create_product(f"Aceto {number}") for number in range(8)]
        Feed = self.registry["shop.feed"]
        stock = Feed._get_stock_facts

        def faulty(feed, products, moment):
            if self.oil.id in products.ids:
                feed.env.cr.execute("SELECT 1 / 0")
            return stock(feed, products, moment)

        with patch.object(Feed, "_get_stock_facts", faulty), mute_logger(ITEMS, "odoo.sql_db"):
            self._run()
        self.assertEqual(self._codes(self.oil), {"not_built"})
        self.assertEqual({self._item(product).state for product in others}, {"sent"})

    def test_a_feed_that_fails_stops_no_other(self):
        second = self._create_feed("meta")
        Feed = self.registry["shop.feed"]
        take = Feed._take_products

        def faulty(feed):
            if feed.id == self.feed.id:
                raise ZeroDivisionError
            return take(feed)

        with patch.object(Feed, "_take_products", faulty), mute_logger(REFRESH):
            self._run()
        self.assertFalse(self._item(self.oil))
        self.assertEqual(self._item(self.oil, second).state, "sent")

    # === SWEEP === #

    def test_the_nightly_look_finds_nothing_where_all_was_followed(self):
        self._run()
        self.oil.name = "Olio nuovo"
        self._run("_cron_sweep")
        self.assertEqual(self.feed.missed_count, 0)
        self.assertTrue(self.feed.swept_on)
        self.assertEqual(self._item(self.oil).values["title"], "Olio nuovo")

    def test_the_nightly_look_finds_mends_and_tells_what_was_missed(self):
        self._run()
        self.env.cr.execute("UPDATE product_template SET list_price = 99 WHERE id = %s", [self.oil.product_tmpl_id.id])
        self.env.invalidate_all()
        self._run()
        self.assertEqual(self._item(self.oil).values["price"], "12.20 EUR")
        with self.assertLogs(REFRESH, "WARNING") as logs:
            self._run("_cron_sweep")
        self.assertIn(str(self.oil.id), logs.output[0])
        self.assertEqual(self.feed.missed_count, 1)
        self.assertEqual(self._item(self.oil).values["price"], "120.78 EUR")
        self._run("_cron_sweep")
        self.assertEqual(self.feed.missed_count, 0)

    def test_the_nightly_look_goes_on_where_it_ended(self):
        second = self._create_product("Aceto")
        self._run()
        self.env.cr.execute("UPDATE product_template SET list_price = 99 WHERE is_published")
        self.env.invalidate_all()
        left = iter([True, True, False])  # of the refresh, of the file, of the first chunk
        with (
            patch(f"{ITEMS}.CHUNK", 1),
            patch.object(self.registry["shop.feed"], "_go_on", lambda feed: next(left)),
            mute_logger(REFRESH),
        ):
            self._run("_cron_sweep")
        self.assertEqual(self.feed.sweep_position, self.oil.id)
        self.assertEqual(self._item(second).values["price"], "6.10 EUR")
        with mute_logger(REFRESH):
            self._run("_cron_sweep")
        self.assertEqual((self.feed.sweep_position, self.feed.missed_count), (0, 2))

    # === SPEED === #

    def test_a_chunk_of_many_products_needs_as_many_queries_as_one_of_few(self):
        _attribute, colors = self._create_attribute("Colore", "Rosso", "Blu")

        def fill(count):
            for number in range(count):
                self._create_product(f"Aceto {number}", is_storable=True)
                shirt = self._create_product(f"Maglia {number}", attribute_line_ids=[self._line(colors)])
                self.env["product.image"].create(
                    {"name": "Retro", "product_tmpl_id": shirt.id, "image_1920": picture(color=(number, count, 0))}
                )

        self._run()
        counts = []
        for count in (2, 3, 30):
            fill(count)
            self._refresh()
            self.env.cr.execute("UPDATE shop_feed_item SET is_dirty = TRUE, content_hash = NULL")
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.feed._build_next()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertLess(counts[2], 100)


@tagged("post_install", "-at_install")
class TestIncrementalEqualsFull(RefreshCommon):
    """Whatever happens in whatever order: the items are those that a feed that is built anew would have."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["product.tag"].create({"name": "Bio"})
        _attribute, cls.colors = cls._create_attribute("Colore", "Rosso", "Blu")
        cls.shirt = cls._create_product("Maglia", attribute_line_ids=[cls._line(cls.colors)])
        cls.vinegar = cls._create_product("Aceto", default_code="OLIO-750", is_storable=True)
        cls.vinegar.allow_out_of_stock_order = False

    def changes(self):
        """What people do, each with a number that makes it another thing."""
        Rule, shirt = self.env["product.pricelist.item"], self.shirt
        variants = shirt.with_context(active_test=False).product_variant_ids
        return [
            lambda number: self.oil.write({"name": f"Olio {number}"}),
            lambda number: self.oil.write({"list_price": number}),
            lambda number: self.vinegar.write({"default_code": "OLIO-750" if number % 2 else f"A{number}"}),
            lambda number: self.vinegar.write({"barcode": f"{number}"}),
            lambda number: self._stock(self.vinegar, 1 if number % 2 else -1),
            lambda number: self.oil.write({"is_published": bool(number % 2)}),
            lambda number: variants[0].write({"active": bool(number % 2)}),
            lambda number: variants[1].write({"image_variant_1920": picture(color=(number, 0, 0))}),
            lambda number: self.colors[0].write({"name": f"Rosso {number}"}),
            lambda number: shirt.write({"public_categ_ids": [Command.set([(self.food, self.oils)[number % 2].id])]}),
            lambda number: self.oils.write({"name": f"Oli {number}"}),
            lambda number: self.oils.write({"parent_id": self.food.id if number % 2 else False}),
            lambda number: self.feed.write({"public_category_ids": [Command.set(self.food.ids[: number % 2])]}),
            lambda number: self.tag.write(
                {"product_template_ids": [Command.set(shirt.ids if number % 2 else self.vinegar.product_tmpl_id.ids)]}
            ),
            lambda number: self.feed.write({"excluded_tag_ids": [Command.set(self.tag.ids[: number % 2])]}),
            lambda number: self.feed.write({"variants": "first" if number % 2 else "all"}),
            lambda number: self.feed.write({"out_of_stock": "leave" if number % 2 else "send"}),
            lambda number: self.tax.write({"amount": number}),
            lambda number: Rule.create(
                {
                    "pricelist_id": self.pricelist.id,
                    "applied_on": "1_product",
                    "product_tmpl_id": shirt.id,
                    "compute_price": "fixed",
                    "fixed_price": number,
                }
            ),
            lambda _number: self.pricelist.item_ids[:1].unlink(),
            lambda _number: self.feed._take_changes(),
            lambda _number: self._run(),
        ]

    def test_all_changes_are_tried(self):
        self.assertEqual(len(self.changes()), CHANGES)

    def assertSameAsAtOnce(self, *steps):  # noqa: N802 - as the assertions of unittest
        """Do what the steps say, each a place in :meth:`changes` and a number, and compare; all of it is undone."""
        with self.env.cr.savepoint() as savepoint:
            self._run()
            for place, number in steps:
                self.changes()[place](number)
            self._run()
            bit_by_bit = self._snapshot()
            self.env.cr.execute("DELETE FROM shop_feed_item WHERE feed_id = %s", [self.feed.id])
            self.env.invalidate_all()
            self._run()
            self.assertEqual(bit_by_bit, self._snapshot())
            savepoint.rollback()
        self.env.invalidate_all()

    def test_each_change_alone_is_followed(self):
        for place in range(CHANGES):
            for number in (2, 3):
                with self.subTest(place=place, number=number):
                    self.assertSameAsAtOnce((place, number))

    @settings(max_examples=60 if THOROUGH else 10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=st.lists(st.tuples(st.integers(0, CHANGES - 1), st.integers(1, 50)), min_size=3, max_size=12))
    def test_what_is_built_bit_by_bit_is_what_is_built_at_once(self, steps):
        self.assertSameAsAtOnce(*steps)
