"""Calls, promises and disputes are noted by whoever looks after dunning, in his companies, and never rewritten."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .calls_common import CallCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestCallRights(CallCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user("dunning_seller", "sales_team.group_sale_salesman")
        cls.elsewhere = cls.env["res.company"].create({"name": "Altra Srl"})
        cls.stranger = cls._create_user(
            "dunning_stranger",
            "dunning_it.group_dunning_user",
            company_id=cls.elsewhere.id,
            company_ids=[Command.set(cls.elsewhere.ids)],
        )

    def test_what_was_noted_is_not_written_by_hand(self):
        self._call(promise_date="2026-06-30").action_promise()
        self._call(
            dispute_line_ids=[Command.set(self.case.line_ids.ids)], dispute_reason="price", channel="incoming"
        ).action_dispute()
        for user in (self.user, self.manager):
            for records, values in (
                (self.case.call_ids, {"note": "otherwise"}),
                (self.case.promise_ids, {"state": "kept"}),
                (self.case.dispute_ids, {"outcome": "rejected"}),
            ):
                self.assertTrue(records)
                records = records.with_user(user)
                with self.assertRaises(AccessError):
                    records.write(values)
                with self.assertRaises(AccessError):
                    records.unlink()
                with self.assertRaises(AccessError):
                    records.create({"case_id": self.case.id})
            with self.assertRaises(AccessError):
                self.case.with_user(user).attempt_date = "2027-01-01"

    def test_a_salesperson_sees_and_does_nothing_of_it(self):
        self._call(promise_date="2026-06-30").action_promise()
        for model in ("dunning.call", "dunning.promise", "dunning.dispute", "dunning.call.wizard"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.seller).search([])
        with self.assertRaises(AccessError):
            self.env["dunning.call.wizard"].with_user(self.seller).create({"case_id": self.case.id})
        with self.assertRaises(AccessError):
            self.case.with_user(self.seller).action_call()

    def test_a_salesperson_may_say_that_a_customer_is_insolvent(self):
        self.seller.group_ids += self.env.ref("base.group_partner_manager")
        self.customer.with_user(self.seller).dunning_insolvency_date = "2026-06-10"
        self.assertEqual(self.case.state, "stopped")

    def test_another_company_sees_and_does_nothing_of_it(self):
        self._call(promise_date="2026-06-30").action_promise()
        dispute = self.case._dispute(self.case.line_ids, "price")
        for records in (self.case.call_ids, self.case.promise_ids, self.case.dispute_ids):
            self.assertTrue(records)
            self.assertFalse(records.with_user(self.stranger).search([]) & records)
        Wizard = self.env["dunning.call.wizard"].with_user(self.stranger)
        with self.assertRaises(AccessError):
            Wizard.create({"case_id": self.case.id}).action_no_answer()
        with self.assertRaises(AccessError):
            self.case.with_user(self.stranger).action_call()
        for action in ("action_accept", "action_reject"):
            with self.assertRaises(AccessError):
                getattr(dispute.with_user(self.stranger), action)()

    def test_the_calls_of_another_company_do_not_show_in_ones_own(self):
        self._call(note="Secret").action_other_payment()
        move = self.env["dunning.case"].create(
            {"company_id": self.elsewhere.id, "partner_id": self.customer.id, "currency_id": self.euro.id}
        )
        self.assertFalse(move.with_user(self.stranger).last_call_summary)
        self.assertFalse(move.with_user(self.stranger).promise_summary)
