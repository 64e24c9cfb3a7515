"""Two people touch one quote at the same moment: one outcome, nothing lost."""

from odoo.tests import tagged

from .race_common import RaceCommon

SIGNATURE = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

SECOND = {  # what the one who comes second is told
    "_both_look_then_act": "not open any more",
    "_second_waits_for_first": "just now",
}


def worsen(order_id, discount="50"):
    return lambda env: env["sale.order"].browse(order_id).order_line.write({"discount_text": discount})


def approve(request_id):
    return lambda env: env["quote.discount.request"].browse(request_id).action_approve()


def refuse(request_id):
    return lambda env: env["quote.discount.request"].browse(request_id)._decide_each(False, "No")


def confirm(order_id):
    return lambda env: env["sale.order"].browse(order_id).action_confirm()


def ask(order_id):
    return lambda env: env["sale.order"].browse(order_id)._ask_approval("A competitor").id


@tagged("post_install", "-at_install", "slow")  # Odoo's own runner holds a lock that other threads would wait for
class TestOrderAtOnce(RaceCommon):
    def _create_asked(self, discount="20"):
        order_id = self._create_order(discount)
        with self._environment("seller") as env:
            return order_id, ask(order_id)(env)

    def _read(self, order_id):
        """The order's state, whether it may leave, and the states of its requests."""
        with self._environment() as env:
            order = env["sale.order"].browse(order_id)
            requests = order.discount_request_ids.sorted("id")
            self.assertTrue(requests.event_ids._is_intact())
            return order.state, order._is_within_authority(), requests.mapped("state")

    def test_a_line_is_worsened_while_it_is_approved(self):
        for meet in self._in_both_ways():
            order_id, request_id = self._create_asked()
            answers = meet(("lea", approve(request_id)), ("seller", worsen(order_id)))
            self.assertEqual(answers, [True, True])
            self.assertEqual(self._read(order_id), ("draft", False, ["superseded"]))

    def test_a_line_is_approved_while_it_is_worsened(self):
        for meet in self._in_both_ways():
            order_id, request_id = self._create_asked()
            worse, approved = meet(("seller", worsen(order_id)), ("lea", approve(request_id)))
            self.assertIs(worse, True)
            self.assertIn(SECOND[meet.__name__], approved)
            self.assertEqual(self._read(order_id), ("draft", False, ["superseded"]))

    def test_a_line_is_worsened_while_the_quote_is_confirmed(self):
        for meet in self._in_both_ways():
            order_id = self._create_order("5")
            confirmed, worse = meet(("seller", confirm(order_id)), ("seller", worsen(order_id)))
            self.assertIs(confirmed, True)
            self.assertIn("beyond what may be given", worse)
            self.assertEqual(self._read(order_id), ("sale", True, []))

    def test_a_quote_is_confirmed_while_a_line_is_worsened(self):
        for meet in self._in_both_ways():
            order_id = self._create_order("5")
            worse, confirmed = meet(("seller", worsen(order_id)), ("seller", confirm(order_id)))
            self.assertIs(worse, True)
            self.assertIn("beyond what may be given", confirmed)
            self.assertEqual(self._read(order_id), ("draft", False, []))

    def test_a_line_is_added_while_the_quote_is_confirmed(self):
        def add(order_id):
            line = {"order_id": order_id, "product_id": self.ids["product"], "discount_text": "50"}
            return lambda env: env["sale.order.line"].create(line).id

        for meet in self._in_both_ways():
            order_id = self._create_order("5")
            confirmed, added = meet(("seller", confirm(order_id)), ("seller", add(order_id)))
            self.assertIs(confirmed, True)
            self.assertIn("beyond what may be given", added)

    def test_two_approvers_decide_at_once(self):
        for first, second in ((approve, refuse), (refuse, approve), (approve, approve)):
            for meet in self._in_both_ways():
                order_id, request_id = self._create_asked()
                one, other = meet(("lea", first(request_id)), ("carla", second(request_id)))
                self.assertIs(one, True)
                self.assertIn(SECOND[meet.__name__], other)
                expected = "approved" if first is approve else "rejected"
                self.assertEqual(self._read(order_id), ("draft", first is approve, [expected]))
                with self._environment() as env:
                    request = env["quote.discount.request"].browse(request_id)
                    self.assertEqual(request.decided_by_id.login, "race_lea")
                    self.assertEqual(request.event_ids.mapped("kind").count(expected), 1)

    def test_it_is_asked_twice_at_once(self):
        for meet in self._in_both_ways():
            order_id = self._create_order("20")
            asked, again = meet(("seller", ask(order_id)), ("seller", ask(order_id)))
            self.assertIsInstance(asked, int)
            self.assertIn("asked for already", again)
            self.assertEqual(self._read(order_id), ("draft", False, ["pending"]))

    def test_it_is_taken_back_while_it_is_approved(self):
        def withdraw(request_id):
            return lambda env: env["quote.discount.request"].browse(request_id).action_withdraw()

        for meet in self._in_both_ways():
            order_id, request_id = self._create_asked()
            approved, taken_back = meet(("lea", approve(request_id)), ("seller", withdraw(request_id)))
            self.assertIs(approved, True)
            self.assertIn(SECOND[meet.__name__], taken_back)
            self.assertEqual(self._read(order_id), ("draft", True, ["approved"]))


