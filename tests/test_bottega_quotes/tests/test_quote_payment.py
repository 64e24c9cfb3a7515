"""A quote beyond the limits is closed before money is taken; money that comes nevertheless is never lost."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.payment.tests.http_common import PaymentHttpCommon
from odoo.addons.quote_discounts.tests.approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestQuotePayment(ApprovalCommon, PaymentHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(
            {"product_id": cls.machine.id, "discount_text": "50"}, require_payment=True, require_signature=False
        )
        cls.good = cls._create_order(
            {"product_id": cls.machine.id, "discount_text": "5"}, require_payment=True, require_signature=False
        )
        cls.demo = cls._prepare_provider("demo", update_values={"is_published": True})
        cls.demo_method = (
            cls.env.ref("payment_demo.payment_method_demo", raise_if_not_found=False)
            or (cls.demo.with_context(active_test=False).payment_method_ids[:1])
        )
        cls.demo_method.active = True

    def _pay(self, order, amount=None):
        return self.make_jsonrpc_request(
            f"/my/orders/{order.id}/transaction",
            {
                "access_token": order._portal_ensure_token(),
                "provider_id": self.demo.id,
                "payment_method_id": self.demo_method.id,
                "token_id": None,
                "amount": amount or order.amount_total,
                "flow": "direct",
                "tokenization_requested": False,
                "landing_route": "/my",
            },
        )

    def _begin(self, order, **values):
        return self.env["payment.transaction"].create(
            {
                "provider_id": self.demo.id,
                "payment_method_id": self.demo_method.id,
                "reference": f"{order.name}-{values}",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "operation": "online_direct",
                "sale_order_ids": [(6, 0, order.ids)],
                **values,
            }
        )

    def _count(self):
        return self.env["payment.transaction"].search_count([])

    def test_the_route_takes_no_money_for_it(self):
        count = self._count()
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._pay(self.order)
        self.assertEqual(self._count(), count)
        self._pay(self.good)
        self.assertEqual(self._count(), count + 1)

    def test_nor_for_a_part_of_it(self):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._pay(self.order, amount=10)

    def test_nor_does_a_colleague_on_the_customers_page(self):
        self.authenticate(self.seller.login, self.seller.login)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._pay(self.order)

    def test_whatever_makes_the_transaction(self):
        with self.assertRaisesRegex(ValidationError, "being revised"):
            self._begin(self.order)
        for commands in ([(4, self.order.id)], [(6, 0, (self.good + self.order).ids)]):
            with self.assertRaises(ValidationError):
                self._begin(self.good, sale_order_ids=commands)

    def test_the_page_has_no_form_to_pay(self):
        for order, form in ((self.good, True), (self.order, False)):
            self.assertEqual(order._has_to_be_paid(), form)
            for amount in ({}, {"payment_amount": order.amount_total}):
                page = self._make_http_get_request(
                    self._build_url(f"/my/orders/{order.id}"), {"access_token": order._portal_ensure_token(), **amount}
                )
                self.assertEqual("o_payment_form" in page.text, form)

    def test_nor_has_it_for_a_colleague_with_an_amount(self):
        self.authenticate(self.seller.login, self.seller.login)
        page = self._make_http_get_request(
            self._build_url(f"/my/orders/{self.order.id}"),
            {"access_token": self.order._portal_ensure_token(), "payment_amount": self.order.amount_total},
        )
        self.assertIn("Macchina", page.text)
        self.assertNotIn("o_payment_form", page.text)

    def test_no_link_asks_for_it(self):
        wizard = self.env["payment.link.wizard"].with_user(self.seller)
        context = {"active_model": "sale.order", "active_id": self.order.id}
        with self.assertRaises(UserError):
            wizard.with_context(**context).create({})

    def test_money_for_a_quote_that_got_worse_meanwhile_is_kept_and_somebody_looks_at_it(self):
        for state in ("done", "authorized", "pending"):
            with self.subTest(state):
                order = self._create_order(
                    {"product_id": self.machine.id, "discount_text": "5"}, require_payment=True, require_signature=False
                )
                transaction = self._begin(order)
                order.order_line.discount_text = "50"
                transaction.state = state
                transaction.amount = order.amount_total
                transaction._post_process()
                self.assertEqual(order.state, "draft")
                activity = order.activity_ids
                self.assertEqual(activity.user_id, self.dora)
                self.assertIn("Paid", activity.summary)

    def test_money_for_a_good_quote_confirms_it(self):
        transaction = self._begin(self.good)
        transaction.state = "done"
        transaction._post_process()
        self.assertEqual(self.good.state, "sale")

    def test_an_order_is_paid_whatever_the_limits_say_later(self):
        self.good.action_confirm()
        self.limit.max_discount = 1
        self.assertTrue(self._begin(self.good))
