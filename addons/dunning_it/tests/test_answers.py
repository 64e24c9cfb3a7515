"""A customer's word takes effect as far as the policy goes, once, and the books have the last word."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged

from .answers_common import PDF, AnswersCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestAnswers(AnswersCommon):
    # === PAID ===

    def test_what_is_said_to_be_paid_stands_aside_for_five_working_days(self):
        answer = self._say("paid", self.move, date="2026-06-12", way="transfer", reference="CRO 1234")
        self.assertRecordValues(
            answer,
            [
                {
                    "amount": 1000,
                    "date": Date.to_date("2026-06-12"),
                    "way": "transfer",
                    "reference": "CRO 1234",
                    "state": "open",
                    "paused_until": Date.to_date("2026-06-22"),
                    "author_id": self.joel.partner_id.id,
                }
            ],
        )
        self.assertEqual(self._line(self.move).state, "declared")
        self.assertRecordValues(
            self.case, [{"amount_due": 300, "amount_declared": 1000, "amount_disputed": 0, "state": "open"}]
        )
        self.assertEqual(self.case.activity_ids.summary, f"Look for this payment: {self.euro.format(1000)}")
        self.assertEqual(self.case.activity_ids.user_id, self.user)
        self.assertEqual(self.case.activity_ids.date_deadline, Date.to_date("2026-06-16"))

    def test_nothing_is_done_where_all_is_said_to_be_paid(self):
        self._say("paid", self.move + self.other, date="2026-06-12")
        self.assertRecordValues(self.case, [{"hold_reason": "declared", "action_date": False, "amount_net": 0}])

    def test_when_the_payment_arrives_it_is_settled(self):
        answer = self._say("paid", self.move, date="2026-06-12")
        self._pay(self.move, date="2026-06-12")
        self._rescan()
        self.assertEqual((answer.state, self._line(self.move).state), ("settled", "closed"))

    def test_when_all_is_paid_the_case_closes_and_nothing_waits(self):
        answer = self._say("paid", self.move + self.other, date="2026-06-12")
        self._pay(self.move + self.other, date="2026-06-12")
        self._rescan()
        self.assertEqual((answer.state, self.case.state), ("settled", "closed"))

    def test_when_nothing_came_in_it_is_pursued_again_by_itself(self):
        answer = self._say("paid", self.move, date="2026-06-12")
        with freeze_time("2026-06-22 08:00:00"):
            self._rescan()
            self.assertEqual(self._line(self.move).state, "declared")
        with freeze_time("2026-06-23 08:00:00"):
            self._rescan()
        self.assertEqual((answer.state, self._line(self.move).state), ("expired", "active"))
        self.assertRecordValues(self.case, [{"amount_due": 1300, "amount_declared": 0, "hold_reason": False}])

    def test_of_a_merged_customer_what_did_not_come_in_is_pursued_again_too(self):
        stays = self._create_customer("Trattoria Rossi Srl")
        self._create_invoice(50, partner=stays)
        kept = self._scan(stays)
        answer = self._say("paid", self.move, date="2026-06-12")
        line = self._line(self.move)
        self.env["dunning.case"].sudo()._merge_cases(self.customer, stays)
        self.move.line_ids.partner_id = stays
        self.assertRecordValues(answer, [{"case_id": kept.id, "state": "open"}])
        with freeze_time("2026-06-23 08:00:00"):
            self._scan(stays)
        self.assertEqual((answer.state, line.case_id, line.state), ("expired", kept, "active"))

    def test_said_a_second_time_it_is_kept_and_shown_but_nothing_stands_aside(self):
        self._say("paid", self.move, date="2026-06-12")
        with freeze_time("2026-06-23 08:00:00"):
            self._rescan()
            again = self._say("paid", self.move + self.other, date="2026-06-20")
        self.assertEqual(again.paused_until, Date.to_date("2026-06-30"))
        self.assertEqual((self._line(self.move).state, self._line(self.other).state), ("active", "declared"))
        with freeze_time("2026-07-01 08:00:00"):
            self._rescan()
            third = self._say("paid", self.move + self.other, date="2026-06-20")
        self.assertFalse(third.paused_until)
        self.assertEqual(set(self.lines.mapped("state")), {"active"})
        self.assertEqual(len(self.case.activity_ids), 3)

    def test_a_policy_without_days_for_it_pauses_nothing(self):
        self.business.declared_days = 0
        answer = self._say("paid", self.move, date="2026-06-12")
        self.assertFalse(answer.paused_until)
        self.assertEqual(self._line(self.move).state, "active")

    def test_a_person_who_does_not_find_it_has_it_pursued_again_at_once(self):
        answer = self._say("paid", self.move, date="2026-06-12")
        answer.with_user(self.user).action_done()
        self.assertRecordValues(answer, [{"state": "done", "done_by_id": self.user.id}])
        self.assertRecordValues(self.case, [{"amount_due": 1300, "amount_declared": 0}])
        with self.assertRaises(UserError):
            answer.with_user(self.user).action_done()

    def test_a_reminder_does_not_ask_for_what_is_said_to_be_paid(self):
        self._say("paid", self.move, date="2026-06-12")
        statement = self.case._prepare_statement()
        self.assertEqual([each.document for each in statement.claim.instalments], [self.other.name])

    # === DISPUTE ===

    def test_what_he_objects_to_stands_aside_until_a_person_decides(self):
        answer = self._say("dispute", self.other, reason="defect", text="It was <b>broken</b>")
        dispute = self.case.dispute_ids
        self.assertRecordValues(
            dispute, [{"reason": "defect", "source": "portal", "state": "open", "description": "It was <b>broken</b>"}]
        )
        self.assertEqual((answer.state, self._line(self.other).state), ("taken", "disputed"))
        self.assertNotIn("<b>", str(self.case.activity_ids.note))

    def test_once_rejected_a_second_objection_waits_for_a_person_while_it_is_pursued(self):
        self._say("dispute", self.other, reason="defect")
        self.case.dispute_ids.with_user(self.user).action_reject()
        again = self._say("dispute", self.other, reason="price")
        self.assertEqual((again.state, self._line(self.other).state), ("open", "active"))
        self.assertEqual(len(self.case.dispute_ids), 1)
        again.with_user(self.user).action_accept()
        self.assertEqual((again.state, self._line(self.other).state), ("taken", "disputed"))

    def test_a_policy_may_have_objections_pursued_until_a_person_decides(self):
        self.business.has_portal_disputes = False
        answer = self._say("dispute", self.other, reason="defect")
        self.assertEqual((answer.state, self._line(self.other).state), ("open", "active"))
        self.assertFalse(self.case.dispute_ids)
        self.assertTrue(self.case.activity_ids)

    def test_he_may_object_to_what_he_said_he_had_paid(self):
        self._say("paid", self.other, date="2026-06-12")
        self._say("dispute", self.other, reason="price")
        self.assertEqual(self._line(self.other).state, "disputed")
        self.assertRecordValues(self.case, [{"amount_disputed": 300, "amount_declared": 0}])

    # === PROMISE ===

    def test_a_promise_of_all_that_is_overdue_within_the_days_is_accepted(self):
        answer = self._say("promise", date="2026-06-30")
        self.assertEqual(answer.state, "taken")
        self.assertRecordValues(
            self.case.promise_ids,
            [{"amount": 1300, "date": Date.to_date("2026-06-30"), "source": "portal", "state": "open"}],
        )
        self.assertEqual(self.case.state, "paused")

    def test_a_later_date_or_a_smaller_amount_is_for_a_person(self):
        for form in ({"date": "2026-07-01"}, {"date": "2026-06-30", "amount": "1"}):
            answer = self._say("promise", **form)
            self.assertEqual((answer.state, self.case.state), ("open", "open"))
        self.assertFalse(self.case.promise_ids)
        self.assertEqual(len(self.case.activity_ids), 2)
        answer.with_user(self.user).action_accept()
        self.assertRecordValues(self.case.promise_ids, [{"amount": 1, "source": "portal"}])

    def test_a_promise_does_not_put_off_another(self):
        self._say("promise", date="2026-06-30")
        again = self._say("promise", date="2026-06-30")
        self.assertEqual(again.state, "open")
        self.assertEqual(len(self.case.promise_ids), 1)
        with freeze_time("2026-07-01 08:00:00"):
            self._rescan()
            self.assertEqual(self.case.promise_ids.state, "broken")
            third = self._say("promise", date="2026-07-10")
        self.assertEqual((third.state, self.case.state), ("open", "open"))

    # === LIMITS ===

    def test_what_is_wrong_is_refused_and_leaves_no_trace(self):
        stranger = self._create_customer("Bar Verdi")
        foreign = self._create_invoice(partner=stranger)
        self._scan(stranger)
        for kind, moves, form in (
            ("paid", None, {"date": "2026-06-12"}),
            ("paid", foreign, {"date": "2026-06-12"}),
            ("paid", self.move + foreign, {"date": "2026-06-12"}),
            ("paid", self.later, {"date": "2026-06-12"}),
            ("paid", self.move, {"date": "2026-06-16"}),
            ("paid", self.move, {"date": "2026-06-12", "amount": "1000.01"}),
            ("paid", self.move, {"date": "2026-06-12", "amount": "-1"}),
            ("dispute", self.move, {}),
            ("dispute", self.move, {"reason": "nonsense"}),
            ("promise", None, {"date": "2026-06-14"}),
            ("promise", None, {"date": "2026-06-20", "amount": "1300.01"}),
            ("promise", None, {"date": "2027-12-31"}),
        ):
            with self.subTest(kind=kind, form=form), self.assertRaises(UserError):
                self._say(kind, moves, **form)
        self.assertFalse(self.case.answer_ids)
        self.assertEqual(set(self.lines.mapped("state")), {"active"})

    def test_only_papers_and_pictures_of_a_decent_size_are_taken(self):
        for upload in (("run.pdf", b"<script>alert(1)</script>"), ("big.pdf", PDF + b"0" * 5 * 1024 * 1024)):
            with self.assertRaises(UserError):
                self._say("paid", self.move, upload=upload, date="2026-06-12")
        answer = self._say("paid", self.move, upload=("receipt.pdf", PDF), date="2026-06-12")
        self.assertRecordValues(
            answer.attachment_id,
            [{"name": "receipt.pdf", "mimetype": "application/pdf", "res_model": "dunning.case"}],
        )
        self.assertEqual(answer.attachment_id, self.case.message_ids.attachment_ids)

    def test_more_than_five_answers_an_hour_are_not_taken(self):
        for _each in range(5):
            self._say("promise", date="2026-07-10")
        with self.assertRaises(UserError):
            self._say("paid", self.move, date="2026-06-12")
        with freeze_time("2026-06-15 09:01:00"):
            self._say("paid", self.move, date="2026-06-12")

    def test_the_history_of_the_case_has_his_words_as_text(self):
        self._say("paid", self.move, date="2026-06-12", text="<script>alert(1)</script> paid & done", reference="<i>1")
        message = self.case.message_ids.filtered(lambda message: message.author_id == self.joel.partner_id)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt; paid &amp; done", str(message.body))
        self.assertIn("&lt;i&gt;1", str(message.body))
        self.assertIn(self.move.name, str(message.body))
        self.assertTrue(message.subtype_id.internal)
        self.assertFalse(message.notified_partner_ids)

    def test_where_a_customer_is_insolvent_his_word_is_kept_for_a_person(self):
        self.customer.dunning_insolvency_date = "2026-06-10"
        for kind, moves, form in (
            ("paid", self.move, {"date": "2026-06-12"}),
            ("dispute", self.other, {"reason": "price"}),
            ("promise", None, {"date": "2026-06-20"}),
        ):
            self.assertEqual(self._say(kind, moves, **form).state, "open")
        self.assertEqual(self.case.state, "stopped")
        self.assertEqual(set(self.lines.mapped("state")), {"active"})

    def test_what_customers_said_is_not_rewritten(self):
        answer = self._say("paid", self.move, date="2026-06-12")
        for user in (self.user, self.manager):
            records = answer.with_user(user)
            with self.assertRaises(AccessError):
                records.write({"state": "done"})
            with self.assertRaises(AccessError):
                records.unlink()
            with self.assertRaises(AccessError):
                records.create({"case_id": self.case.id, "kind": "paid"})

    def test_a_scan_that_is_run_again_writes_nothing(self):
        self._say("paid", self.move, date="2026-06-12")
        self.env.flush_all()
        with self.assertNoStatement("INSERT", "UPDATE", "DELETE"):
            self._rescan()
            self.env.flush_all()
