"""Assembly: a file out of pieces, the same bytes from the same items."""

import gzip
import hashlib
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .serve_common import ServeCase, create_feed, create_items, set_price

ASSEMBLY = "odoo.addons.shop_feed.models.shop_feed_assembly"


@tagged("post_install", "-at_install")
class TestAssembly(ServeCase):
    # === FILES === #

    def test_a_first_file_holds_all_that_is_sent(self):
        self.items[0].state, self.items[1].state, self.items[2].state = "left_out", "excluded", "gone"
        build = self._assemble()
        self.assertEqual(self.feed.build_id, build)
        self.assertRecordValues(
            build,
            [{"state": "good", "item_count": 17, "added_count": 17, "left_out_count": 1, "extension": "xml"}],
        )
        tree = etree.fromstring(self._read().encode())
        sent = [each.text for each in tree.iter("{http://base.google.com/ns/1.0}id")]
        self.assertEqual(sent, [f"A{number:02}" for number in range(3, 20)])

    def test_both_files_are_what_the_build_says(self):
        build = self._assemble()
        plain, packed = build.plain_id.raw, build.packed_id.raw
        self.assertEqual(gzip.decompress(packed), plain)
        self.assertEqual((hashlib.sha256(plain).hexdigest(), len(plain)), (build.sha256, build.size))
        self.assertEqual(build.plain_id.checksum, self.env["ir.attachment"]._compute_checksum(plain))
        self.assertEqual(build.plain_id.file_size, len(plain))
        self.assertFalse(build.plain_id.index_content)
        self.assertFalse(build.plain_id.public)

    def test_files_in_the_database_are_the_same(self):
        sha256 = self._assemble().sha256
        self.feed.build_id = False
        self.feed.build_ids.unlink()
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        build = self._assemble()
        self.assertEqual(hashlib.sha256(build.plain_id.raw).hexdigest(), sha256)
        self.assertFalse(build.plain_id.store_fname)
        self.assertFalse(build.plain_id.index_content)
        set_price(self.items[0], "11.00 EUR")
        self.assertEqual(self._assemble().changed_count, 1)

    def test_every_format_is_written(self):
        for format_name, start in (
            ("atom", b"<?xml"),
            ("csv", b"id,title"),
            ("tsv", b"id\ttitle"),
            ("xlsx", b"PK"),
        ):
            with self.subTest(format_name):
                feed = create_feed(self.env, name=format_name, format=format_name)
                create_items(feed, ["1", "2"])
                build = self._assemble(feed)
                self.assertTrue(build.plain_id.raw.startswith(start))
                self.assertEqual(gzip.decompress(build.packed_id.raw), build.plain_id.raw)
                self.assertEqual(build.item_count, 2)
                self.assertFalse(self._assemble(feed))

    def test_elements_of_xml_need_names(self):
        with self.assertRaises(ValidationError):
            create_feed(self.env, name="Nameless", format="xml")
        feed = create_feed(
            self.env, name="Named", channel_id=self.env.ref("shop_feed.channel_generic").id, format="xml"
        )
        self.assertTrue(feed._get_shape().head)

    def test_items_stand_in_the_order_of_bytes(self):
        feed = create_feed(self.env, name="Order", format="tsv")
        create_items(feed, ["b", "È", "A", "a", "Z", "10", "9", "\U0001f600", "ﬀ"])
        lines = self._read(self._assemble(feed)).splitlines()[1:]
        codes = [line.partition("\t")[0] for line in lines]
        self.assertEqual(codes, sorted(codes, key=str.encode))
        set_price(feed.item_ids[0], "11.00 EUR")
        self.assertEqual(self._assemble(feed).changed_count, 1)

    def test_of_two_items_with_one_identifier_the_first_is_sent(self):
        twin = create_items(self.feed, ["B1"])
        twin.external_id = "A00"
        self.assertEqual(self._assemble().item_count, 20)
        self.assertIn("Product A00", self._read())
        self.assertNotIn("Product B1", self._read())

    def test_more_items_than_are_read_at_once(self):
        with patch(f"{ASSEMBLY}.ROWS", 7):
            self.assertEqual(self._assemble().item_count, 20)

    # === NOTHING NEW === #

    def test_the_same_items_make_no_new_build(self):
        build = self._assemble()
        self.assertFalse(self._assemble())
        self.assertEqual(self.feed.build_ids, build)

    def test_a_file_that_was_lost_is_made_again(self):
        build = self._assemble()
        build.packed_id.unlink()
        again = self._assemble()
        self.assertEqual((self.feed.build_id, again.sha256), (again, build.sha256))

    def test_items_that_were_never_built_are_waited_for(self):
        build = self._assemble()
        self.items[0].fragment = False
        self.assertIsNone(self._assemble())
        self.assertEqual(self.feed.build_id, build)

    def test_what_changed_is_counted(self):
        self._assemble()
        set_price(self.items[3], "11.00 EUR")
        self.items[4].state = "gone"
        create_items(self.feed, ["C1"])
        build = self._assemble()
        self.assertRecordValues(build, [{"added_count": 1, "changed_count": 1, "removed_count": 1, "item_count": 20}])
        self.assertEqual(build.samples, {"added": ["C1"], "changed": ["A03"], "removed": ["A04"]})

    def test_a_large_file_rests(self):
        self.assertFalse(self.feed._is_resting())
        with freeze_time("2026-06-15 08:00:00"):
            build = self._assemble()
        build.size = 150_000_000
        for moment, is_resting in (("2026-06-15 08:24:59", True), ("2026-06-15 08:25:00", False)):
            with freeze_time(moment):
                self.assertEqual(self.feed._is_resting(), is_resting)
        build.size = 90_000
        with freeze_time("2026-06-15 08:00:00"):
            self.assertFalse(self.feed._is_resting())

    # === FETCHED === #

    def test_what_has_changed_since_it_was_fetched(self):
        first = self._assemble()
        self.assertFalse(self.feed.changes)
        self.env["shop.feed.fetch"].create(
            {"feed_id": self.feed.id, "build_id": first.id, "moment": "2026-06-15 08:00:00", "status": 200}
        )
        self.assertFalse(self.feed._get_changes().samples["changed"])
        set_price(self.items[3], "11.00 EUR")
        self._assemble()
        self.items[4].state = "gone"
        self._assemble()
        change = self.feed._get_changes()
        self.assertEqual((change.added, change.removed, change.changed), (0, 1, 1))
        self.assertIn("A03", self.feed.with_user(self.user).changes)
        first.contents_id.unlink()
        self.assertIsNone(self.feed._get_changes())

    # === WAITING === #

    def _lose(self, count):
        self.items[:count].state = "gone"
        return self._assemble()

    def test_a_build_that_loses_much_waits_and_the_one_before_is_served(self):
        before = self._assemble()
        held = self._lose(5)
        self.assertEqual((held.state, self.feed.build_id), ("held", before))
        self.assertEqual(held.holds, [{"code": "lost", "numbers": {"lost": 5, "before": 20, "limit": 20}}])
        [question] = self._get_questions()
        self.assertEqual(question.user_id, self.manager)
        self.assertIn("5 of 20 entries would disappear: more than 20% of them.", question.note)

    def test_a_person_is_asked_once_about_the_same_file(self):
        self._assemble()
        held = self._lose(5)
        self.assertFalse(self._assemble())
        self.assertEqual(held.state, "held")
        self.assertEqual(len(self._get_questions()), 1)

    def test_a_newer_file_takes_the_place_of_one_that_waits(self):
        self._assemble()
        held = self._lose(5)
        set_price(self.items[19], "11.00 EUR")
        newer = self._assemble()
        self.assertEqual((held.state, newer.state), ("rejected", "held"))
        self.assertFalse(held.plain_id)
        self.assertEqual(len(self._get_questions()), 1)

    def test_a_file_whose_place_another_took_is_asked_about_when_it_is_back(self):
        self._assemble()
        held = self._lose(5)
        set_price(self.items[19], "11.00 EUR")
        newer = self._assemble()
        set_price(self.items[19], "10.00 EUR")
        again = self._assemble()
        self.assertEqual((again.state, again.sha256), ("held", held.sha256))
        self.assertEqual(newer.state, "rejected", "it says what is true no longer")

    def test_products_that_come_back_close_the_question(self):
        build = self._assemble()
        held = self._lose(5)
        self.items.state = "sent"
        self.assertFalse(self._assemble())
        self.assertEqual((held.state, self.feed.build_id), ("rejected", build))
        self.assertFalse(self._get_questions())

    def test_a_manager_publishes_it_anyway(self):
        self._assemble()
        held = self._lose(5)
        held.with_user(self.manager).action_publish_anyway()
        self.assertEqual((held.state, self.feed.build_id), ("good", held))
        self.assertFalse(self._get_questions())
        self.assertFalse(self._assemble())
        with self.assertRaises(UserError):
            held.with_user(self.manager).action_reject()

    def test_a_manager_rejects_it_and_is_not_asked_again_about_the_same(self):
        before = self._assemble()
        held = self._lose(5)
        held.with_user(self.manager).action_reject()
        self.assertEqual((held.state, self.feed.build_id), ("rejected", before))
        self.assertFalse(held.plain_id)
        self.assertFalse(self._assemble())
        set_price(self.items[19], "11.00 EUR")
        self.assertEqual(self._assemble().state, "held")

    def test_a_raised_limit_lets_the_same_file_pass(self):
        self._assemble()
        held = self._lose(5)
        self.feed.lost_percent = 50
        build = self._assemble()
        self.assertEqual((build.state, self.feed.build_id, held.state), ("good", build, "rejected"))

    def test_an_empty_file_is_never_served(self):
        before = self._assemble()
        held = self._lose(20)
        self.assertEqual((held.state, held.item_count), ("held", 0))
        with self.assertRaises(UserError):
            held.with_user(self.manager).action_publish_anyway()
        self.assertEqual(self.feed.build_id, before)

    def test_a_first_file_that_is_empty_waits_too(self):
        self.feed.item_ids.sudo().state = "left_out"
        self.assertEqual(self._assemble().state, "held")
        self.assertFalse(self.feed.build_id)
        self.assertFalse(self._assemble(), "asked once")

    def test_a_feed_without_products_asks_nobody(self):
        self.assertFalse(self._lose(20))
        self.assertFalse(self.feed.build_ids)

    def test_a_first_file_of_which_all_has_errors_asks(self):
        self.items.state = "left_out"
        self.assertEqual(self._assemble().state, "held")
        question = "The new file is empty: all 20 entries have errors. Until you decide, nothing is served."
        self.assertIn(question, self._get_questions().note)

    def test_only_managers_decide(self):
        self._assemble()
        held = self._lose(5)
        for action in ("action_publish_anyway", "action_reject"):
            with self.assertRaises(AccessError):
                getattr(held.with_user(self.user), action)()
        self.assertEqual(held.state, "held")

    def test_who_is_asked_where_the_owner_has_gone(self):
        self._assemble()
        self.manager.active = False
        self._lose(5)
        self.assertTrue(self._get_questions().user_id.has_group("shop_feed.group_feed_manager"))

    # === FAILURES === #

    @mute_logger(ASSEMBLY)
    def test_a_full_disk_leaves_what_is_served(self):
        before = self._assemble()
        set_price(self.items[0], "11.00 EUR")
        store = patch.object(self.registry["ir.attachment"], "_move_into_place", side_effect=OSError("disk full"))
        with store:
            failed = self._assemble()
            self.assertEqual(self._assemble(), failed)
        self.assertEqual((failed.state, failed.remark, self.feed.build_id), ("failed", "disk full", before))
        build = self._assemble()
        self.assertEqual((build.state, self.feed.build_id), ("good", build))

    # === OLD ONES === #

    def test_the_last_ten_are_kept_and_the_one_that_was_fetched(self):
        first = self._assemble()
        self.env["shop.feed.fetch"].create(
            {"feed_id": self.feed.id, "build_id": first.id, "moment": "2026-01-01 10:00:00", "status": 200}
        )
        for number in range(12):
            set_price(self.items[0], f"{number}.50 EUR")
            self._assemble()
        builds = self.feed.build_ids
        self.assertEqual(len(builds), 11)
        self.assertIn(first, builds)
        attachments = self.env["ir.attachment"].search([("res_model", "=", "shop.feed.build")])
        self.assertEqual(set(attachments.mapped("res_id")), set(builds.ids))

    def test_builds_that_failed_are_forgotten_and_what_is_served_is_kept(self):
        served = self._assemble()
        failed = self.env["shop.feed.build"].create([{"feed_id": self.feed.id, "state": "failed"}] * 15)
        self.env["shop.feed.build"]._gc_builds()
        self.assertEqual(self.feed.build_ids, failed[5:][::-1] + served)

    def test_files_go_with_the_feed(self):
        build = self._assemble()
        files = build.plain_id + build.packed_id + build.contents_id
        self.assertEqual(len(files), 3)
        self.feed.unlink()
        self.assertFalse(files.exists())
        self.assertFalse(build.exists())
