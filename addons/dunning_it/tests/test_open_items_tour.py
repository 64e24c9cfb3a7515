"""The customer's page on a phone, tapped by a customer."""

from freezegun import freeze_time

from odoo.tests import tagged

from .answers_common import OpenItemsCommon


@tagged("post_install", "-at_install", "tour")
@freeze_time("2026-06-15 08:00:00")
class TestOpenItemsTour(OpenItemsCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_on_a_phone_he_says_that_one_is_paid_and_the_other_is_wrong(self):
        self.start_tour("/my/open-items", "dunning_open_items", login="dunning_joel")
        self.assertEqual(self._line(self.move).state, "declared")
        self.assertRecordValues(self.case.dispute_ids, [{"line_id": self._line(self.other).id, "reason": "price"}])

    def test_through_a_link_he_promises(self):
        self.start_tour(self.link, "dunning_open_items_link")
        self.assertRecordValues(self.case.promise_ids, [{"amount": 1300, "source": "portal"}])
