"""What everything else stands on."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY, LifecycleCommon


@tagged("post_install", "-at_install")
class TestGround(LifecycleCommon):
    def test_nobody_writes_by_hand_what_the_server_finds_out(self):
        status = self.env["lifecycle.status"].create({"partner_id": self.customer.id, "company_id": self.company.id})
        with self.assertRaises(AccessError):
            status.with_user(self.manager).write({"revenue": 1_000_000})

    def test_what_was_said_once_is_neither_changed_nor_taken_away(self):
        purpose = self.env.ref("lifecycle_crm.lifecycle_purpose_marketing")
        consent = (
            self.env["lifecycle.consent"]
            .with_user(self.user)
            .create({"partner_id": self.customer.id, "purpose_id": purpose.id, "state": "refused"})
        )
        with self.assertRaises(UserError):
            consent.sudo().write({"state": "granted"})
        with self.assertRaises(UserError):
            consent.sudo().unlink()
        consent.sudo().with_context(lifecycle_erasure=True).unlink()
        self.assertFalse(consent.exists())

    def test_a_mark_is_about_the_commercial_partner(self):
        person = self.env["res.partner"].create({"name": "Anna", "parent_id": self.customer.id})
        self._create_order(person, TODAY)
        self.env["lifecycle.mark"]._add(person, self.company, "order")
        self.assertEqual(self.env["lifecycle.mark"].search([]).partner_id, self.customer)