@tagged("post_install", "-at_install", "slow")
class TestSigningAtOnce(RaceCommon):
    """What the customer's page does, without its HTTP, which holds other tests' cursor."""

    def setUp(self):
        super().setUp()
        self._offer()

    def _offer(self):
        self.order_id = self._create_order("5", require_signature=True, require_payment=False)
        with self._environment() as env:
            self.digest = env["sale.order"].browse(self.order_id)._get_content_digest()

    def _sign(self, env):
        order = env["sale.order"].browse(self.order_id)
        if error := order._get_signing_error(self.digest):
            return error
        order.write({"signed_by": "Rossi", "signed_on": "2026-03-12 10:00:00", "signature": SIGNATURE})
        order._validate_order()
        return True

    def _read(self):
        with self._environment() as env:
            order = env["sale.order"].browse(self.order_id)
            return order.state, order.acceptance, len(order.evidence_ids), order.order_line.discount_text

    def test_the_seller_edits_while_it_is_signed(self):
        answers = self._second_waits_for_first((None, self._sign), ("seller", worsen(self.order_id, "6")))
        self.assertEqual(answers, [True, True])
        self.assertEqual(self._read(), ("sale", "void", 1, "6"))

    def test_the_seller_had_looked_before_it_was_signed(self):
        answers = self._both_look_then_act((None, self._sign), ("seller", worsen(self.order_id, "50")))
        self.assertIs(answers[0], True)
        self.assertIn("beyond what may be given", answers[1])
        self.assertEqual(self._read(), ("sale", "valid", 1, "5"))

    def test_it_is_signed_while_the_seller_edits(self):
        answers = self._second_waits_for_first(("seller", worsen(self.order_id, "6")), (None, self._sign))
        self.assertIs(answers[0], True)
        self.assertIn("being changed just now", answers[1])
        self.assertEqual(self._read(), ("draft", "none", 0, "6"))

    def test_the_customer_had_looked_before_the_seller_edited(self):
        answers = self._both_look_then_act(("seller", worsen(self.order_id, "6")), (None, self._sign))
        self.assertIs(answers[0], True)
        self.assertIn("has changed", answers[1])
        self.assertEqual(self._read(), ("draft", "none", 0, "6"))

    def test_it_is_signed_twice_at_once(self):
        for meet in self._in_both_ways():
            answers = meet((None, self._sign), (None, self._sign))
            self.assertEqual([answer is True for answer in answers].count(True), 1, answers)
            self.assertEqual(self._read(), ("sale", "valid", 1, "5"))
            self._delete_deals()
            self._offer()
