"""What a build stores is read by those whose company it is, and written by nobody but the server."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .build_common import BuildCommon

USER, MANAGER = "shop_feed.group_feed_user", "shop_feed.group_feed_manager"
MODELS = ("shop.feed.item", "shop.feed.issue")


@tagged("post_install", "-at_install")
class TestBuildRights(BuildCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "feed_reader", groups=USER)
        cls.manager = new_test_user(cls.env, "feed_keeper", groups=MANAGER)
        elsewhere = cls.env["res.company"].create({"name": "Altrove"})
        options = {"company_id": elsewhere.id, "company_ids": [(6, 0, elsewhere.ids)]}
        cls.stranger = new_test_user(cls.env, "feed_stranger", groups=MANAGER, **options)

    def test_items_and_problems_are_read_in_the_own_company_only(self):
        self.oil.barcode = "12345"
        self._refresh()
        for model in MODELS:
            with self.subTest(model=model):
                self.assertTrue(self.env[model].with_user(self.user).search([("feed_id", "=", self.feed.id)]))
                self.assertFalse(self.env[model].with_user(self.stranger).search([("feed_id", "=", self.feed.id)]))

    def test_what_the_server_builds_is_written_by_nobody(self):
        self.oil.barcode = "12345"
        self._refresh()
        for user in (self.user, self.manager):
            for model in MODELS:
                record = self.env[model].search([("feed_id", "=", self.feed.id)], limit=1).with_user(user)
                with self.subTest(user=user.login, model=model), mute_logger("odoo.addons.base.models.ir_model"):
                    with self.assertRaises(AccessError):
                        record.write({"feed_id": self.feed.id})
                    with self.assertRaises(AccessError):
                        record.unlink()
                    with self.assertRaises(AccessError):
                        record.copy()

    def test_a_manager_does_not_say_what_the_server_counts(self):
        feed = self.feed.with_user(self.manager)
        for name in ("change_count", "assembled_count", "sweep_position", "missed_count", "swept_on"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                feed.write({name: False})

    def test_notes_and_sizes_are_the_servers(self):
        for model in ("shop.feed.mark", "shop.feed.picture"):
            for user in (self.user, self.manager):
                with (
                    self.subTest(user=user.login, model=model),
                    mute_logger("odoo.addons.base.models.ir_model"),
                    self.assertRaises(AccessError),
                ):
                    self.env[model].with_user(user).search([])

    def test_whoever_may_change_a_product_need_have_no_right_on_feeds(self):
        """Of a checkout, a receipt of goods or an import nobody asks for more."""
        keeper = new_test_user(self.env, "product_keeper", groups="product.group_product_manager")
        self._refresh()
        self.oil.with_user(keeper).name = "Olio nuovo"
        self._refresh()
        self.assertEqual(self._item(self.oil).values["title"], "Olio nuovo")

    def test_whoever_asks_the_item_is_the_same(self):
        """Neither the language nor the list, country or company of a person reaches it."""
        self._refresh()
        before = self._snapshot()
        self.stranger.lang = "it_IT"
        context = {"lang": "fr_FR", "pricelist": 1, "website_id": 1, "uom": 1, "allowed_company_ids": [1, 2]}
        self.env.cr.execute("UPDATE shop_feed_item SET is_dirty = TRUE, content_hash = NULL")
        self.env.invalidate_all()
        self.feed.with_user(self.manager).with_context(**context)._build_next()
        self.assertEqual(self._snapshot(), before)
