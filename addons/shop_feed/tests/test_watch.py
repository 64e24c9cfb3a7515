"""What an owner is told by itself, and how often: once."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .serve_common import ServeCase, set_price

NOON = "2026-06-15 12:00:00"
WATCH = "odoo.addons.shop_feed.models.shop_feed_watch"


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestWatch(ServeCase):
    def setUp(self):
        super().setUp()
        self.build = self._assemble()
        self.feed._make_address()

    def _watch(self, hours=0, times=1):
        """The hourly look, some hours later."""
        for _number in range(times):
            moment = fields.Datetime.to_datetime(NOON) + timedelta(hours=hours)
            with freeze_time(moment), self.enter_registry_test_mode():
                self.env.ref("shop_feed.ir_cron_feed_watch").method_direct_trigger()
        return {kind: self._get_questions(kind) for kind in ("unfetched", "held", "left_out")}

    def _fetch(self, hours, status=200):
        moment = fields.Datetime.to_datetime(NOON) + timedelta(hours=hours)
        self.env["shop.feed.fetch"].create({"feed_id": self.feed.id, "moment": moment, "status": status})

    # === FETCHES === #

    def test_a_new_feed_has_two_days_to_be_fetched(self):
        self.assertFalse(self._watch(47)["unfetched"])
        told = self._watch(49, times=3)["unfetched"]
        self.assertEqual(len(told), 1)
        self.assertEqual(told.user_id, self.manager)
        self.assertIn("since it has an address and a file", told.note)

    def test_a_feed_that_is_no_longer_fetched(self):
        self._fetch(1)
        self.assertFalse(self._watch(48)["unfetched"])
        told = self._watch(24 * 5)["unfetched"]
        self.assertIn("for 4 days", told.note)

    def test_a_shop_that_sells_all_day_is_told_as_well(self):
        """Only the last files are kept, and the oldest of these is of the last hour."""
        self._sell_all_day(48, "50")
        [told] = self._watch(49)["unfetched"]
        self.assertIn("since it has an address and a file", told.note)
        self._fetch(49)
        self.assertFalse(self._watch(50)["unfetched"])
        self._sell_all_day(97, "70")
        [told] = self._watch(98)["unfetched"]
        self.assertIn("for 2 days: prices", told.note)

    def _sell_all_day(self, hours, cents):
        """Make more files than are kept."""
        with freeze_time(fields.Datetime.to_datetime(NOON) + timedelta(hours=hours)):
            for number in range(12):
                set_price(self.items[0], f"{number}.{cents} EUR")
                self._assemble()

    def test_who_was_refused_has_not_fetched(self):
        self._fetch(40, status=401)
        self.assertTrue(self._watch(49)["unfetched"])

    def test_who_has_the_file_already_has_fetched(self):
        self._fetch(40, status=304)
        self.assertFalse(self._watch(49)["unfetched"])

    def test_what_was_told_is_taken_back_and_told_again(self):
        self._watch(49)
        self._fetch(50)
        self.assertFalse(self._watch(51)["unfetched"])
        self.assertTrue(self._watch(24 * 5)["unfetched"])

    def test_what_a_person_has_put_away_is_not_told_again(self):
        self._watch(49)["unfetched"].action_feedback()
        self.assertFalse(self._watch(50)["unfetched"])

    def test_a_feed_without_an_address_can_not_be_fetched(self):
        self.feed.token_set_on = False
        self.assertFalse(self._watch(24 * 5)["unfetched"])

    def test_an_archived_feed_need_not_be_fetched(self):
        self.feed.active = False
        self.assertFalse(self._watch(24 * 5)["unfetched"])

    # === WAITING === #

    def test_a_file_that_waits_is_told_again_after_a_day(self):
        self.items[:10].state = "gone"
        self._assemble()
        self._get_questions().unlink()
        self.assertFalse(self._watch(23)["held"])
        told = self._watch(25, times=3)["held"]
        self.assertEqual(len(told), 1)
        self.assertIn("10 of 20 entries would disappear", told.note)

    # === ERRORS === #

    def test_errors_that_spread_are_told_once(self):
        self.assertFalse(self._watch()["left_out"])
        self.items[0].state = "left_out"
        told = self._watch(1, times=3)["left_out"]
        self.assertEqual(len(told), 1)
        self.assertIn("1 of 20 products are left out because of errors: 5.0%; it was 0.0%.", told.note)
        self.items[1].state = "left_out"
        again = self._watch(2)["left_out"]
        self.assertEqual(len(again), 1)
        self.assertIn("10.0%; it was 5.0%", again.note)

    def test_errors_that_were_always_there_are_not_told(self):
        self.items[:5].state = "left_out"
        self.assertFalse(self._watch(times=2)["left_out"])

    def test_errors_that_are_mended_close_what_was_told(self):
        self._watch()
        self.items[0].state = "left_out"
        self.assertTrue(self._watch(1)["left_out"])
        self.items[0].state = "sent"
        self.assertFalse(self._watch(2)["left_out"])
        self.items[0].state = "left_out"
        self.assertTrue(self._watch(3)["left_out"])

    # === FILES === #

    def test_a_file_that_is_lost_is_made_again(self):
        before = self.feed.change_count
        self._watch()
        self.assertEqual(self.feed.change_count, before)
        self.build.packed_id.unlink()
        self._watch()
        self.assertGreater(self.feed.change_count, before)

    # === ALL FEEDS === #

    @mute_logger(WATCH)
    def test_a_feed_that_fails_stops_no_other(self):
        other = self.feed.copy({"name": "Other", "user_id": self.manager.id})
        find = self.registry["shop.feed"]._find_unfetched

        def failing(feed):
            if feed == other:
                raise ValueError
            return find(feed)

        with patch.object(self.registry["shop.feed"], "_find_unfetched", failing):
            self.assertTrue(self._watch(49)["unfetched"])
