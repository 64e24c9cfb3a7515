"""The preferences page on a phone."""

from datetime import date, datetime

from odoo.tests import HttpCase, tagged

from .common import LifecycleCommon


@tagged("post_install", "-at_install", "tour")
class TestPreferencesTour(LifecycleCommon, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_on_a_phone_a_customer_says_what_he_wants(self):
        self.company.lifecycle_informed_date = date(2020, 1, 1)
        self._create_order(self.customer, datetime(2026, 3, 1, 9))
        url = self.customer._lifecycle_preferences_url(self.company)
        self.start_tour(url[len(self.customer.get_base_url()) :], "lifecycle_preferences")
        consents = self.env["lifecycle.consent"].search([("partner_id", "=", self.customer.id)])
        said = {(word.purpose_id.code, word.channel): word.state for word in consents}
        self.assertEqual(said["marketing", "email"], "refused")
        self.assertEqual(said["testimonial", "email"], "granted")
        self.assertEqual(said["marketing", "sms"], "refused")
        self.assertNotIn(("feedback", "email"), said, "What was on and is left on is no consent.")
