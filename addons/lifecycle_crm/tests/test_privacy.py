"""Personal data: whose manager hands them over or erases them."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LifecycleCommon


@tagged("post_install", "-at_install")
class TestPrivacy(LifecycleCommon):
    def test_only_managers_of_the_company_hand_over_and_erase(self):
        other = self.env["res.company"].create({"name": "Oleificio Nuovo"})
        for user, company in ((self.user, self.company), (self.manager, other)):
            privacy = self.env["lifecycle.privacy"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                privacy._export(self.customer, company)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                privacy._erase(self.customer, company)

    def test_who_is_forgotten_is_not_written_to_any_more(self):
        privacy = self.env["lifecycle.privacy"].with_user(self.manager)
        privacy._erase(self.customer, self.company)
        said = self.env["lifecycle.consent"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(set(said.mapped("state")), {"refused"})
        self.assertIn("marketing", said.mapped("purpose_id.code"))
