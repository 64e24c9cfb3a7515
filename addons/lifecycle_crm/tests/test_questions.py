"""The five questions: on the lead, before the quote, and the next contact that comes of them."""

import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .leads_common import LeadsCommon

AGAIN = datetime.date(2026, 6, 30)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestQuestions(LeadsCommon):
    def _get_status(self):
        return self.env["lifecycle.status"]._get(self.customer, self.company)

    # === ON THE LEAD === #

    def test_a_company_begins_with_five_questions(self):
        company = self.env["res.company"].create({"name": "Oleificio Nuovo"})
        questions = company._lifecycle_get_questions()
        self.assertEqual(questions.mapped("code"), ["why", "target", "understands", "afterwards", "again"])
        self.assertEqual(questions.mapped("kind"), ["text", "text", "yesno", "text", "date"])
        self.assertEqual(questions.filtered("is_next_contact").code, "again")
        company._lifecycle_ensure_questions()
        self.assertEqual(len(company._lifecycle_get_questions()), 5)

    def test_an_opportunity_is_prefilled_and_a_raw_lead_only_when_it_becomes_one(self):
        self.assertEqual(len(self.lead.lifecycle_answer_ids), 5)
        raw = self._create_lead("Address from a fair", self.customer, type="lead")
        self.assertFalse(raw.lifecycle_answer_ids)
        raw.type = "opportunity"
        self.assertEqual(len(raw.lifecycle_answer_ids), 5)

    def test_a_question_added_later_is_shown_on_demand(self):
        self.env["lifecycle.question"].create({"name": "Who decides?", "company_id": self.company.id, "sequence": 99})
        self.assertEqual(self.lead.lifecycle_open_count, 6)
        self.lead.with_user(self.seller).action_lifecycle_ask()
        self.lead.with_user(self.seller).action_lifecycle_ask()
        self.assertEqual(len(self.lead.lifecycle_answer_ids), 6)

    def test_blanks_are_no_answer(self):
        self._answer(self.lead, why="   ")
        self.assertEqual(self.lead.lifecycle_open_count, 5)
        self._answer(self.lead, why="To cook")
        self.assertEqual(self.lead.lifecycle_open_count, 4)

    def test_an_answered_question_does_not_become_another(self):
        self._answer(self.lead, why="To cook")
        question = self.lead.lifecycle_answer_ids.filtered("value_text").question_id
        with self.assertRaises(ValidationError):
            question.kind = "date"
        with self.assertRaises(UserError):
            self.lead.lifecycle_answer_ids[0].question_id = self.lead.lifecycle_answer_ids[1].question_id

    def test_a_choice_is_one_of_its_question(self):
        questions = self.env["lifecycle.question"].create(
            [
                {"name": name, "kind": "choice", "choice_ids": [Command.create({"name": "Large"})]}
                for name in ("Size?", "Place?")
            ]
        )
        self.lead._lifecycle_ask()
        answer = self.lead.lifecycle_answer_ids.filtered(lambda each: each.question_id == questions[0])
        answer.choice_id = questions[0].choice_ids
        self.assertEqual(answer.words, "Large")
        with self.assertRaises(ValidationError):
            answer.choice_id = questions[1].choice_ids

    def test_nothing_to_choose_from_and_a_text_as_next_contact_are_refused(self):
        for values in ({"kind": "choice"}, {"kind": "text", "is_next_contact": True}):
            with self.assertRaises(ValidationError):
                self.env["lifecycle.question"].create({"name": "What?", **values})

    def test_merged_leads_keep_the_answers_of_all(self):
        other = self._create_lead("Once more", self.customer)
        self._answer(self.lead, why="From the first")
        self._answer(other, why="From the second", target="Only here")
        head = (self.lead | other).merge_opportunity()
        told = {answer.question_id.code: answer.value_text for answer in head.lifecycle_answer_ids if answer.value_text}
        self.assertEqual(told["target"], "Only here")
        self.assertIn(told["why"], ("From the first", "From the second"))
        self.assertEqual(len(head.lifecycle_answer_ids), 5)

    def test_colleagues_answers_are_hidden_as_their_leads_are(self):
        colleague = self._create_user("lifecycle_colleague", "sales_team.group_sale_salesman")
        answer = self.lead.lifecycle_answer_ids[0]
        answer.with_user(self.seller).value_text = "Mine"
        with self.assertRaises(AccessError):
            answer.with_user(colleague).read(["value_text"])
        with self.assertRaises(AccessError):
            answer.with_user(self.seller).unlink()
        with self.assertRaises(AccessError):
            answer.question_id.with_user(self.seller).name = "Other"

    # === NEXT CONTACT === #

    def test_the_day_named_is_the_next_contact(self):
        self._answer(self.lead.with_user(self.seller), again=AGAIN)
        status = self._get_status()
        self.assertEqual(status.next_contact_date, AGAIN)
        self.assertEqual(status.next_contact_source, "questions")
        self.assertIn(self.lead.name, status.next_contact_note)

    def test_a_day_that_is_over_calls_nobody(self):
        self._answer(self.lead, again=datetime.date(2026, 6, 1))
        self.assertFalse(self._get_status().next_contact_date)

    def test_who_gets_a_name_later_is_called_on_his_day(self):
        lead = self._create_lead("Nameless", self.env["res.partner"])
        self._answer(lead, again=AGAIN)
        self.assertFalse(self._get_status().next_contact_date)
        lead.partner_id = self.customer
        self.assertEqual(self._get_status().next_contact_date, AGAIN)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestQuestionsBeforeQuote(LeadsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.lifecycle_questions_required = True
        cls.quote = cls._create_quote(cls.lead).with_user(cls.seller)

    def test_no_way_to_send_gets_round_open_questions(self):
        ways = (
            self.quote.action_quotation_send,
            self.quote.action_quotation_sent,
            lambda: self.quote.write({"state": "sent"}),
            lambda: self.quote.with_context(mark_so_as_sent=True).message_post(body="Here"),
            self.quote.action_confirm,
            lambda: self.quote.copy({"state": "sent", "opportunity_id": self.lead.id}),
        )
        for way in ways:
            with self.assertRaisesRegex(UserError, "Which target"), self.cr.savepoint():
                way()
            self.quote.invalidate_recordset()
            self.assertEqual(self.quote.state, "draft")

    def test_the_message_names_open_questions_alone(self):
        self._answer(self.lead, why="To cook", target="More", understands="no", again=AGAIN)
        with self.assertRaises(UserError) as caught:
            self.quote.action_quotation_sent()
        self.assertIn("What will be needed afterwards?", str(caught.exception))
        self.assertNotIn("Which target", str(caught.exception))
        self.assertIn(self.lead.name, str(caught.exception))

    def test_answered_questions_let_the_quote_go(self):
        self._answer_all(self.lead, AGAIN)
        self.assertEqual(self.quote.action_quotation_send()["res_model"], "mail.compose.message")
        self.quote.action_quotation_sent()
        self.assertEqual(self.quote.state, "sent")
        self.assertIn("He wants to", self.quote.lifecycle_answer_words)

    def test_questions_that_are_not_required_stop_nothing(self):
        self.company._lifecycle_get_questions().is_required = False
        self.quote.action_quotation_sent()
        self.assertEqual(self.quote.state, "sent")

    def test_other_products_need_no_questions(self):
        quote = self._create_quote(self.lead, self.product).with_user(self.seller)
        quote.action_quotation_sent()
        self.assertEqual(quote.state, "sent")

    def test_without_the_setting_nothing_is_required(self):
        self.company.lifecycle_questions_required = False
        self.quote.action_confirm()
        self.assertEqual(self.quote.state, "sale")

    def test_a_quote_without_opportunity_is_told_where_to_answer(self):
        quote = self._create_quote().with_user(self.seller)
        with self.assertRaisesRegex(UserError, "belongs to no opportunity"):
            quote.action_quotation_sent()

    def test_a_customer_who_signs_is_never_blocked(self):
        self.quote.sudo().state = "sent"
        self.quote.sudo()._validate_order()
        self.assertEqual(self.quote.state, "sale")
