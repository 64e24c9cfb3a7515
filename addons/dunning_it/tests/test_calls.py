"""A call is noted with one click, and its outcome says what comes next."""

from ast import literal_eval

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tests import tagged

from .calls_common import CallCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestCalls(CallCommon):
    def test_the_call_list_has_who_is_to_be_called_today_the_largest_first(self):
        large = self._create_customer("Bar Verdi")
        self._create_invoice(5000, partner=large)
        self._bring_to_call(self._scan(large))
        written_to = self._create_customer("Hotel Blu")
        self._create_invoice(9000, partner=written_to)
        self._scan(written_to)
        action = self.env.ref("dunning_it.dunning_call_action_today")
        self.assertEqual(action.view_ids[0].view_id, self.env.ref("dunning_it.dunning_case_view_list_call"))
        listed = self.env["dunning.case"].search(literal_eval(action.domain), order="amount_net desc")
        self.assertEqual(listed.partner_id.mapped("name"), ["Bar Verdi", "Trattoria Rossi"])

    def test_the_one_who_pays_is_called_and_else_the_customer(self):
        self.assertEqual(self.case.phone, "+39 02 123456")
        office = self._create_customer(
            "Ufficio", is_company=False, parent_id=self.customer.id, phone="+39 02 999", email=False
        )
        self.customer.write({"dunning_contact_id": office.id, "dunning_closing_day": 20})
        self.case.invalidate_recordset()
        self.assertRecordValues(self.case, [{"contact_id": office.id, "phone": "+39 02 999", "closing_day": 20}])
        wizard = self._call()
        self.assertRecordValues(
            wizard, [{"promise_date": Date.to_date("2026-06-20"), "phone": "+39 02 999", "email": "rossi@example.com"}]
        )
        wizard.contact_id = self._create_customer("Anna", phone="+39 02 888", parent_id=self.customer.id)
        self.assertRecordValues(wizard, [{"phone": "+39 02 888", "email": "anna@example.com"}])

    def test_no_answer_is_tried_again_on_the_next_day_on_which_one_calls(self):
        with freeze_time("2026-06-19 08:00:00"):  # a Friday
            self._call().action_no_answer()
        self.assertRecordValues(
            self.case, [{"stage_id": self.call_stage.id, "action_date": Date.to_date("2026-06-22")}]
        )
        self.assertFalse(self.case.step_ids)

    def test_no_answer_before_a_holiday_is_tried_again_after_it(self):
        with freeze_time("2026-06-01 08:00:00"):
            self._call().action_no_answer()
        self.assertEqual(self.case.attempt_date, Date.to_date("2026-06-03"))

    def test_a_rescan_keeps_the_day_of_the_next_attempt(self):
        self._call().action_no_answer()
        self._rescan()
        self.assertEqual(self.case.action_date, Date.to_date("2026-06-16"))

    def test_after_three_calls_without_an_answer_the_stage_counts_as_done(self):
        for day in (15, 16, 17):
            self.assertEqual(self.case.stage_id, self.call_stage)
            with freeze_time(f"2026-06-{day} 08:00:00"):
                self._call().action_no_answer()
        self.assertRecordValues(
            self.case,
            [
                {
                    "stage_id": self.second_mail.id,
                    "step_date": Date.to_date("2026-06-17"),
                    "action_date": Date.to_date("2026-06-27"),
                    "attempt_date": False,
                }
            ],
        )
        self.assertRecordValues(self.case.step_ids, [{"kind": "call", "state": "done"}])
        self.assertIn("3 attempts", self.case.step_ids.remark)

    def test_how_often_is_tried_is_set_by_the_stage(self):
        self.call_stage.call_attempts = 1
        self._call().action_no_answer()
        self.assertEqual(self.case.stage_id, self.second_mail)

    def test_a_wrong_number_is_no_contact_and_has_the_right_one_found(self):
        self._call().action_wrong_number()
        self.assertEqual(self.case.stage_id, self.call_stage)
        self.assertEqual(self._get_activities(), ["Find the right phone number: +39 02 123456 is wrong"])

    def test_a_call_back_stays_a_call_on_that_day(self):
        self._call(back_date="2026-07-01", note="The boss is on holiday").action_call_back()
        self.assertRecordValues(
            self.case, [{"stage_id": self.call_stage.id, "action_date": Date.to_date("2026-07-01")}]
        )
        self.assertIn("The boss is on holiday", self.case.last_call_summary)
        with self.assertRaises(UserError):
            self._call(back_date="2026-06-14").action_call_back()

    def test_another_form_of_payment_completes_the_call_and_a_person_arranges_it(self):
        self._call(note="RiBa at 30 days").action_other_payment()
        self.assertEqual(self.case.stage_id, self.second_mail)
        self.assertEqual(self._get_activities(), ["Arrange another form of payment"])

    def test_a_copy_is_put_in_the_mail_queue_with_the_invoice(self):
        wizard = self._call()
        self.assertEqual(wizard.email, "rossi@example.com")
        wizard.email = "Ufficio <acquisti@example.com>"
        wizard.action_copy()
        mail = self.env["mail.mail"].search([("model", "=", "dunning.case"), ("res_id", "=", self.case.id)])
        self.assertRecordValues(mail, [{"state": "outgoing", "email_to": "acquisti@example.com"}])
        self.assertIn(self.move.name, mail.body_html)
        self.assertEqual(len(mail.attachment_ids), 1)
        self.assertEqual(self.case.stage_id, self.second_mail)

    def test_without_an_address_no_copy_is_promised(self):
        self.customer.email = False
        with self.assertRaises(UserError):
            self._call().action_copy()
        self.assertFalse(self.env["dunning.call"].search([("case_id", "=", self.case.id)]))

    def test_a_call_that_was_made_is_kept_as_a_step_with_the_figures(self):
        self._call().action_promise()
        step = self.case.step_ids
        self.assertRecordValues(
            step, [{"stage_id": self.call_stage.id, "amount_net": 1000, "user_id": self.user.id, "state": "done"}]
        )
        self.assertEqual(step.snapshot["lines"], [[self._get_item(self.move).id, 1000]])

    def test_two_who_call_the_same_customer_complete_the_stage_once(self):
        first, second = self._call(), self._call(user=self.manager)
        first.action_other_payment()
        second.action_other_payment()
        self.assertEqual(len(self.case.call_ids), 2)
        self.assertEqual(len(self.case.step_ids), 1)
        self.assertEqual(self.case.stage_id, self.second_mail)

    def test_a_payment_that_came_meanwhile_is_seen(self):
        wizard = self._call()
        self._pay(self.move)
        with self.assertRaises(UserError):
            wizard.action_promise()
        self.assertFalse(self.case.promise_ids)

    def test_what_was_said_and_promised_before_is_there_in_the_next_case(self):
        self._call(note="Pays on Friday").action_promise()
        self._pay(self.move)
        self._scan()
        self._create_invoice(400)
        newer = self._scan() - self.case
        self.assertIn("Pays on Friday", newer.last_call_summary)
        self.assertEqual(newer.promise_summary, "1 of 1")

    def test_every_call_stage_that_comes_along_has_a_script(self):
        stages = self.env["dunning.stage"].search([("kind", "=", "call"), ("policy_id.company_id", "=", False)])
        self.assertTrue(stages)
        self.assertTrue(all(stages.mapped("call_script")))
