"""The customer's pages of a quote that is beyond the limits, and what a seller can call over the network."""

from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .approval_common import ApprovalCommon

SIGNATURE = "R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs="


@tagged("post_install", "-at_install")
class TestGatePortal(ApprovalCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order({"product_id": cls.machine.id, "discount_text": "50"}, require_signature=True)
        cls.good = cls._create_order({"product_id": cls.machine.id, "discount_text": "5"}, require_signature=True)

    def _open(self, order, **query):
        words = "&".join(f"{name}={value}" for name, value in query.items())
        return self.url_open(f"/my/orders/{order.id}?access_token={order._portal_ensure_token()}&{words}")

    def _sign(self, order):
        return self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {
                "access_token": order._portal_ensure_token(),
                "content_digest": order.sudo()._get_content_digest(),
                "name": "Rossi",
                "signature": SIGNATURE,
            },
        )

    def test_the_page_shows_nothing_of_it(self):
        page = self._open(self.order)
        self.assertIn("revising", page.text)
        self.assertIn(self.order.name, page.text)
        self.assertNotIn("Macchina", page.text)
        self.assertIn("Macchina", self._open(self.good).text)

    def test_nor_do_its_files(self):
        for report_type in ("pdf", "html", "text"):
            self.assertIn("revising", self._open(self.order, report_type=report_type, download="true").text)
        token = self.order._portal_ensure_token()
        for path in ("download_edi", "document/1"):
            page = self.url_open(f"/my/orders/{self.order.id}/{path}?access_token={token}")
            self.assertNotIn("Macchina", page.text)

    def test_nor_does_it_with_an_amount_to_pay(self):
        self.order.require_payment = True
        page = self._open(self.order, payment_amount=self.order.amount_total)
        self.assertIn("revising", page.text)
        self.assertNotIn("o_payment_form", page.text)

    def test_it_is_not_signed(self):
        self.assertIn("error", self._sign(self.order))
        self.assertRecordValues(self.order, [{"state": "draft", "signature": False, "signed_by": False}])

    def test_a_good_one_is(self):
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            self.assertNotIn("error", self._sign(self.good))
        self.assertRecordValues(self.good, [{"state": "sale", "signed_by": "Rossi"}])

    def test_a_quote_that_gets_worse_behind_the_open_page_is_not_signed(self):
        self.good.action_quotation_sent()
        self._open(self.good)
        self.good.order_line.discount_text = "60"
        self.assertIn("error", self._sign(self.good))
        self.assertEqual(self.good.state, "draft")

    def test_the_customer_does_not_find_it_in_his_list(self):
        portal = new_test_user(self.env, "quote_portal", groups="base.group_portal", lang="en_US")
        self.customer.child_ids = portal.partner_id
        for order in (self.good, self.order):
            order.sudo().message_subscribe(portal.partner_id.ids)
        self.good.action_quotation_sent()
        self._approve(bad := self._create_quote("20"))
        bad.action_quotation_sent()
        self.env.cr.execute("UPDATE sale_order SET discount_status = 'to_request' WHERE id = %s", [bad.id])
        self.env.invalidate_all()
        self.authenticate("quote_portal", "quote_portal")
        page = self.url_open("/my/quotes").text
        self.assertIn(self.good.name, page)
        self.assertNotIn(bad.name, page)
        self.assertIn("revising", self.url_open(f"/my/orders/{self.order.id}").text)

    def test_a_colleague_sees_what_he_works_on(self):
        self.authenticate(self.seller.login, self.seller.login)
        self.assertIn("Macchina", self._open(self.order).text)
        self.assertIn("error", self._sign(self.order))

    # === OVER THE NETWORK === #

    def _call(self, model, method, args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def test_a_seller_calls_what_he_likes(self):
        self._ask(self.order)
        request = self.order.sudo().discount_request_ids
        self.authenticate(self.seller.login, self.seller.login)
        line = [0, 0, {"product_id": self.machine.id, "discount": 50}]
        born = {"partner_id": self.customer.id, "state": "sale", "order_line": [line]}
        ids = self.order.ids
        context = {"quote_gate": {"states": {}}, "quote_paid": 1, "su": True}
        attempts = (
            ("sale.order", "action_confirm", [ids], {"context": context}),
            ("sale.order", "action_quotation_sent", [ids], {}),
            ("sale.order", "action_quotation_send", [ids], {}),
            ("sale.order", "write", [ids, {"state": "sale"}], {"context": context}),
            ("sale.order", "web_save", [ids, {"state": "sent"}], {"specification": {}}),
            ("sale.order", "create", [[born]], {}),
            ("sale.order", "web_save", [[], born], {"specification": {}}),
            ("sale.order", "copy", [ids, {"state": "sale"}], {}),
            ("sale.order", "write", [ids, {"signature": SIGNATURE, "signed_by": "Rossi"}], {}),
            ("sale.order", "write", [ids, {"discount_status": "approved"}], {}),
            ("sale.order", "message_post", [ids], {"body": "x", "context": {"mark_so_as_sent": True}}),
            ("sale.order", "_take_back", [ids, {}], {}),
            ("sale.order", "_close_gate", [[], {}], {}),
            ("quote.discount.request", "write", [request.ids, {"state": "approved"}], {}),
            ("quote.discount.request", "action_approve", [request.ids], {}),
            ("quote.discount.request", "_decide", [request.ids, True], {}),
            ("quote.discount.event", "create", [[{"request_id": request.id, "kind": "approved"}]], {}),
        )
        for model, method, args, kwargs in attempts:
            subtest = self.subTest(model=model, method=method)
            with subtest, mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self._call(model, method, args, **kwargs)
        self.env.invalidate_all()
        self.assertRecordValues(self.order, [{"state": "draft", "signed_by": False}])
        self.assertEqual(request.state, "pending")

    def test_nor_does_he_import_what_is_beyond_the_limits(self):
        self.authenticate(self.seller.login, self.seller.login)
        names = ["partner_id/.id", "state", "order_line/product_id/.id", "order_line/discount_text"]
        rows = [[self.customer.id, "sale", self.machine.id, "50"]]
        self.assertFalse(self._call("sale.order", "load", [names, rows])["ids"])

    def test_and_within_the_limits_he_may(self):
        self.authenticate(self.seller.login, self.seller.login)
        self._call("sale.order", "action_confirm", [self.good.ids])
        self.env.invalidate_all()
        self.assertEqual(self.good.state, "sale")
