"""A disputed instalment stands aside until somebody has said who is right."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command, Date
from odoo.tests import tagged

from .calls_common import CallCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestDisputes(CallCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_invoice(300)
        cls._scan()
        cls.line = cls.case.line_ids.filtered(lambda line: line.move_id == cls.move)

    def test_a_disputed_instalment_leaves_the_claim_and_the_rest_is_pursued(self):
        dispute = self._dispute()
        self.assertRecordValues(
            dispute,
            [{"amount": 1000, "reason": "defect", "state": "open", "user_id": self.user.id, "description": "Mouldy"}],
        )
        self.assertEqual(self.line.state, "disputed")
        self.assertRecordValues(
            self.case,
            [{"amount_due": 300, "amount_disputed": 1000, "state": "open", "stage_id": self.second_mail.id}],
        )
        self.assertEqual(self._get_activities(), [f"Look into the dispute about {self.move.name}"])
        self.assertEqual(self.case.activity_ids.date_deadline, Date.to_date("2026-06-16"))

    def test_once_rejected_it_is_pursued_again(self):
        self._dispute().with_user(self.user).action_reject()
        self.assertRecordValues(
            self.case.dispute_ids, [{"state": "resolved", "outcome": "rejected", "resolved_by_id": self.user.id}]
        )
        self.assertRecordValues(self.case, [{"amount_due": 1300, "amount_disputed": 0}])

    def test_once_accepted_it_stands_aside_until_the_credit_note_is_there(self):
        dispute = self._dispute()
        action = dispute.with_user(self.user).action_accept()
        self.assertEqual(action["res_model"], "account.move.reversal")
        self.assertEqual(action["context"]["active_ids"], self.move.ids)
        self._rescan()
        self.assertEqual((self.line.state, dispute.state), ("disputed", "open"))
        self._credit(250)
        self._rescan()
        self.assertRecordValues(dispute, [{"state": "resolved", "outcome": "accepted"}])
        self.assertRecordValues(self.case, [{"amount_due": 1050, "amount_disputed": 0}])

    def test_a_part_payment_is_no_credit_note(self):
        self._credit(100)
        self._rescan()
        dispute = self._dispute()
        dispute.action_accept()
        self._pay(self.move, amount=200)
        self._rescan()
        self.assertEqual((self.line.state, dispute.state), ("disputed", "open"))
        self.assertRecordValues(self.case, [{"amount_due": 300, "amount_disputed": 700}])
        self._credit(250)
        self._pay(self.move, amount=50)
        self._rescan()
        self.assertRecordValues(dispute, [{"state": "resolved", "outcome": "accepted"}])
        self.assertRecordValues(self.case, [{"amount_due": 700, "amount_disputed": 0}])

    def test_a_full_credit_note_resolves_it(self):
        dispute = self._dispute()
        dispute.action_accept()
        self._credit(1000)
        self._rescan()
        self.assertRecordValues(dispute, [{"state": "resolved", "outcome": "accepted"}])
        self.assertEqual(self.line.state, "closed")

    def test_whoever_pays_what_he_disputed_disputes_no_more(self):
        dispute = self._dispute()
        self._pay(self.move)
        self._rescan()
        self.assertRecordValues(dispute, [{"state": "resolved", "outcome": "settled"}])

    def test_a_scan_that_is_run_again_writes_nothing(self):
        self._dispute()
        self.env.flush_all()
        with self.assertNoStatement("INSERT", "UPDATE", "DELETE"):
            self._rescan()
            self.env.flush_all()

    def test_only_pursued_instalments_of_the_customer_are_disputed(self):
        stranger = self._create_customer("Bar Verdi")
        self._create_invoice(partner=stranger)
        foreign = self._scan(stranger).line_ids
        self._dispute()
        for lines in (foreign, self.line, foreign + self.case.line_ids):
            wizard = self._call(dispute_line_ids=[Command.set(lines.ids)], dispute_reason="price")
            with self.assertRaises(UserError):
                wizard.action_dispute()

    def test_a_dispute_is_resolved_once(self):
        dispute = self._dispute()
        dispute.action_reject()
        with self.assertRaises(UserError):
            dispute.action_accept()

    def test_the_form_is_opened_from_an_instalment_with_it_chosen(self):
        action = self.line.with_user(self.user).action_dispute()
        self.assertEqual(self.env["dunning.call.wizard"].browse(action["res_id"]).dispute_line_ids, self.line)
        names = self.line.with_context(dunning_show_amount=True).name_search("", [("case_id", "=", self.case.id)])
        self.assertIn(self.euro.format(1000), dict(names)[self.line.id])

    def _dispute(self):
        wizard = self._call(dispute_line_ids=[Command.set(self.line.ids)], dispute_reason="defect", note="Mouldy")
        wizard.action_dispute()
        return self.case.dispute_ids

    def _credit(self, amount):
        """A credit note on the disputed invoice, as core's form makes it."""
        reversal = self.env["account.move.reversal"].with_context(active_model="account.move", active_ids=self.move.ids)
        refund = reversal.create({"journal_id": self.move.journal_id.id, "date": "2026-06-15"})
        refund.refund_moves()
        note = refund.new_move_ids
        note.invoice_line_ids.price_unit = amount
        note.action_post()
