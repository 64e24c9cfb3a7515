"""Addresses: told once, kept as hashes, changed without an interruption."""

from datetime import timedelta
from types import SimpleNamespace

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from .serve_common import ServeCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestAddress(ServeCase):
    def setUp(self):
        super().setUp()
        self._assemble()

    def _make(self, **values):
        wizard = self.env["shop.feed.address"].with_user(self.manager).create({"feed_id": self.feed.id, **values})
        context = wizard.action_make()["context"]
        return context["default_url"], context["default_password"]

    def _find(self, url):
        token, _dot, extension = url.rpartition("/")[2].rpartition(".")
        return self.env["shop.feed"]._find_served(self.feed.id, token, extension)

    def test_the_first_address_is_made_at_once_and_never_again(self):
        feed = self.feed.with_user(self.manager)
        shown = feed.action_make_first_address()
        self.assertTrue(self._find(shown["context"]["default_url"]))
        asked = feed.action_make_first_address()
        self.assertEqual(asked["context"], {"default_feed_id": feed.id}, "another one is a matter of the wizard")
        self.assertTrue(self._find(shown["context"]["default_url"]), "the first one stays")
        with self.assertRaises(AccessError):
            self.feed.with_user(self.user).action_make_first_address()

    def test_an_address_is_found_and_no_other(self):
        url, _password = self._make()
        found = self._find(url)
        self.assertEqual((found["feed_id"], found["sha256"]), (self.feed.id, self.feed.build_id.sha256))
        self.assertIsNone(self._find(url.replace(".xml", ".csv")))
        self.assertIsNone(self._find(url.replace(".xml", "x.xml")))
        self.assertIsNone(self._find(self.feed.token_hash + ".xml"))

    def test_an_address_is_found_in_one_query(self):
        url, _password = self._make()
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertTrue(self._find(url))
        with self.assertQueryCount(1):
            self.assertIsNone(self._find(url + "x"))

    def test_nothing_is_found_where_nothing_was_made(self):
        self.assertIsNone(self._find("/.xml"))
        self.assertIsNone(self._find("/" + "0" * 64 + ".xml"))
        self.feed.token_hash = ""
        self.assertIsNone(self._find("/.xml"))

    def test_an_archived_feed_is_not_found(self):
        url, _password = self._make()
        self.feed.active = False
        self.assertIsNone(self._find(url))

    def test_the_token_is_nowhere_in_the_database(self):
        url, password = self._make(has_password=True)
        token = url.rpartition("/")[2].partition(".")[0]
        self.env.flush_all()
        self.assertGreaterEqual(len(token), 43)
        for table in ("shop_feed", "shop_feed_address", "mail_message", "ir_logging"):
            query = SQL("SELECT STRING_AGG(ROW_TO_JSON(row)::text, '') FROM %s row", SQL.identifier(table))
            [[text]] = self.env.execute_query(query)
            self.assertNotIn(token, text or "", table)
            self.assertNotIn(password, text or "", table)

    def test_the_address_before_works_until_the_channel_knows_the_new_one(self):
        old, _password = self._make()
        new, _password = self._make(grace_days=3)
        self.assertTrue(self._find(old) and self._find(new))
        with freeze_time("2026-06-18 07:59:59"):
            self.assertTrue(self._find(old))
        with freeze_time("2026-06-18 08:00:01"):
            self.assertIsNone(self._find(old))
            self.assertTrue(self._find(new))

    def test_the_address_before_works_with_the_password_before(self):
        for first, second in ((True, True), (True, False), (False, True)):
            self._make()
            old, secret = self._make(has_password=first)
            new, password = self._make(grace_days=3, has_password=second)
            with self.subTest(first=first, second=second):
                self.assertTrue(self._is_let_in(old, secret))
                self.assertTrue(self._is_let_in(new, password))
                self.assertEqual(self._is_let_in(old, password or "x"), not first)
                self.assertEqual(self._is_let_in(new, secret or "x"), not second)

    def _is_let_in(self, url, password):
        who = SimpleNamespace(username="feed", password=password)
        return self.env["shop.feed"]._is_password(self._find(url), who)

    def test_an_address_that_became_known_stops_at_once(self):
        old, _password = self._make()
        self._make(grace_days=0)
        self.assertIsNone(self._find(old))
        self.assertFalse(self.feed.former_token_hash)

    def test_a_copy_has_no_address(self):
        self._make(has_password=True)
        copy = self.feed.copy({"name": "Copy"})
        self.assertFalse(copy.token_hash or copy.password_hash or copy.has_password or copy.build_id)

    def test_hashes_are_shown_to_nobody(self):
        self._make(has_password=True)
        for name in ("token_hash", "former_token_hash", "password_hash", "former_password_hash"):
            for user in (self.user, self.manager):
                with self.assertRaises(AccessError):
                    self.feed.with_user(user).read([name])
                with self.assertRaises(AccessError):
                    self.feed.with_user(user).search([(name, "!=", False)])

    def test_hashes_are_written_by_nobody(self):
        for values in ({"token_hash": "0" * 64}, {"token_set_on": fields.Datetime.now()}, {"has_password": False}):
            with self.assertRaises(AccessError):
                self.feed.with_user(self.manager).write(values)

    def test_only_managers_of_the_company_have_addresses_made(self):
        with self.assertRaises(AccessError):
            self.env["shop.feed.address"].with_user(self.user).create({"feed_id": self.feed.id})
        stranger = self.manager.copy({"login": "stranger"})
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger.write({"company_id": elsewhere.id, "company_ids": [(6, 0, elsewhere.ids)]})
        wizard = self.env["shop.feed.address"].with_user(stranger).create({"feed_id": self.feed.id})
        with self.assertRaises(AccessError):
            wizard.action_make()

    def test_the_form_shows_the_address(self):
        wizard = self.env["shop.feed.address"].with_user(self.manager).create({"feed_id": self.feed.id})
        action = wizard.action_make()
        view = self.env["ir.ui.view"].browse(action["views"][0][0])
        form = Form(self.env["shop.feed.address"].with_user(self.manager).with_context(**action["context"]), view)
        self.assertRegex(form.url, rf"^https?://.+/feed/{self.feed.id}/[\w-]{{43}}\.xml$")

    def test_the_feed_shows_when_and_offers_its_items(self):
        self._make()
        with Form(self.feed.with_user(self.manager)) as form:
            self.assertEqual(form.token_set_on, "2026-06-15 08:00:00")
            self.assertFalse(form.changes)
        action = self.feed.with_user(self.user).action_download_sheet()
        self.assertEqual(action["url"], f"/shop_feed/{self.feed.id}/items.xlsx")

    def test_the_day_is_told_on_which_it_was_made(self):
        self._make()
        self.assertEqual(self.feed.token_set_on, fields.Datetime.now())
        self._make(grace_days=7)
        self.assertEqual(self.feed.former_token_until, fields.Datetime.now() + timedelta(7))
