"""What people click in the stories: a quote is negotiated and signed on telephones, a debtor pays first."""

from odoo.fields import Command
from odoo.tests import tagged

from .flow_common import FlowCommon


class FlowTourCommon(FlowCommon):
    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller.password = "quote_seller"
        cls.env["quote.discount.limit"].create({"max_discount": 40})

    def _create_quote(self, discount, **values):
        line = {"product_id": self.machine.id, "discount_text": discount}
        return self._create_order(line, partner_id=self.mario.id, **values)

    def _open(self, order, tour):
        self.start_tour(f"/odoo/sales/{order.id}", tour, login="quote_seller")

    def _show(self, order, tour):
        self.start_tour(order.get_portal_url(), tour, login="flow_mario")
        self.env.invalidate_all()


@tagged("post_install", "-at_install", "tour")
class TestFlowTours(FlowTourCommon):
    def test_a_quote_is_negotiated_and_signed_on_telephones(self):
        level = {"name": "Direction", "max_discount": 60, "min_margin": 5, "user_ids": [Command.set(self.boss.ids)]}
        self.env["quote.discount.level"].create(level)
        order = self._create_quote("40+10", require_signature=True, require_payment=False)
        self._open(order, "flow_seller_asks")
        request = self.env["quote.discount.request"].with_user(self.boss).search([("order_id", "=", order.id)])
        self.assertEqual((request.state, request.reason), ("pending", "A competitor gives as much"))
        request.action_approve()
        order.action_quotation_sent()
        self._show(order, "flow_customer_signs")
        self.assertRecordValues(order, [{"state": "sale", "acceptance": "valid", "signed_by": "Mario Rossi"}])

    def test_a_debtor_pays_first_on_his_telephone(self):
        self._prepare_payment()
        watch = {"partner_id": self.customer.id, "effect": "prepay", "reason": "Under formal notice"}
        self.env["dunning.watch"].with_user(self.dunning_manager).create(watch)
        order = self._create_quote("5", require_signature=False)
        self._open(order, "flow_seller_is_told")
        order.action_quotation_sent()
        self._show(order, "flow_customer_pays_first")
        transaction = order.sudo().transaction_ids
        self.assertEqual((transaction.state, transaction.amount), ("done", order.amount_total))
        transaction._post_process()
        self.assertEqual(order.state, "sale")
