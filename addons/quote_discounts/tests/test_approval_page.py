"""The page behind the buttons of the mail: opening it decides nothing, its form decides once, for who has logged in."""

import re

from odoo.tests import HttpCase, tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalPage(ApprovalCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order({"product_id": cls.machine.id, "discount_text": "20"})
        cls.request = cls.order._ask_approval("A competitor").sudo()
        cls.url = f"/quotes/approval/{cls.request.id}"

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, page=None, **values):
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1) if page else ""
        return self.url_open(
            self.url, data={"csrf_token": token, "digest": self.request.digest, **values}, allow_redirects=False
        )

    def test_opening_it_decides_nothing(self):
        self._login(self.lea)
        page = self.url_open(f"{self.url}?answer=approve")
        self.assertIn("A competitor", page.text)
        self.assertIn("no-store", page.headers["Cache-Control"])
        self.assertEqual(self.request.state, "pending")

    def test_who_has_not_logged_in_is_asked_to(self):
        self.assertIn("/web/login", self.url_open(self.url).url)

    def test_the_form_decides_once(self):
        self._login(self.lea)
        page = self.url_open(self.url)
        self._post(page, decision="approve", comment="Fine")
        self.assertRecordValues(self.request, [{"state": "approved", "decided_by_id": self.lea.id, "comment": "Fine"}])
        again = self._post(page, decision="refuse", comment="No")
        self.assertIn("not open any more", again.text)
        self.assertEqual(self.request.state, "approved")
        self.assertNotIn("<form", self.url_open(self.url).text.split('id="quote_approval"')[1])

    def test_a_refusal_without_reason_asks_for_it(self):
        self._login(self.lea)
        answer = self._post(self.url_open(self.url), decision="refuse")
        self.assertIn("Say why you refuse", answer.text)
        self.assertEqual(self.request.state, "pending")

    def test_a_form_of_another_site_or_content_decides_nothing(self):
        self._login(self.lea)
        with self.assertLogs("odoo.http", "WARNING"):
            self.assertEqual(self._post(None, decision="approve").status_code, 400)
        answer = self._post(self.url_open(self.url), decision="approve", digest="0" * 64)
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.request.state, "pending")

    def test_others_find_nothing(self):
        for user in (self.dora, self._create_salesperson("quote_stranger")):
            self._login(user)
            self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertEqual(self.url_open("/quotes/approval/999999999").status_code, 404)

    def test_who_asked_reads_why_he_does_not_decide(self):
        self._login(self.seller)
        page = self.url_open(self.url)
        self.assertIn("somebody else has to decide", page.text)
        self.assertNotIn('name="decision"', page.text)
        self.assertNotIn("62.5", page.text)
