"""Where an invoice stands, and what the customer's form says."""

from datetime import date

from freezegun import freeze_time

from odoo.tests import Form, new_test_user, tagged

from ..cases.standing import STANDINGS, Position, standing
from ..promises.schedule import Instalment
from .common import TODAY, DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestStanding(DunningCommon):
    def setUp(self):
        super().setUp()
        self.clerk = new_test_user(self.env, "clerk", groups="account.group_account_invoice", lang="en_US")

    def _stands(self, move):
        move.invalidate_recordset()
        found = move.with_user(self.clerk)
        return found.dunning_standing, found.dunning_standing_text

    def test_an_invoice_goes_from_not_due_to_paid(self):
        move = self._create_invoice(due="2026-06-15")
        self.assertEqual(self._stands(move), ("not_due", "Due on 06/15/2026"))
        with freeze_time("2026-06-16"):
            self._scan()
            # end of the month and ten days
            self.assertEqual(self._stands(move), ("patience", "Patience until 07/10/2026"))
        with freeze_time("2026-08-10"):
            self._scan()
            self.assertEqual(self._stands(move), ("overdue", "Overdue since 06/16/2026"))
            self._pay(move, date="2026-08-10")
            self.assertEqual(self._stands(move), (False, False))

    def test_what_was_done_last_is_shown(self):
        move = self._create_invoice(due="2026-03-15")
        case = self._scan()
        for kind, words in (("mail", "Reminded"), ("call", "Called")):
            stage = case.policy_id.stage_ids.filtered(lambda stage, kind=kind: stage.kind == kind)[:1]
            vals = case._prepare_step_vals(stage, self.user)
            self.env["dunning.step"].create({**vals, "state": "done", "done_on": "2026-06-12 09:00:00"})
            self.assertEqual(self._stands(move)[1], f"{words} on 06/12/2026")
        later = self._create_invoice(due="2026-03-16")
        self._scan()
        self.assertEqual(self._stands(later)[0], "overdue", "it was not yet there when the customer was called")

    def test_promised_disputed_insolvent_and_given_up(self):
        move, other = self._create_invoice(due="2026-03-15"), self._create_invoice(500, due="2026-03-16")
        case = self._scan()
        case._dispute(case.line_ids.filtered(lambda line: line.move_id == other), "price")
        self.assertEqual(self._stands(other), ("disputed", "Disputed"))
        case._promise([Instalment(1, date(2026, 6, 30), 100000, 100000)])
        self.assertEqual(self._stands(move), ("promised", "Promised for 06/30/2026"))
        self.customer.dunning_insolvency_date = TODAY
        self.assertEqual(self._stands(move), ("stopped", "Customer insolvent"))
        case._close("lost")
        self.assertEqual(self._stands(move), ("lost", "Lost"))

    def test_bills_and_credit_notes_stand_nowhere(self):
        bill = self._create_invoice(due="2026-03-15", move_type="in_invoice")
        credit_note = self._create_invoice(due="2026-03-15", move_type="out_refund")
        draft = self.env["account.move"].create({"move_type": "out_invoice", "partner_id": self.customer.id})
        for move in (bill, credit_note, draft):
            self.assertEqual(self._stands(move), (False, False))

    def test_every_word_of_the_field_is_known_to_the_arithmetic(self):
        self.assertEqual(
            [key for key, _name in self.env["account.move"]._fields["dunning_standing"].selection], list(STANDINGS)
        )

    def test_a_notice_that_arrived_says_so(self):
        position = Position(
            date(2026, 3, 15), date(2026, 4, 10), "active", "open", notice=("delivered", date(2026, 6, 1))
        )
        self.assertEqual(standing(position, TODAY), ("delivered", date(2026, 6, 1)))

    def test_the_case_is_one_click_away_for_who_may_see_it(self):
        move = self._create_invoice(due="2026-03-15")
        case = self._scan()
        found = move.with_user(self.user)
        self.assertEqual(found.action_open_dunning_case()["res_id"], case.id)
        Form(move.with_user(self.clerk))  # opens without a right to cases

    def test_a_list_of_invoices_takes_as_few_queries_as_one(self):
        moves = self._create_invoice(due="2026-03-15")
        partners = [self._create_customer(f"Cliente {number}") for number in range(5)]
        for partner in partners:
            moves |= self._create_invoice(due="2026-03-15", partner=partner)
            self._scan(partner)
        self.env.flush_all()
        for some in (moves[:1], moves):
            self.env.invalidate_all()
            with self.assertQueryCount(14):
                some.mapped("dunning_standing_text")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPartnerGlance(DunningCommon):
    def test_the_form_says_how_a_customer_pays_and_what_comes_next(self):
        paid = self._create_invoice(due="2026-03-31")
        self._pay(paid, date="2026-04-12")
        self._create_invoice(700, due="2026-04-30")
        case = self._scan()
        clerk = new_test_user(
            self.env, "clerk", groups="account.group_account_invoice,base.group_partner_manager", lang="en_US"
        )
        with Form(self.customer.with_user(clerk)) as form:
            self.assertEqual(
                form.dunning_sentence,
                "Usually pays 12 days after the due date, 0% on time. "
                "Has never paid as late as what fell due on 04/30/2026 is by now.",
            )
        customer = self.customer.with_user(clerk)
        self.assertEqual((customer.dunning_open_amount, customer.dunning_overdue_amount), (700, 700))
        self.assertFalse(customer.dunning_last_contact)
        self.assertIn(case.stage_id.name, customer.dunning_next_step)
        self.env["dunning.call"].create({"case_id": case.id, "outcome": "no_answer", "date": "2026-06-11 09:00:00"})
        self.customer.invalidate_recordset()
        self.assertEqual(customer.dunning_last_contact, "Called on 06/11/2026")

    def test_a_new_customer_and_one_being_entered_have_a_form_too(self):
        Form(self.env["res.partner"].with_user(self.env.ref("base.user_admin")))
        self.assertFalse(self.customer.dunning_next_step)
        self.assertEqual(self.customer.dunning_open_amount, 0)

    def test_who_sees_no_invoices_sees_no_habits(self):
        seller = new_test_user(self.env, "seller", groups="sales_team.group_sale_salesman")
        self.assertNotIn("dunning_sentence", self.customer.with_user(seller).fields_get())

    def test_many_customers_take_as_few_queries_as_one(self):
        partners = self.customer
        for number in range(4):
            partners |= self._create_customer(f"Cliente {number}")
            self._create_invoice(due="2026-03-15", partner=partners[-1])
            self._scan(partners[-1])
        self.env.flush_all()
        for some in (self.customer, partners):
            self.env.invalidate_all()
            with self.assertQueryCount(20):
                some.mapped("dunning_sentence")
                some.mapped("dunning_next_step")

    def test_the_button_opens_what_is_open(self):
        open_one = self._create_invoice(due="2026-07-31")
        self._pay(self._create_invoice(due="2026-03-31"), date="2026-04-12")
        action = self.customer.action_open_dunning_items()
        self.assertEqual(self.env["account.move.line"].search(action["domain"]).move_id, open_one)
