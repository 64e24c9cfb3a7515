"""What happens to waivers where two customers turn out to be one."""

from freezegun import freeze_time

from odoo.tests import tagged

from .waiver_common import WaiverCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestWaiverOfMergedCustomers(WaiverCommon):
    def test_of_merged_customers_both_waivers_are_decided_and_booked(self):
        stays = self._create_customer("Trattoria Rossi Srl")
        their_move = self._create_invoice(50, partner=stays)
        kept = self._scan(stays)
        for approved in (0, 1, 2):
            with self.subTest(approved=approved), self.env.cr.savepoint() as undo:
                mine, theirs = self._propose("loss").sudo(), self._propose("loss", case=kept).sudo()
                for waiver in (mine, theirs)[:approved]:
                    self._approve(waiver)
                self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | stays).ids, stays)
                self.env.invalidate_all()
                self._scan(stays)
                self.assertEqual((mine | theirs).case_id, kept)
                for waiver in (mine | theirs).filtered(lambda waiver: waiver.state == "proposed"):
                    self._approve(waiver)
                self._post(theirs.line_ids.entry_id)
                self.assertRecordValues(kept, [{"state": "open", "waits_for_waiver": True, "amount_due": 1830}])
                self._post(mine.line_ids.entry_id)
                self.assertEqual(set((mine | theirs).mapped("state")), {"booked"})
                self.assertRecordValues(kept, [{"state": "closed", "close_reason": "lost"}])
                self.assertTrue(self._get_item(their_move).reconciled)
                undo.rollback()

    def test_of_merged_customers_with_two_waivers_the_button_shows_both(self):
        stays = self._create_customer("Trattoria Rossi Srl")
        self._create_invoice(50, partner=stays)
        kept = self._scan(stays)
        waivers = self._propose("loss") | self._propose("loss", case=kept)
        self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | stays).ids, stays)
        self.env.invalidate_all()
        action = kept.with_user(self.user).action_waive()
        self.assertEqual(self.env["dunning.waiver"].search(action["domain"]), waivers.sorted("id", reverse=True))

    def test_of_a_merged_customer_what_may_be_given_up_is_not_pursued_and_is_booked(self):
        stays = self._create_customer("Trattoria Rossi Srl")
        self._create_invoice(50, partner=stays)
        kept = self._scan(stays)
        waiver = self._propose("loss", {self.move: 1220, self.other: 610}).sudo()
        self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | stays).ids, stays)
        self.env.invalidate_all()
        self.assertEqual(waiver.case_id, kept)
        self._scan(stays)
        self.assertRecordValues(kept, [{"state": "open", "action_date": False, "waits_for_waiver": True}])
        self._post(self._approve(waiver))
        self.assertEqual(waiver.state, "booked")
        self.assertEqual(kept.amount_due, 50)
