"""The degree of trust goes with the watch list and with formal notices, and comes back."""

from freezegun import freeze_time

from odoo.tests import tagged

from .notice_common import PROOF, NoticeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestTrust(NoticeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.trust = "good"

    def _watch(self, **values):
        return self.env["dunning.watch"].create({"partner_id": self.customer.id, "reason": "Careful", **values})

    def _end(self, watch):
        watch.end_reason = "He pays again"
        watch.with_user(self.manager).action_end()

    def _deliver(self):
        notice = self._make_sent()
        self._enter(notice, "delivered", PROOF)
        return notice

    def test_it_goes_with_the_watch_list_and_comes_back(self):
        watch = self._watch()
        self.assertEqual(self.customer.trust, "bad")
        self._end(watch)
        self.assertEqual(self.customer.trust, "good")

    def test_it_goes_with_a_notice_that_arrived_and_comes_back_with_the_end_of_the_case(self):
        self._make_sent()
        self.assertEqual(self.customer.trust, "good", "what did not arrive says nothing")
        self._enter(self.case.notice_ids.with_user(self.user), "delivered", PROOF)
        self.assertEqual(self.customer.trust, "bad")
        self._pay(self.move)
        self._scan()
        self.assertEqual(self.case.state, "closed")
        self.assertEqual(self.customer.trust, "good")

    def test_it_comes_back_only_with_the_last_reason(self):
        watch = self._watch()
        self._deliver()
        self._end(watch)
        self.assertEqual(self.customer.trust, "bad")
        self._pay(self.move)
        self._scan()
        self.assertEqual(self.customer.trust, "good")

    def test_a_payment_that_bounced_takes_it_away_again(self):
        self._deliver()
        self._pay(self.move)
        self._scan()
        self._get_item(self.move).remove_move_reconcile()
        self._scan()
        self.assertEqual(self.customer.trust, "bad")

    def test_what_a_person_said_meanwhile_stays(self):
        self.manager.group_ids += self.env.ref("base.group_partner_manager")
        watch = self._watch()
        self.customer.with_user(self.manager).trust = "normal"
        watch.effect = "block"
        self.assertEqual(self.customer.trust, "normal")
        self.customer.with_user(self.manager).trust = "bad"
        self._end(watch)
        self.assertEqual(self.customer.trust, "bad")

    def test_each_company_has_its_own(self):
        other = self.env["res.company"].create({"name": "Altra Srl"})
        self._watch()
        self.assertNotEqual(self.customer.with_company(other).trust, "bad")
        self.assertEqual(self.customer.trust, "bad")
