"""Where a decision leads: back to dunning, to a plan, to a waiver, or on the legal way with its terms and its end."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .review_common import ReviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestWhereADecisionLeads(ReviewCommon):
    def test_who_insists_takes_the_stages_once_more(self):
        call = self.business.stage_ids.filtered(lambda stage: stage.kind == "call")[-1]
        action = self._decide(self._review(), "insist")
        self.assertEqual((action["res_model"], action["res_id"]), ("dunning.case", self.case.id))
        self.assertRecordValues(
            self.case,
            [{"state": "open", "stage_id": call.id, "cycle": 2, "action_date": date(2026, 6, 30)}],
        )
        first = self.business.stage_ids[0]
        with freeze_time("2026-07-15 08:00:00"):
            self._decide(self._review(), "insist", stage_id=first)
            self.assertRecordValues(self.case, [{"stage_id": first.id, "cycle": 3, "is_due": True}])
            self.assertTrue(self.case._claim_mail(), "the reminder goes out again")

    def test_one_goes_on_with_a_stage_of_the_policy_only(self):
        review = self._review()
        foreign = self.env.ref("dunning_it.dunning_stage_consumer_2")
        for stage in (foreign, self.review_stage, None):
            with self.assertRaisesRegex(UserError, "Choose the step"), self.env.cr.savepoint():
                review._decide(self._line(review, "insist"), stage=stage)

    def test_a_plan_is_agreed_in_the_form_of_the_call(self):
        action = self._decide(self._review(), "plan")
        wizard = self.env["dunning.call.wizard"].browse(action["res_id"]).with_user(self.user)
        self.assertEqual((action["res_model"], wizard.promise_count), ("dunning.call.wizard", 3))
        wizard.write({"promise_date": "2026-06-30"})
        wizard.action_promise()
        self.assertEqual(len(self.case.promise_ids), 3)
        self.assertEqual((self.case.state, self.case.stage_id), ("paused", self.review_stage))

    def test_a_waiver_is_proposed(self):
        action = self._decide(self._review(), "waiver")
        self.assertEqual((action["res_model"], action["res_id"]), ("dunning.waiver", self.case.waiver_ids.id))
        self.assertEqual(self.case.state, "open", "until it is approved")

    def test_the_legal_way_takes_the_case_out_of_dunning(self):
        action = self._decide(self._review(), "injunction", note="Signed quote")
        way = self.case.legal_way_id
        self.assertEqual((action["res_model"], action["res_id"]), ("dunning.legal.way", way.id))
        self.assertRecordValues(
            way,
            [{"way": "injunction", "court": "justice_of_peace", "audience": "company", "outcome": False}],
        )
        self.assertEqual(way.activity_ids.summary, "Prepare the documents and file")
        self.assertRecordValues(self.case, [{"state": "legal", "is_due": False}])
        self.assertIn("Signed quote", self.case.message_ids[0].body)
        self._scan()
        self.assertEqual(self.case.state, "legal", "the scan leaves it there")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestLegalWay(ReviewCommon):
    def take(self, way="injunction", case=None):
        self._decide(self._review(case), way)
        return (case or self.case).legal_way_id.with_user(self.user)

    def test_each_milestone_brings_its_term_and_its_errand(self):
        way = self.take()
        self.assertFalse(way.deadline_date)
        way.write({"filed_date": "2026-06-01", "register_number": "R.G. 123/2026"})
        self.assertFalse(way.activity_ids, "one waits for the judge")
        way.issued_date = "2026-06-10"
        self.assertRecordValues(
            way, [{"deadline_date": date(2026, 8, 9), "deadline_name": "Have the order served, or it is void"}]
        )
        self.assertEqual(way.activity_ids.mapped("date_deadline"), [date(2026, 8, 9)])
        way.served_date = "2026-06-15"
        self.assertEqual(way.deadline_date, date(2026, 7, 25))
        self.assertIn("oppose", way.activity_ids.summary)
        way.opposed_date = "2026-06-15"
        self.assertFalse(way.deadline_date or way.activity_ids)

    def test_an_administration_is_not_enforced_against_before_its_days(self):
        way = self.take()
        way.sudo().audience = "pa"
        way.write({"issued_date": "2026-03-01", "served_date": "2026-03-10", "executive_date": "2026-04-20"})
        self.assertEqual(way.deadline_date, date(2026, 8, 18))

    def test_an_administration_has_its_days_to_certify(self):
        customer = self._create_customer("Comune di Valdora", l10n_it_pa_index="UFVLD1")
        self._create_invoice(7000, partner=customer)
        case = self._scan(customer)
        way = self.take("pcc_certification", case)
        way.filed_date = "2026-06-15"
        self.assertEqual(way.deadline_date, date(2026, 7, 15))
        way.issued_date = "2026-06-15"
        self.assertFalse(way.deadline_date)

    def test_a_term_follows_the_table_and_says_when_nobody_has_confirmed_it(self):
        way = self.take()
        way.issued_date = "2026-06-10"
        self.assertTrue(way.is_deadline_confirmed)
        row = self.env.ref("dunning_it.legal_service_days")
        row.amount = 90
        way.invalidate_recordset()
        self.assertEqual((way.deadline_date, way.is_deadline_confirmed), (date(2026, 9, 8), False))
        row.unlink()
        way.invalidate_recordset()
        self.assertEqual((way.deadline_date, way.is_deadline_confirmed), (False, False))
        self.assertTrue(way.deadline_name)

    def test_milestones_are_in_order_and_not_of_tomorrow(self):
        way = self.take()
        with self.assertRaisesRegex(ValidationError, "today or before"):
            way.filed_date = "2026-06-16"
        with self.assertRaisesRegex(ValidationError, "“Issued On” is before “Filed On”"):
            way.write({"filed_date": "2026-06-10", "issued_date": "2026-06-09"})

    def test_a_payment_in_full_ends_it(self):
        way = self.take()
        self._pay(self.case.line_ids.move_id)
        self._scan()
        self.assertRecordValues(way, [{"outcome": "paid", "end_date": date(2026, 6, 15)}])
        self.assertFalse(way.activity_ids)
        with self.assertRaisesRegex(UserError, "decided"):
            way.filed_date = "2026-06-15"

    def test_a_payment_that_bounces_takes_it_up_again(self):
        way = self.take()
        payment = self._pay(self.case.line_ids.move_id)
        self._scan()
        self.assertEqual(self.case.state, "closed")
        payment.action_draft()
        payment.action_cancel()
        self._scan()
        self.assertEqual((self.case.state, way.outcome, self.case.legal_way_id), ("legal", False, way))

    def test_with_a_customer_that_is_merged_the_way_goes_over(self):
        other = self._create_customer("Bar Verdi")
        case = self._bring_to_review(900, other)
        way = self.take("injunction", case)
        self.env["dunning.case"].sudo()._merge_cases(other, self.customer)
        self.assertRecordValues(way, [{"case_id": self.case.id, "outcome": False}])
        self.assertEqual((self.case.state, case.state), ("legal", "closed"))

    def test_what_is_lost_or_settled_is_not_asked_for_again(self):
        for outcome, button in (("lost", "action_lose"), ("settled", "action_settle")):
            customer = self._create_customer(f"Bar {outcome}")
            case = self._bring_to_review(900, customer)
            way = self.take("injunction", case)
            getattr(way.with_user(self.manager), button)()
            self.assertRecordValues(case, [{"state": "closed", "close_reason": outcome}])
            self.assertEqual(way.outcome, outcome)
            self.assertEqual(self._scan(customer), case)
            self.assertEqual(case.state, "closed")

    def test_back_to_dunning_it_goes_on_where_it_stood(self):
        way = self.take()
        way.action_withdraw()
        self.assertEqual(way.outcome, "withdrawn")
        self.assertRecordValues(self.case, [{"state": "open", "stage_id": self.review_stage.id, "is_due": True}])
        with self.assertRaisesRegex(UserError, "ended already"):
            way.action_withdraw()

    def test_one_way_follows_another(self):
        first = self.take("assisted_negotiation")
        second = self.take("ordinary_action")
        self.assertEqual((first.outcome, second.outcome), ("replaced", False))
        self.assertEqual(self.case.state, "legal")
        self._decide(self._review(), "insist")
        self.assertRecordValues(self.case, [{"state": "open", "legal_way_id": False}])

    def test_a_negotiation_that_ended_without_agreement_is_at_hand_for_the_action(self):
        self.take("assisted_negotiation").filed_date = "2026-06-01"
        names = [paper["name"] for paper in self._line(self._review(), "ordinary_action").answer["missing"]]
        self.assertIn("Attempt at assisted negotiation", names)
        self.case.legal_way_id.with_user(self.user).action_withdraw()
        names = [paper["name"] for paper in self._line(self._review(), "ordinary_action").answer["missing"]]
        self.assertNotIn("Attempt at assisted negotiation", names)
