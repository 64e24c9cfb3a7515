"""The unsubscribe links of Odoo's own mailings on contacts."""

from urllib.parse import urlencode

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import LifecycleCommon


@tagged("post_install", "-at_install")
class TestMailingUnsubscribe(LifecycleCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mailing = cls._create_mailing("res.partner")

    @classmethod
    def _create_mailing(cls, model, **values):
        values = {"subject": "News", "mailing_model_id": cls.env["ir.model"]._get_id(model), **values}
        return cls.env["mailing.mailing"].create(values)

    def _path(self, page, email=None, document=None, mailing=None, token=None):
        mailing, document = mailing or self.mailing, document or self.customer
        email = email or self.customer.email_normalized
        token = token or mailing._generate_mailing_recipient_token(document.id, email)
        query = urlencode({"document_id": document.id, "email": email, "hash_token": token})
        return f"/mailing/{mailing.id}/{page}?{query}"

    def _words(self):
        words = self.env["lifecycle.consent"].search([("partner_id", "=", self.customer.id)], order="id")
        return [(word.purpose_id.code, word.channel, word.state, word.source, word.company_id) for word in words]

    def _is_excluded(self, email=None):
        return bool(self.env["mail.blacklist"].search([("email", "=", email or self.customer.email_normalized)]))

    def _assert_refused(self):
        self.assertEqual(self._words(), [("marketing", "email", "refused", "unsubscribe", self.company)])
        self.assertFalse(self._is_excluded(), "The exclusion list would end newsletter and service as well.")
        self.assertIn(self.customer.email_normalized, self.mailing._get_opt_out_list())

    def test_the_link_in_a_mailing_is_a_refusal_of_marketing_alone(self):
        answer = self.url_open(self._path("unsubscribe"))
        self.assertEqual(answer.status_code, 200)
        self.assertIn("what your orders need still reaches you", answer.text)
        self._assert_refused()

    @mute_logger("odoo.http")  # core's route warns of what RFC 8058 has it sent
    def test_one_click_does_the_same_and_twice_is_once(self):
        for _click in range(2):
            path = self._path("unsubscribe_oneclick")
            answer = self.url_open(path, data={"List-Unsubscribe": "One-Click"}, allow_redirects=False)
            self.assertEqual(answer.status_code, 200)
        self._assert_refused()

    def test_the_page_that_asks_first_says_nothing(self):
        self.assertEqual(self.url_open(self._path("confirm_unsubscribe")).status_code, 200)
        self.assertEqual(self._words(), [])
        self.assertFalse(self._is_excluded())

    def test_an_address_that_the_contact_no_longer_has_goes_core_s_way(self):
        self.url_open(self._path("unsubscribe", email="former@example.com"))
        self.assertEqual(self._words(), [])
        self.assertTrue(self._is_excluded("former@example.com"))

    @mute_logger("odoo.http")
    def test_a_wrong_token_does_nothing(self):
        self.url_open(self._path("unsubscribe", token="0" * 64))
        self.url_open(self._path("unsubscribe_oneclick", token="0" * 64), data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(self._words(), [])
        self.assertFalse(self._is_excluded())

    def test_a_mailing_on_a_list_ends_the_list_alone(self):
        mailing_list = self.env["mailing.list"].create({"name": "Recipes"})
        contact = self.env["mailing.contact"].create({"name": "R", "email": self.customer.email})
        subscription = self.env["mailing.subscription"].create(
            {"contact_id": contact.id, "list_id": mailing_list.id, "opt_out": False}
        )
        mailing = self._create_mailing("mailing.list", contact_list_ids=[Command.set(mailing_list.ids)])
        self.url_open(self._path("unsubscribe", document=contact, mailing=mailing))
        self.assertTrue(subscription.opt_out)
        self.assertEqual(self._words(), [])
        self.assertFalse(self._is_excluded())
