"""From a product to the file that a channel gets, by the scheduled action alone."""

from lxml import etree

from odoo.tests import tagged

from .build_common import BuildCommon

GOOGLE = "{http://base.google.com/ns/1.0}"


@tagged("post_install", "-at_install")
class TestFeedEndToEnd(BuildCommon):
    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref("shop_feed.ir_cron_feed_refresh").method_direct_trigger()
        return self.feed.build_id

    def _get_prices(self):
        tree = etree.fromstring(self.feed.build_id.plain_id.raw)
        return {item.findtext(f"{GOOGLE}id"): item.findtext(f"{GOOGLE}price") for item in tree.iter("item")}

    def test_a_product_is_served_and_follows_what_changes(self):
        first = self._run()
        self.assertEqual(self._get_prices(), {"OLIO-750": "12.20 EUR"})
        self.assertEqual(self._run(), first)
        self.oil.list_price = 20
        second = self._run()
        self.assertEqual(self._get_prices(), {"OLIO-750": "24.40 EUR"})
        self.assertEqual((second.changed_count, second.added_count, second.removed_count), (1, 0, 0))
        self.assertEqual(self.feed.assembled_count, self.feed.change_count)

    def test_an_emptied_shop_leaves_the_last_file(self):
        before = self._run()
        self.oil.is_published = False
        self.assertEqual(self._run(), before)
        self.assertEqual(self.feed.build_ids[0].state, "held")

    def test_another_format_is_another_file_of_the_same_items(self):
        self._run()
        self.feed.format = "tsv"
        build = self._run()
        self.assertEqual((build.extension, build.item_count), ("tsv", 1))
        self.assertTrue(build.plain_id.raw.startswith(b"id\ttitle"))
