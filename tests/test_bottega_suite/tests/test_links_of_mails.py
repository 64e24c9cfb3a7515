"""The pages that mails lead to open for whoever has the link, beside a website too."""

from urllib.parse import urlsplit

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestLinksOfMails(HttpCase):
    def test_a_customer_sees_his_preferences_and_leaves_by_the_links_of_a_mail(self):
        person = self.env["res.partner"].create({"name": "Rosa Bruni", "email": "rosa@example.com"})
        company = self.env.company
        preferences = urlsplit(person._lifecycle_preferences_url(company)).path
        unsubscribe = urlsplit(person._lifecycle_preferences_url(company, "unsubscribe", "marketing")).path
        for address, data in ((preferences, None), (unsubscribe, None), (unsubscribe, {}), (preferences, {"a": "b"})):
            with self.subTest(address=address, data=data):
                answer = self.url_open(address, data=data)
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn("Set-Cookie", answer.headers)
                self.assertIn(address.split("/")[2], answer.text)
        refused = self.env["lifecycle.consent"].search([("partner_id", "=", person.id), ("state", "=", "refused")])
        self.assertIn("marketing", refused.purpose_id.mapped("code"))
