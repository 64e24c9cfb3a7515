"""What the screens of a feed show, and what their buttons do."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..channels.issues import issue
from .screens_common import ScreensCommon

MISSING, WARNED = issue("missing", "price"), issue("too_long", "title", length=200, limit=150)


@tagged("post_install", "-at_install")
class TestFeedScreens(ScreensCommon):
    def test_figures_count_what_is_sent_left_out_and_warned_of(self):
        self._create_item(problems=[WARNED, WARNED])
        self._create_item(self._create_product("Pane"), problems=[MISSING, WARNED])
        self._create_item(self._create_product("Vino"), state="excluded")
        self._create_item(self._create_product("Miele"), is_dirty=True)
        self.assertRecordValues(
            self.feed,
            [{"sent_count": 2, "left_out_count": 1, "warned_count": 1, "waiting_count": 1}],
        )
        self.assertRecordValues(self.feed, [{"item_count": 4, "issue_count": 4, "has_score": True}])
        self.assertEqual(self.feed.score, 58)  # 3 items, one lost, a quarter of another

    def test_figures_are_of_this_moment(self):
        item = self._create_item(problems=[MISSING])
        self.assertEqual((self.feed.score, self.feed.left_out_count), (0, 1))
        item.sudo().write({"state": "sent", "error_count": 0})
        self.feed.invalidate_recordset()
        self.assertEqual((self.feed.score, self.feed.left_out_count), (100, 0))

    def test_a_feed_without_items_has_no_score(self):
        self.assertFalse(self.feed.has_score)

    def test_figures_of_many_feeds_take_as_many_queries_as_of_one(self):
        feeds = self.feed
        for number in range(5):
            feeds += self._create_feed("meta", f"Meta {number}")
            self._create_item(feed=feeds[-1], problems=[WARNED])
        names = ["score", "issue_count", "fetch_count", "held_build_id"]
        self.env.flush_all()
        counts = []
        for some in (feeds[:1], feeds):
            self.env.invalidate_all()
            some.mapped("name")
            before = self.cr.sql_log_count
            some.read(names)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_a_rule_that_is_switched_off_stays_where_it_is_switched_on(self):
        action = Command.create({"kind": "exclude"})
        rule = self.env["shop.feed.rule"].create({"name": "Wine", "feed_id": self.feed.id, "action_ids": [action]})
        rule.active = False
        self.feed.invalidate_recordset()
        self.assertEqual(self.feed.rule_ids, rule)
        self.assertFalse(self.feed._get_recipe().rules)

    def test_only_a_manager_has_a_feed_built(self):
        with self.assertRaises(AccessError):
            self.feed.with_user(self.user).action_build_now()
        self.assertEqual(self.feed.with_user(self.manager).action_build_now()["tag"], "display_notification")

    def test_a_manager_of_another_company_has_no_feed_of_ours_built(self):
        other = self.env["res.company"].create({"name": "Altra"})
        self.manager.write({"company_ids": [(4, other.id)], "company_id": other.id})
        self.manager.company_ids = other
        self.feed.invalidate_recordset()
        with self.assertRaises(AccessError):
            self.feed.with_user(self.manager).action_build_now()

    def test_lists_of_a_feed_hold_nothing_of_another(self):
        self._create_item(problems=[MISSING])
        self._create_item(feed=self._create_feed("meta", "Meta"), problems=[MISSING])
        for name in ("items", "left_out", "issues", "builds", "fetches"):
            action = getattr(self.feed, f"action_open_{name}")()
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertLessEqual(found.feed_id, self.feed, name)

    def test_the_preview_is_an_item_that_is_sent_where_there_is_one(self):
        self.assertEqual(self.feed.action_preview()["res_model"], "shop.feed.item")
        self._create_item(problems=[MISSING], external_id="A")
        sent = self._create_item(self._create_product("Pane"), external_id="B")
        self.assertEqual(self.feed.action_preview()["res_id"], sent.id)

    def test_graver_problems_come_first(self):
        item = self._create_item(problems=[issue("shouted", "title"), WARNED, MISSING])
        found = self.env["shop.feed.issue"].search([("item_id", "=", item.id)])
        self.assertEqual(found.mapped("severity"), ["error", "warning", "hint"])

    def test_a_build_says_what_changed_and_why_it_waits(self):
        build = self.env["shop.feed.build"].create(
            {
                "feed_id": self.feed.id,
                "state": "held",
                "removed_count": 30,
                "holds": [{"code": "lost", "numbers": {"lost": 30, "before": 100, "limit": 20}}],
                "samples": {"added": [], "changed": [], "removed": ["<b>A</b>", "B"]},
            }
        )
        self.assertEqual(self.feed.held_build_id, build)
        self.assertIn("30", self.feed.held_reason)
        self.assertIn("&lt;b&gt;A", build.difference)
        self.assertNotIn("<b>A", build.difference)

    def test_a_build_is_called_by_the_time_of_who_reads(self):
        vals = {"feed_id": self.feed.id, "state": "good", "started_on": "2026-06-15 22:30:00"}
        build = self.env["shop.feed.build"].create(vals)
        self.assertIn("16", build.with_context(tz="Europe/Rome", lang="it_IT").display_name)

    def test_sources_to_choose_from_are_those_of_the_mapping_and_the_attributes(self):
        self.env["product.attribute"].create({"name": "Cultivar"})
        choices = dict(self.env["shop.feed"].with_user(self.user).get_choices("source"))
        self.assertIn("title", choices)
        self.assertIn("attribute:Cultivar", choices)
        self.assertNotIn("standard_price", choices)

    def test_fields_to_choose_from_are_those_of_the_channel(self):
        Feed = self.env["shop.feed"].with_user(self.user)
        self.assertIn("image_link", dict(Feed.get_choices("field", self.feed.id)))
        self.assertNotIn("imageUrls", dict(Feed.get_choices("field", self.feed.id)))
        self.assertNotIn("sku_id", dict(Feed.get_choices("field", self.feed.id)))

    def test_a_mapping_that_makes_no_sense_is_refused_in_words(self):
        row = {"feed_id": self.feed.id, "field_name": "brand", "source_1": "standard_price"}
        with self.assertRaisesRegex(Exception, "standard_price.*(source|fonte|list)"):
            self.env["shop.feed.map"].create(row)

    def test_a_rule_is_told_in_one_line(self):
        rule = self.env["shop.feed.rule"].create(
            {
                "feed_id": self.feed.id,
                "name": "Vino",
                "check_ids": [(0, 0, {"source": "shop_category_path", "operator": "under", "operand": "Vini"})],
                "action_ids": [(0, 0, {"kind": "set", "field_name": "age_group", "argument": "adult"})],
            }
        )
        self.assertIn("Vini →", rule.summary)
        self.assertIn("age_group adult", rule.summary)

    def test_the_form_of_a_feed_opens_for_both_groups(self):
        for person in (self.manager, self.user):
            form = Form(self.feed.with_user(person))
            self.assertEqual(form.name, "Google in italiano")

    def test_a_copy_of_a_channel_is_ones_own(self):
        channel = self.env.ref("shop_feed.channel_google").with_user(self.manager)
        copy = self.env["shop.feed.channel"].browse(channel.action_duplicate()["res_id"])
        self.assertTrue(copy.is_template)
