"""The pages on which a person says what we may do."""

from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.lifecycle_gate_request import GateRequest
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

    def test_what_was_changed_and_what_was_left_off_is_kept(self):
        kept = {"feedback/email", "feedback/phone", "feedback/post", "marketing/phone", "marketing/post"}
        kept |= {"profiling/email"}
        self.url_open(self._path(), data=dict.fromkeys(kept, "on"))
        words = self._words()
        self.assertIn(("marketing", "email", "refused", "page"), words)
        self.assertIn(("marketing", "sms", "refused", "page"), words)
        self.assertIn(("publication", False, "refused", "page"), words)
        self.assertEqual({state for _code, _channel, state, _source in words}, {"refused"}, "What was on is no consent")
        self.assertFalse(kept & {f"{code}/{channel}" for code, channel, _state, _source in words})
        self.url_open(self._path(), data=dict.fromkeys(kept, "on"))
        self.assertEqual(self._words(), words, "The same word is kept once.")
        self.url_open(self._path(), data=dict.fromkeys(kept | {"marketing/email"}, "on"))
        self.assertEqual(self._words()[len(words) :], [("marketing", "email", "granted", "page")])

    def test_a_box_left_off_before_the_first_order_is_an_objection(self):
        lead = self._create_customer("Osteria Bianchi")
        Preference = self.env["lifecycle.preference"]
        self.assertFalse(self._shown(lead)["marketing", "email"][0])
        Preference._choose(lead, self.company, set())
        self._create_order(lead, datetime(2026, 3, 1, 9))
        self.assertFalse(self._shown(lead)["marketing", "email"][0])
        [verdict] = self.env["lifecycle.gate"]._judge([GateRequest(lead.id, "marketing", "email")], self.company)
        self.assertIn("objected", [reason.code for reason in verdict.reasons])

    def test_who_left_the_newsletter_and_switches_it_on_is_written_to_again(self):
        self._leave_list(datetime(2026, 5, 1))
        self.assertEqual(self._shown()["marketing", "email"], (False, ""))
        self._choose_also("marketing/email")
        self.assertEqual(self._shown()["marketing", "email"], (True, ""))
        mailing = self.env["mailing.mailing"].create(
            {"subject": "News", "mailing_model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        self.assertNotIn(self.customer.email_normalized, mailing._get_opt_out_list())
        self._leave_list(datetime(2100, 1, 1))
        self.assertIn("mailing list", self._shown()["marketing", "email"][1])
        self.assertIn(self.customer.email_normalized, mailing._get_opt_out_list())

    def test_who_is_on_the_exclusion_list_is_told_that_it_stays_blocked(self):
        self.env["mail.blacklist"]._add(self.customer.email)
        self.company.email = "shop@example.com"
        self._choose_also("marketing/email")
        is_on, words = self._shown()["marketing", "email"]
        self.assertTrue(is_on, "Saving once more must not take his word back.")
        self.assertIn("shop@example.com", words)
        self.assertIn("exclusion list", self.url_open(self._path()).text)
        self.assertTrue(self.env["mail.blacklist"].search([("email", "=", self.customer.email_normalized)]).active)

    def _shown(self, person=None):
        choices = self.env["lifecycle.preference"]._get_choices(person or self.customer, self.company)
        return {
            (choice["purpose"].code, channel): tuple(rest)
            for choice in choices
            for channel, *rest in choice["channels"]
        }

    def _choose_also(self, name):
        held = {cell for cell, (is_on, _words) in self._shown().items() if is_on}
        self.env["lifecycle.preference"]._choose(self.customer, self.company, held | {tuple(name.split("/"))})

    def _leave_list(self, moment):
        contact = self.env["mailing.contact"].create({"name": "R", "email": self.customer.email})
        mailing_list = self.env["mailing.list"].create({"name": "News"})
        values = {"contact_id": contact.id, "list_id": mailing_list.id, "opt_out": True, "opt_out_datetime": moment}
        self.env["mailing.subscription"].create(values)

    def test_profiling_is_refused_for_all_channels(self):
        Preference = self.env["lifecycle.preference"]
        Preference._choose(self.customer, self.company, set(self._shown()))
        known = self._words()
        Preference._choose(self.customer, self.company, self._shown().keys() - {("profiling", "email")})
        self.assertEqual(self._words()[len(known) :], [("profiling", False, "refused", "page")])

    def test_one_click_ends_the_mails_for_one_purpose(self):
        for _click in range(2):
            answer = self.url_open(
                self._path("unsubscribe", "marketing"), data={"List-Unsubscribe": "One-Click"}, allow_redirects=False
            )
            self.assertEqual(answer.status_code, 200)
        self.assertEqual(self._words(), [("marketing", "email", "refused", "unsubscribe")])
        self.assertFalse(self.env["mail.blacklist"].search([("email", "=", self.customer.email_normalized)]))

    def test_who_refuses_once_more_is_heard_though_somebody_with_the_same_mailbox_allowed_it_meanwhile(self):
        colleague = self._create_customer("Osteria Bianchi", email="ROSSI@Example.com ")
        self._create_order(colleague, datetime(2026, 3, 1, 9))
        Preference = self.env["lifecycle.preference"]
        for day, person, is_granted in ((1, colleague, False), (2, self.customer, True), (3, colleague, False)):
            with freeze_time(datetime(2026, 6, day)):
                Preference._say(person, self.company, "marketing", "email", is_granted, "page")
        for person in (colleague, self.customer):
            self.assertFalse(self._shown(person)["marketing", "email"][0])

    def test_a_refusal_is_kept_for_the_address_that_it_came_from(self):
        Preference = self.env["lifecycle.preference"]
        Preference._unsubscribe(self.customer, self.company, "marketing")
        self.customer.email = "new@example.com"
        Preference._unsubscribe(self.customer, self.company, "marketing")
        known = self.env["lifecycle.consent"].search([("partner_id", "=", self.customer.id)], order="id")
        self.assertEqual(known.mapped("address"), ["rossi@example.com", "new@example.com"])

    def test_the_links_in_mails_hold_after_their_reader_was_merged_twice(self):
        path, page = self._path("unsubscribe", "marketing"), self._path()
        for name in ("Osteria Bianchi", "Osteria Verdi"):
            other = self._create_customer(name)
            former, self.customer = self.customer, other
            self.env["base.partner.merge.automatic.wizard"]._merge((former | other).ids, other)
        self.assertEqual(self.url_open(path, data={"List-Unsubscribe": "One-Click"}).status_code, 200)
        self.assertEqual(self._words(), [("marketing", "email", "refused", "unsubscribe")])
        self.assertIn("Osteria Verdi", self.url_open(page).text)

    def test_a_purpose_of_the_company_s_own_is_chosen_and_ended_whatever_its_code(self):
        self.env["lifecycle.purpose"].create({"name": "Novità", "code": "novità/d'estate", "basis": "soft"})
        path = self._path("unsubscribe", "novità/d'estate")
        self.assertRegex(path, r"^[!-~]+$", "It goes into a header.")
        self.assertEqual(self.url_open(path, data={"List-Unsubscribe": "One-Click"}).status_code, 200)
        self.assertEqual(self._words(), [("novità/d'estate", "email", "refused", "unsubscribe")])
        self.url_open(self._path(), data={"novità/d'estate/email": "on"})
        self.assertIn(("novità/d'estate", "email", "granted", "page"), self._words())

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
