"""Builds while others work: on connections of their own, committed for all to see, and deleted afterwards."""

import contextlib
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.listino_pricelist.tests.race_common import CommittedCase

from .serve_common import create_feed

COUNT = 4
ITEMS = "odoo.addons.shop_feed.models.shop_feed_items"
REFRESH = "odoo.addons.shop_feed.models.shop_feed_refresh"


@tagged("post_install", "-at_install", "slow")  # connections of their own
class TestBuildRace(CommittedCase):
    def setUp(self):
        super().setUp()
        with self._environment() as env:
            feed = create_feed(env, name="Build race", channel_id=env.ref("shop_feed.channel_generic").id)
            self.tag_id = env["product.tag"].create({"name": "Build race"}).id
            feed.tag_ids = env["product.tag"].browse(self.tag_id)
            products = env["product.product"].create(
                [
                    {
                        "name": f"Racer {number}",
                        "is_published": True,
                        "list_price": 10,
                        "taxes_id": False,
                        "product_tag_ids": [self.tag_id],
                    }
                    for number in range(COUNT)
                ]
            )
            self.feed_id, self.product_ids, self.pricelist_id = feed.id, products.ids, feed.pricelist_id.id
        self.addCleanup(self._clean)

    def _clean(self):
        with self._environment() as env:
            env["shop.feed"].browse(self.feed_id).unlink()
            env["product.product"].browse(self.product_ids).product_tmpl_id.unlink()
            env["product.tag"].browse(self.tag_id).unlink()
            env["product.pricelist"].browse(self.pricelist_id).unlink()
            env["shop.feed.mark"].search([]).unlink()

    def _take(self):
        with self._environment() as env:
            env["shop.feed"].browse(self.feed_id)._take_changes()

    def _build(self):
        """One transaction of a worker.

        :return: the products that it claimed
        """
        with self._environment() as env:
            claims, _changed = env["shop.feed"].browse(self.feed_id)._build_chunk(fields.Datetime.now())
            return [claim.product_id for claim in claims]

    def _get_prices(self):
        with self._environment() as env:
            items = env["shop.feed.item"].search([("feed_id", "=", self.feed_id)], order="product_id")
            return [(item.values or {}).get("Price") for item in items]

    def _during_the_build(self, action):
        """Have somebody else do something, once, in the middle of a build."""
        make, done = self.registry["shop.feed"]._make_item, []

        def making(feed, *args):
            if not done:
                done.append(True)
                done.append(action())
            return make(feed, *args)

        return patch.object(self.registry["shop.feed"], "_make_item", making)

    def _change_price(self):
        with self._environment() as env:
            env["product.product"].browse(self.product_ids[0]).list_price = 99

    def test_a_change_that_is_made_during_the_build_waits_for_nothing_and_is_not_lost(self):
        self._take()
        with self._during_the_build(self._change_price):
            self._build()
        self.assertEqual(self._get_prices()[0], "10.00")
        self._take()
        self.assertEqual(self._build(), self.product_ids[:1])
        self.assertEqual(self._get_prices()[0], "99.00")

    def test_a_change_that_is_taken_during_the_build_is_not_lost_either(self):
        """The one that takes it meets the one that builds: one of them has to do it again, and then it is there."""

        def change_and_take():
            self._change_price()
            with mute_logger("odoo.sql_db"), contextlib.suppress(SerializationFailure):
                self._take_impatiently()

        self._take()
        with self._during_the_build(change_and_take):
            self._build()
        self._take()
        self._build()
        self.assertEqual(self._get_prices()[0], "99.00")

    def _take_impatiently(self):
        """A worker that meets a locked item gives up rather than waiting for ever in a test of one thread."""
        with self._environment() as env, contextlib.suppress(Exception):
            env.cr.execute("SET LOCAL lock_timeout = 200")
            env["shop.feed.mark"]._take()

    def test_two_workers_build_different_items(self):
        self._take()
        others = []
        with (
            patch(f"{ITEMS}.CHUNK", COUNT // 2),
            self._during_the_build(lambda: others.extend(self._build())),
            mute_logger("odoo.sql_db"),
            contextlib.suppress(SerializationFailure),  # both count a change of one feed: one does it again
        ):
            self._build()
        self.assertEqual(others, self.product_ids[COUNT // 2 :])
        self._build()
        self.assertEqual(self._get_prices(), ["10.00"] * COUNT)
        self.assertFalse(self._build())

    def test_two_workers_that_find_the_same_products_meet_and_both_go_on(self):
        """The second one sees then what the first one has found, and builds its share of that."""
        moments, taken = self.registry["shop.feed"]._take_moments, []

        def taking(feed):
            moments(feed)
            taken.append(feed.env.cr)
            if len(taken) == 1:
                self._take()

        with (
            patch.object(self.registry["shop.feed"], "_take_moments", taking),
            mute_logger("odoo.sql_db"),
            self.assertNoLogs(REFRESH, "WARNING"),
            self._environment() as env,
        ):
            env["shop.feed"].browse(self.feed_id)._refresh()
            self.assertEqual(taken.count(env.cr), 2, "It gave up, or did not meet the other one.")
        self.assertEqual(self._get_prices(), ["10.00"] * COUNT)

    def test_a_worker_that_met_another_one_builds_again_and_puts_the_file_together(self):
        self._take()
        with (
            patch(f"{ITEMS}.CHUNK", COUNT // 2),
            self._during_the_build(self._build),
            mute_logger("odoo.sql_db"),
            self._environment() as env,
        ):
            env["shop.feed"].browse(self.feed_id)._refresh()
        with self._environment() as env:
            feed = env["shop.feed"].browse(self.feed_id)
            self.assertEqual(feed.assembled_count, feed.change_count)
            self.assertTrue(feed.change_count)
            self.assertEqual(len(feed.build_ids), 1)
        self.assertEqual(self._get_prices(), ["10.00"] * COUNT)

    def test_a_note_that_is_not_committed_is_not_taken_and_not_lost(self):
        self._take()
        self._build()
        with self._environment() as env:
            env["product.product"].browse(self.product_ids[0]).list_price = 99
            env.flush_all()
            self._take()
            self.assertFalse(self._build())
        self._take()
        self.assertEqual(self._build(), self.product_ids[:1])
