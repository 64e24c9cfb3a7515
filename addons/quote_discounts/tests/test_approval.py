"""A quote beyond its seller's limits is asked for, decided by who may, and then leaves; within them nobody is asked."""

from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .approval_common import ApprovalCommon

NOW = "2026-03-12 10:00:00"


@tagged("post_install", "-at_install")
class TestApproval(ApprovalCommon):
    # === WHERE IT IS NEEDED, AND ONLY THERE === #

    def test_within_the_limits_nobody_is_asked(self):
        order = self._create_quote("10")
        self.assertEqual(order.discount_status, "within")
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.discount_request_ids)

    def test_beyond_them_a_quote_does_not_leave(self):
        order = self._create_quote("10,01")
        self.assertEqual(order.discount_status, "to_request")
        with self.assertRaisesRegex(UserError, "Ask for approval"):
            order.action_confirm()

    def test_what_needs_no_approval_is_not_asked_for(self):
        with self.assertRaisesRegex(UserError, "needs no approval"):
            self._create_quote("5").action_ask_approval()

    def test_without_limits_all_is_free(self):
        self.limit.active = False
        order = self._create_quote("90")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_who_could_approve_as_much_negotiates_it_himself(self):
        order = self._create_quote("30", user=self.lea)
        self.assertEqual(order.discount_status, "within")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_but_not_more(self):
        order = self._create_quote("31", user=self.lea)
        with self.assertRaises(UserError):
            order.action_confirm()
        self.assertEqual(self._ask(order).level_id, self.high)

    def test_nor_what_somebody_else_negotiated(self):
        order = self._create_quote("30")
        with self.assertRaises(UserError):
            order.with_user(self.lea).action_confirm()

    # === ASKING === #

    def test_the_lowest_level_that_suffices_is_asked(self):
        for discount, level in (("30", self.low), ("30,5", self.high), ("60", self.high)):
            with self.subTest(discount):
                self.assertEqual(self._ask(self._create_quote(discount)).level_id, level)

    def test_a_level_counts_margin_and_amount_too(self):
        self.machine.standard_price = 7500
        self.assertEqual(self._ask(self._create_quote("20")).level_id, self.low)  # margin 6.25 %
        self.machine.standard_price = 7700
        with self.assertRaisesRegex(UserError, "No level"):
            self._ask(self._create_quote("20"))  # 3.75 %
        self.machine.standard_price = 3000
        self.low.max_amount = 7000
        self.assertEqual(self._ask(self._create_quote("20")).level_id, self.high)

    def test_more_than_any_level_may_approve_is_said_at_once(self):
        with self.assertRaisesRegex(UserError, "No level of approval covers a discount of 61.00 %"):
            self._ask(self._create_quote("61"))

    def test_asking_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self._ask(self._create_quote("20"), "  ")

    def test_asking_twice_is_refused(self):
        order = self._create_quote("20")
        self._ask(order)
        with self.assertRaisesRegex(UserError, "asked for already"):
            self._ask(order)

    def test_the_dialog_asks(self):
        order = self._create_quote("20")
        action = order.action_ask_approval()
        dialog = Form(self.env["quote.discount.asking"].with_user(self.seller).with_context(**action["context"]))
        dialog.reason = "A competitor offers less"
        dialog.save().action_ask()
        self.assertRecordValues(
            order.sudo().discount_request_ids,
            [
                {
                    "state": "pending",
                    "requester_id": self.seller.id,
                    "level_id": self.low.id,
                    "discount": 20,
                    "margin": 62.5,
                    "amount": 8000,
                    "reason": "A competitor offers less",
                }
            ],
        )
        self.assertEqual(order.discount_status, "pending")

    def test_the_approvers_get_an_activity_and_a_mail(self):
        request = self._ask(self._create_quote("20"))
        self.assertEqual(request.activity_ids.user_id, self.lea)
        mail = self.env["mail.mail"].sudo().search([("model", "=", request._name), ("res_id", "=", request.id)])
        self.assertEqual(mail.recipient_ids, self.lea.partner_id)
        self.assertIn(f"/quotes/approval/{request.id}", mail.body_html)
        self.assertRegex(mail.body_html, "20.00 %")

    @freeze_time(NOW)
    def test_a_request_has_the_deadline_of_its_level(self):
        self.assertEqual(self._ask(self._create_quote("20")).deadline, datetime(2026, 3, 12, 14))

    # === DECIDING === #

    def test_an_approved_quote_leaves(self):
        order = self._create_quote("20")
        request = self._approve(order)
        self.assertEqual(order.discount_status, "approved")
        self.assertFalse(request.activity_ids)
        order.action_quotation_sent()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_refused_one_does_not_and_says_why(self):
        order = self._create_quote("20")
        request = self._ask(order)
        action = request.with_user(self.lea).action_refuse()
        dialog = Form(self.env["quote.discount.refusal"].with_user(self.lea).with_context(**action["context"]))
        dialog.comment = "He pays late"
        dialog.save().action_refuse()
        self.assertRecordValues(
            request, [{"state": "rejected", "comment": "He pays late", "decided_by_id": self.lea.id}]
        )
        self.assertEqual(order.discount_status, "refused")
        self.assertIn("He pays late", order.discount_notice)
        with self.assertRaisesRegex(UserError, "He pays late"):
            order.action_confirm()
        self.assertIn("He pays late", order.message_ids[0].body)

    def test_a_refusal_needs_a_reason(self):
        request = self._ask(self._create_quote("20"))
        with self.assertRaisesRegex(UserError, "Say why"):
            request.with_user(self.lea)._decide(False, " ")

    def test_a_refused_quote_may_be_bettered_or_asked_for_again(self):
        order = self._create_quote("20")
        self._ask(order).with_user(self.lea)._decide(False, "No")
        order.order_line.discount_text = "15"
        self._approve(order)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_request_is_taken_back_by_who_asked(self):
        order = self._create_quote("20")
        request = self._ask(order)
        with self.assertRaisesRegex(UserError, "Only who asked"):
            request.with_user(self.lea).action_withdraw()
        order.action_withdraw_approval()
        self.assertEqual(request.state, "withdrawn")
        self.assertEqual(order.discount_status, "to_request")
        with self.assertRaisesRegex(UserError, "not open any more"):
            request.with_user(self.lea).action_approve()

    def test_a_decision_is_made_once(self):
        request = self._ask(self._create_quote("20"))
        request.with_user(self.lea).action_approve()
        with self.assertRaisesRegex(UserError, "not open any more: approved"):
            request.with_user(self.lea)._decide(False, "Yet no")

    def test_several_are_decided_in_a_list_and_those_that_cannot_be_are_named(self):
        mine, other, done = (self._ask(self._create_quote(text)) for text in ("20", "40", "25"))
        done.with_user(self.lea).action_approve()
        requests = (mine + other + done).with_user(self.lea).sudo(False)
        self.limit.flush_recordset()
        result = requests.with_user(self.manager)._decide_each(True)
        self.assertEqual(result["params"]["title"], "Decided: 0 of 3")
        result = (mine + done).with_user(self.lea)._decide_each(True)
        self.assertEqual(mine.state, "approved")
        self.assertIn(done.display_name, result["params"]["message"])
        self.assertNotIn(mine.display_name, result["params"]["message"])

    def test_a_cancelled_quote_is_not_approved_any_more(self):
        order = self._create_quote("20")
        request = self._ask(order)
        order.action_cancel()
        self.assertEqual(request.state, "superseded")

    # === WHO MAY NOT === #

    def test_others_than_the_approvers_do_not_decide(self):
        request = self._ask(self._create_quote("20"))
        for user in (self.dora, self.manager):
            with self.subTest(user.login), self.assertRaises(UserError):
                request.with_user(user).action_approve()
        with self.assertRaisesRegex(UserError, "not one of its approvers"):
            request.with_user(self.manager).action_approve()
        with self.assertRaisesRegex(UserError, "somebody else"):
            request.with_user(self.seller).action_approve()
        self.assertEqual(request.state, "pending")

    def test_who_asks_never_decides_even_as_an_approver(self):
        self.low.user_ids += self.seller
        self.low.max_discount = 15  # or his own authority would do
        order = self._create_quote("20")
        self.low.max_discount = 30
        self.low.user_ids = self.lea
        request = self._ask(order)
        self.low.user_ids += self.seller
        with self.assertRaisesRegex(UserError, "somebody else has to decide"):
            request.with_user(self.seller).action_approve()

    def test_who_negotiated_a_line_never_decides(self):
        order = self._create_quote("20")
        request = self._ask(order)
        order.order_line.with_user(self.lea).discount_text = "19"
        order.order_line.with_user(self.seller).discount_text = "18"
        self.low.user_ids += self.dora
        request.sudo()._set_deciders()
        self.assertIn(self.dora, request.decider_ids)
        order.order_line.with_user(self.dora).discount_text = "17"
        with self.assertRaisesRegex(UserError, "negotiated it yourself"):
            request.with_user(self.dora).action_approve()

    def test_the_level_must_still_be_able_to(self):
        request = self._ask(self._create_quote("20"))
        self.low.max_discount = 15
        with self.assertRaisesRegex(UserError, "may not approve so much any more"):
            request.with_user(self.lea).action_approve()

    def test_a_seller_sees_his_own_requests_without_costs(self):
        request = self._ask(self._create_quote("20"))
        seen = request.with_user(self.seller)
        self.assertEqual(seen.discount, 20)
        self.assertFalse(seen.margin_text)
        self.assertNotIn("Margin", seen.snapshot_html)
        for name in ("margin", "snapshot"):
            with self.assertRaises(AccessError):
                seen.read([name])
        self.assertRegex(request.with_user(self.lea).margin_text, "62.50 %")
        self.assertIn("Margin", request.with_user(self.lea).snapshot_html)
        stranger = self._create_salesperson("quote_stranger")
        with self.assertRaises(AccessError):
            request.with_user(stranger).read(["discount"])

    def test_an_approver_sees_all_decimals_of_a_price(self):
        screw = self._create_product("Screw", 0.035, standard_price=0.01, taxes_id=self.vat22.ids)
        line = {"product_id": screw.id, "product_uom_qty": 1000, "discount_text": "20"}
        content = self._ask(self._create_order(line)).with_user(self.lea).snapshot_html
        self.assertRegex(content, "0[.,]035")
        self.assertRegex(content, "0[.,]028")


