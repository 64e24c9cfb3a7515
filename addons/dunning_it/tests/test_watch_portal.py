"""The customer on the watch list sees nothing of it, on his pages and over the network."""

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .watch_common import WatchCommon

SIGNATURE = "R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs="
SIGN = 'data-bs-target="#modalaccept"'
WORDS = ("administration", "protested", "watch list", "Watch List", "release", "in advance")
FIELDS = (
    "dunning_effect",
    "dunning_effect_words",
    "dunning_is_released",
    "dunning_released_amount",
    "dunning_release_reason",
    "dunning_released_by_id",
    "dunning_passed_amount",
    "dunning_hint",
    "dunning_hint_level",
)


@tagged("post_install", "-at_install")
class TestWatchPortal(WatchCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls._create_user("dunning_portal", "base.group_portal")
        cls.portal.partner_id.parent_id = cls.customer
        cls.order = cls._create_quote(require_signature=True, partner_id=cls.portal.partner_id.id)
        cls.order.message_subscribe(cls.portal.partner_id.ids)
        cls.order.action_quotation_sent()

    def _open(self):
        return self.url_open(f"/my/orders/{self.order.id}?access_token={self.order._portal_ensure_token()}").text

    def _sign(self):
        return self.make_jsonrpc_request(
            f"/my/orders/{self.order.id}/accept",
            {"access_token": self.order._portal_ensure_token(), "name": "Rossi", "signature": SIGNATURE},
        )

    def test_a_blocked_quote_is_shown_without_a_way_to_sign_it(self):
        self.assertTrue(SIGN in self._open())
        self._watch("block")
        page = self._open()
        self.assertTrue("Macchina" in page)
        for words in (*WORDS, SIGN):
            self.assertFalse(words in page, words)
        answer = self._sign()
        self.assertIn("not in a state requiring customer signature", answer["error"])
        self.assertRecordValues(self.order, [{"state": "sent", "signature": False}])

    def test_nor_to_pay_it(self):
        self._watch("block")
        with self.assertRaises(ValidationError) as caught:
            self._pay_online(self.order, 1000)
        for words in WORDS:
            self.assertNotIn(words, str(caught.exception))

    def test_money_that_came_in_is_not_refused_and_somebody_looks_at_it(self):
        transaction = self._pay_online(self.order, 1000)
        self._watch("block")
        self.assertFalse(transaction._check_amount_and_confirm_order())
        self.assertEqual(self.order.state, "sent")
        self.assertIn("Paid, but not confirmed", self.order.activity_ids.mapped("summary")[0])

    def test_who_pays_in_advance_signs_and_then_pays(self):
        self._watch("prepay")
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            answer = self._sign()
        self.assertIn("allow_payment=yes", answer["redirect_url"])
        self.assertRecordValues(self.order, [{"state": "sent", "signed_by": "Rossi"}])
        page = self._open()
        for words in WORDS:
            self.assertFalse(words in page, words)

    def test_what_salespeople_are_told_is_not_in_his_messages(self):
        self._watch("block")
        self._release(self.order)
        page = self._open()
        for words in ("Released", "bank transfer", *WORDS):
            self.assertFalse(words in page, words)

    @mute_logger("odoo.http")
    def test_he_reads_none_of_it_over_the_network(self):
        watch = self._watch("block")
        self.authenticate("dunning_portal", "dunning_portal")
        self.assertEqual(self._call("sale.order", "read", [self.order.ids, ["name"]])[0]["name"], self.order.name)
        for name in FIELDS:
            with self.subTest(name), self.assertRaises(JsonRpcException):
                self._call("sale.order", "read", [self.order.ids, [name]])
            with self.subTest(name), self.assertRaises(JsonRpcException):
                self._call("sale.order", "search_count", [[(name, "!=", False)]])
        for model, ids in (("dunning.watch", watch.ids), ("dunning.waiver", [1]), ("dunning.waiver.event", [1])):
            with self.subTest(model), self.assertRaises(JsonRpcException):
                self._call(model, "read", [ids, ["reason"]])
        for method in ("action_dunning_watch", "read"):
            args = [self.customer.ids] if method != "read" else [self.customer.ids, ["dunning_trust_before"]]
            with self.subTest(method), self.assertRaises(JsonRpcException):
                self._call("res.partner", method, args)

    def _call(self, model, method, args):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)
