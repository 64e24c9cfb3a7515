"""The pages on which a person says what we may do."""

from datetime import date, datetime

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import LifecycleCommon


@tagged("post_install", "-at_install")
class TestPreferences(LifecycleCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.lifecycle_informed_date = date(2020, 1, 1)
        cls._create_order(cls.customer, datetime(2026, 3, 1, 9))

    def _path(self, page="preferences", code="", person=None):
        url = (person or self.customer)._lifecycle_preferences_url(self.company, page, code)
        return url[len(self.customer.get_base_url()) :]

    def _words(self):
        words = self.env["lifecycle.consent"].search([("partner_id", "=", self.customer.id)], order="id")
        return [(word.purpose_id.code, word.channel, word.state, word.source) for word in words]

    def test_looking_says_nothing(self):
        answer = self.url_open(self._path())
        self.assertEqual(answer.status_code, 200)
        self.assertIn("News and offers", answer.text)
        self.assertNotIn("Set-Cookie", answer.headers)
        self.assertEqual(answer.headers["X-Robots-Tag"], "noindex, nofollow")
        self.url_open(self._path("unsubscribe", "marketing"))
        self.assertEqual(self._words(), [])

    def test_only_what_was_changed_is_kept(self):
        kept = {"feedback/email", "feedback/phone", "feedback/post", "marketing/phone", "marketing/post"}
        kept |= {"profiling/email"}
        self.url_open(self._path(), data=dict.fromkeys(kept, "on"))
        self.assertEqual(self._words(), [("marketing", "email", "refused", "page")])
        self.url_open(self._path(), data=dict.fromkeys(kept | {"marketing/email"}, "on"))
        self.assertEqual(self._words()[1:], [("marketing", "email", "granted", "page")])

    def test_profiling_is_refused_for_all_channels(self):
        choices = self.env["lifecycle.preference"]._get_choices(self.customer, self.company)
        held = {
            (choice["purpose"].code, channel)
            for choice in choices
            for channel, is_allowed in choice["channels"]
            if is_allowed
        }
        self.env["lifecycle.preference"]._choose(self.customer, self.company, held - {("profiling", "email")})
        self.assertEqual(self._words(), [("profiling", False, "refused", "page")])

    def test_one_click_ends_the_mails_for_one_purpose(self):
        for _click in range(2):
            answer = self.url_open(
                self._path("unsubscribe", "marketing"), data={"List-Unsubscribe": "One-Click"}, allow_redirects=False
            )
            self.assertEqual(answer.status_code, 200)
        self.assertEqual(self._words(), [("marketing", "email", "refused", "unsubscribe")])
        self.assertFalse(self.env["mail.blacklist"].search([("email", "=", self.customer.email_normalized)]))

    @mute_logger("odoo.http")
    def test_whatever_is_wrong_with_a_link_is_one_404(self):
        good = self._path()
        other = self._create_customer("Osteria Bianchi")
        wrong = [
            good[:-1] + ("0" if good[-1] != "0" else "1"),
            good.replace(f"/{self.customer.id}/", f"/{other.id}/"),
            good.replace(f"/{self.customer.id}/", "/99999999/"),
            self._path("unsubscribe", "service"),
            self._path("unsubscribe", "nonsense"),
        ]
        pages = {(answer.status_code) for answer in map(self.url_open, wrong)}
        self.assertEqual(pages, {404})
        self.assertEqual(self._words(), [])

    def test_who_is_logged_in_changes_his_own(self):
        user = self._create_user("lifecycle_portal", "base.group_portal")
        self.authenticate("lifecycle_portal", "lifecycle_portal")
        answer = self.url_open("/my/lifecycle/preferences")
        self.assertIn(user.name, answer.text)
        self.assertEqual(self.url_open("/my").status_code, 200)
        self.opener.cookies.clear()