@tagged("post_install", "-at_install")
class TestApprovalSnapshot(ApprovalCommon):
    """What was approved is bound to its content: better needs nothing new, worse asks again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(
            {"product_id": cls.machine.id, "product_uom_qty": 2, "discount_text": "20"},
            {"product_id": cls.pasta_product.id, "product_uom_qty": 100},
        )
        cls.machine_line, cls.pasta_line = cls.order.order_line
        cls.request = cls.order._ask_approval("A competitor").sudo()
        cls.request.with_user(cls.lea).action_approve()

    def _assert_approved(self):
        self.assertEqual(self.request.state, "approved")
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def _assert_overtaken(self):
        self.assertEqual(self.request.state, "superseded")
        self.assertEqual(self.order.discount_status, "to_request")
        with self.assertRaises(UserError):
            self.order.action_confirm()

    def test_a_better_price_needs_nothing_new(self):
        self.machine_line.discount_text = "19"
        self._assert_approved()

    def test_nor_a_smaller_quantity(self):
        self.machine_line.product_uom_qty = 1
        self.pasta_line.product_uom_qty = 300  # it earns less than the machine, but is within the limits
        self._assert_approved()

    def test_nor_another_line_within_the_limits(self):
        line = {"product_id": self.pasta_product.id, "discount_text": "10"}
        self.order.order_line = [Command.create({**line, "product_id": self._create_product("Oil", 8).id})]
        self._assert_approved()

    def test_nor_lines_that_are_split(self):
        self.machine_line.product_uom_qty = 1
        self.machine_line.copy({"order_id": self.order.id})
        self._assert_approved()

    def test_a_worse_price_asks_again_visibly(self):
        self.machine_line.discount_text = "20,5"
        self._assert_overtaken()
        self.assertIn("costs less", self.request.event_ids[0].comment)

    def test_so_does_more_of_what_was_approved(self):
        self.machine_line.product_uom_qty = 3
        self._assert_overtaken()

    def test_and_a_worse_price_of_another_line(self):
        self.pasta_line.discount_text = "9"  # within the limits, but not what was approved
        self._assert_overtaken()

    def test_nor_that_a_poor_line_is_taken_away(self):
        self.pasta_line.unlink()  # it earned less than the machine
        self._assert_approved()

    def test_and_a_margin_that_falls_with_a_good_line(self):
        rich = self._create_product("Service", 5000, standard_price=100)
        order = self._create_order({"product_id": self.machine.id, "discount_text": "20"}, {"product_id": rich.id})
        request = self._approve(order)
        order.order_line[1].unlink()
        self.assertEqual(request.state, "superseded")
        self.assertIn("margin", request.event_ids[0].comment)

    def test_and_another_customer(self):
        self.order.partner_id = self.env["res.partner"].create({"name": "Other"})
        self._assert_overtaken()

    def test_but_not_that_a_customer_was_there_twice(self):
        twin = self.customer.copy()
        sent, approved = self._create_quote("5", partner_id=twin.id), self._create_quote("20", partner_id=twin.id)
        sent.action_quotation_sent()
        self._approve(approved)
        self.limit.max_discount = 1
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((twin + self.customer).ids, self.customer)
        self.env.invalidate_all()
        self.assertEqual((sent + approved).partner_id, self.customer)
        self.assertTrue(sent._is_within_authority() and approved._is_within_authority())

    def test_and_a_discount_for_early_payment(self):
        term = self.env["account.payment.term"].create(
            {"name": "2/10", "early_discount": True, "discount_percentage": 2, "discount_days": 10}
        )
        self.order.payment_term_id = term
        self._assert_overtaken()

    def test_the_same_for_a_request_that_waits(self):
        order = self._create_quote("20")
        request = self._ask(order)
        order.order_line.discount_text = "15"
        self.assertEqual(request.state, "pending")
        order.order_line.discount_text = "25"
        self.assertEqual(request.state, "superseded")
        with self.assertRaisesRegex(UserError, "not open any more"):
            request.with_user(self.lea).action_approve()

    def test_a_dearer_cost_is_not_the_sellers_doing(self):
        self.machine.standard_price = 9000
        self._assert_approved()

    def test_a_copy_is_not_approved(self):
        copy = self.order.copy()
        self.assertFalse(copy.discount_request_ids)
        with self.assertRaises(UserError):
            copy.action_confirm()
