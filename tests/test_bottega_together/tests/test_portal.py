"""The customer's pages of all addons in one portal: Odoo makes one controller of theirs."""

from odoo.tests import HttpCase, new_test_user, tagged

PAGES = ("/my/home", "/my/listino", "/my/open-items", "/my/quotes", "/my/invoices")


@tagged("post_install", "-at_install")
class TestPortal(HttpCase):
    def test_a_customer_opens_the_pages_of_every_addon(self):
        customer = self.env["res.partner"].create({"name": "Tipografia Ferrero", "is_company": True})
        user = new_test_user(self.env, "ferrero", groups="base.group_portal")
        user.partner_id.parent_id = customer
        self.authenticate("ferrero", "ferrero")
        for page in PAGES:
            with self.subTest(page=page):
                response = self.url_open(page)
                self.assertEqual(response.status_code, 200)
                self.assertTrue(response.url.endswith(page), response.url)
