"""Who stands in for an approver: from a day to a day, for what he did not ask for himself."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .approval_common import ApprovalCommon

NOW = "2026-03-12 10:00:00"


@tagged("post_install", "-at_install")
class TestApprovalDelegation(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rita = cls._create_approver("quote_rita")

    def _delegate(self, delegator=None, delegate=None, date_from="2026-03-10", date_to="2026-03-20"):
        delegator = delegator or self.lea
        return (
            self.env["quote.discount.delegation"]
            .with_user(delegator)
            .create(
                {
                    "delegator_id": delegator.id,
                    "delegate_id": (delegate or self.rita).id,
                    "date_from": date_from,
                    "date_to": date_to,
                }
            )
        )

    @freeze_time(NOW)
    def test_a_delegate_decides_in_place_of_the_approver(self):
        self._delegate()
        request = self._ask(self._create_quote("20"))
        self.assertEqual(request.decider_ids, self.lea + self.rita)
        self.assertIn(self.rita, request.activity_ids.user_id)
        request.with_user(self.rita).action_approve()
        self.assertRecordValues(
            request, [{"state": "approved", "decided_by_id": self.rita.id, "on_behalf_of_id": self.lea.id}]
        )
        self.assertEqual(request.event_ids[0].on_behalf_of_id, self.lea)

    @freeze_time(NOW)
    def test_a_delegation_given_later_counts_for_what_waits(self):
        request = self._ask(self._create_quote("20"))
        with self.assertRaises(AccessError):
            request.with_user(self.rita).action_approve()
        delegation = self._delegate()
        self.assertTrue(request.with_user(self.rita).can_decide)
        delegation.unlink()
        self.assertFalse(request.can_decide)

    def test_an_ended_delegation_is_no_right_and_says_so(self):
        with freeze_time(NOW):
            self._delegate()
            request = self._ask(self._create_quote("20"))
        with freeze_time("2026-03-21 10:00:00"), self.assertRaisesRegex(UserError, "You stood in for .* until .*2026"):
            request.with_user(self.rita).action_approve()
        with freeze_time("2026-03-20 10:00:00"):
            request.with_user(self.rita).action_approve()

    def test_its_days_are_the_companys_whatever_zone_the_delegate_names(self):
        self.company.partner_id.tz = "Europe/Rome"
        with freeze_time(NOW):
            self._delegate()
            request = self._ask(self._create_quote("20"))
        late = request.with_user(self.rita).with_context(tz="Pacific/Pago_Pago")
        with freeze_time("2026-03-20 23:30:00"), self.assertRaisesRegex(UserError, "You stood in"):
            late.action_approve()
        with freeze_time("2026-03-20 22:30:00"):
            late.with_context(tz="Pacific/Auckland").action_approve()

    @freeze_time(NOW)
    def test_nor_one_that_has_not_begun(self):
        self._delegate(date_from="2026-03-13")
        request = self._ask(self._create_quote("20"))
        self.assertEqual(request.decider_ids, self.lea)
        with self.assertRaises(UserError):
            request.with_user(self.manager)._decide(True)

    @freeze_time(NOW)
    def test_who_asked_does_not_decide_through_a_delegation(self):
        self._delegate(delegate=self.seller)
        request = self._ask(self._create_quote("20"))
        self.assertEqual(request.decider_ids, self.lea)
        with self.assertRaisesRegex(UserError, "somebody else"):
            request.with_user(self.seller).action_approve()

    @freeze_time(NOW)
    def test_nor_has_an_approver_his_own_request_decided_by_his_delegate(self):
        self._delegate(delegator=self.dora)
        self.high.user_ids += self.lea
        order = self._create_quote("40")
        request = self._ask(order)
        order.order_line.with_user(self.dora).discount_text = "39"
        self.assertIn(self.rita, request.decider_ids)
        with self.assertRaisesRegex(UserError, "who asked for this himself"):
            request.with_user(self.rita).action_approve()

    @freeze_time(NOW)
    def test_a_delegate_passes_nothing_on_and_has_no_own_authority(self):
        self._delegate()
        self._delegate(delegator=self.rita, delegate=self.dora)
        request = self._ask(self._create_quote("20"))
        self.assertEqual(request.decider_ids, self.lea + self.rita)
        with self.assertRaises(UserError):
            self._create_quote("20", user=self.rita).action_confirm()

    def test_impossible_delegations(self):
        with self.assertRaisesRegex(ValidationError, "before it begins"):
            self._delegate(date_to="2026-03-01")
        with self.assertRaisesRegex(ValidationError, "Nobody stands in for himself"):
            self._delegate(delegate=self.lea)

    def test_a_manager_arranges_it_for_others(self):
        Delegation = self.env["quote.discount.delegation"].with_user(self.manager)
        values = {"delegator_id": self.lea.id, "delegate_id": self.rita.id}
        self.assertTrue(Delegation.create({**values, "date_from": "2026-03-10", "date_to": "2026-03-20"}))
