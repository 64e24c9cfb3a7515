"""Ways to bring a quote that is beyond the limits into a state that binds the company; a plain seller tries them."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCommon


class Marker:
    """What a client can't send."""


@tagged("post_install", "-at_install")
class TestGateStates(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order({"product_id": cls.machine.id, "discount_text": "50"})

    def _assert_closed(self, attempt, order=None):
        order = order or self.order
        state = order.state
        with self.assertRaises(UserError):
            attempt(order)
        self.assertEqual(order.state, state)

    def _prepare_line(self, discount="50"):
        return Command.create({"product_id": self.machine.id, "discount_text": discount})

    # === BUTTONS AND WRITES === #

    def test_the_buttons(self):
        for name in ("action_confirm", "action_quotation_sent", "_validate_order"):
            with self.subTest(name):
                self._assert_closed(lambda order, name=name: getattr(order, name)())

    def test_writing_a_state(self):
        for state in ("sent", "sale"):
            with self.subTest(state):
                self._assert_closed(lambda order, state=state: order.write({"state": state}))

    def test_a_state_and_the_price_in_one_write(self):
        order = self._create_quote("5")
        line = order.order_line
        commands = [Command.update(line.id, {"discount_text": "50"})]
        self._assert_closed(lambda order: order.write({"state": "sale", "order_line": commands}), order)
        self._assert_closed(lambda order: order.write({"order_line": commands, "state": "sent"}), order)

    def test_the_superuser_mode_of_other_apps(self):
        self._assert_closed(lambda order: order.sudo().action_confirm())
        self._assert_closed(lambda order: order.sudo().write({"state": "sale"}))

    def test_several_at_once(self):
        good = self._create_quote("5")
        with self.assertRaisesRegex(UserError, self.order.name):
            (good + self.order).action_confirm()
        self.assertEqual(good.state, "draft")

    def test_through_another_record(self):
        commands = [Command.update(self.order.id, {"state": "sale"})]
        self._assert_closed(lambda order: order.partner_id.sudo().write({"sale_order_ids": commands}))

    # === CREATE, COPY, LOAD === #

    def test_creating_it_in_a_state(self):
        for state in ("sent", "sale"):
            with self.subTest(state), self.assertRaises(UserError):
                self._create_quote("50", state=state)

    def test_creating_it_by_a_default(self):
        Order = self.env["sale.order"].with_user(self.seller)
        values = {"partner_id": self.customer.id, "order_line": [self._prepare_line()]}
        for state in ("sent", "sale"):
            with self.subTest(state), self.assertRaises(UserError):
                Order.with_context(default_state=state).create(values)

    def test_creating_a_line_in_an_order_that_is_out(self):
        for state in ("sent", "sale"):
            order = self._create_quote("5", state=state)
            Line = self.env["sale.order.line"].with_user(self.seller)
            values = {"product_id": self.machine.id, "discount_text": "50"}
            with self.subTest(state):
                if state == "sale":
                    with self.assertRaises(UserError):
                        Line.create({**values, "order_id": order.id})
                    with self.assertRaises(UserError):
                        Line.with_context(default_order_id=order.id).create(values)
                else:
                    Line.create({**values, "order_id": order.id})
                    self.assertEqual(order.state, "draft")

    def test_copying_it_into_a_state(self):
        for state in ("sent", "sale"):
            self._assert_closed(lambda order, state=state: order.copy({"state": state}))
            self._assert_closed(
                lambda order, state=state: order.with_context(default_state=state).copy().action_confirm()
            )

    def test_importing_it(self):
        fields = ["partner_id/.id", "state", "order_line/product_id/.id", "order_line/discount_text"]
        rows = [[str(self.customer.id), "sale", str(self.machine.id), "50"]]
        count = self.env["sale.order"].search_count([])
        result = self.env["sale.order"].with_user(self.seller).load(fields, rows)
        self.assertFalse(result["ids"])
        self.assertIn("beyond what may be given", result["messages"][0]["message"])
        self.assertEqual(self.env["sale.order"].search_count([]), count)

    def test_importing_a_state_for_a_quote_that_is_there(self):
        self.order._export_rows([["id"]])
        xmlid = self.order.get_external_id()[self.order.id] or self.order.export_data(["id"])["datas"][0][0]
        result = self.env["sale.order"].with_user(self.seller).load(["id", "state"], [[xmlid, "sale"]])
        self.assertFalse(result["ids"])
        self.assertEqual(self.order.state, "draft")

    # === CONTEXT === #

    def test_no_context_opens_it(self):
        keys = {
            "quote_gate": True,
            "quote_paid": True,
            "quote_repricing": True,
            "listino_copy": True,
            "tracking_disable": True,
            "skip_validation_check": True,
            "install_mode": True,
            "import_file": True,
            "su": True,
            "bypass": True,
            "no_approval": True,
            "disable_cancel_warning": True,
            "mark_so_as_sent": True,
            "send_email": True,
        }
        self._assert_closed(lambda order: order.with_context(**keys).action_confirm())
        self._assert_closed(lambda order: order.with_context(**keys).write({"state": "sent"}))
        self._assert_closed(lambda order: order.with_context(quote_gate=Marker()).action_confirm())

    # === ROUND ABOUT === #

    def test_from_cancelled_and_back(self):
        self.assertFalse(self.order._is_offer_allowed())
        self.order.action_cancel()
        self.assertTrue(self.order._is_offer_allowed(), "it binds nobody any more")
        self._assert_closed(lambda order: order.write({"state": "sale"}))
        self.order.action_draft()
        self._assert_closed(lambda order: order.action_confirm())

    def test_cancelling_many_is_free(self):
        wizard = self.env["sale.mass.cancel.orders"].with_user(self.seller)
        wizard.create({"sale_order_ids": [Command.set(self.order.ids)]}).action_mass_cancel()
        self.assertEqual(self.order.state, "cancel")

    def test_an_order_back_to_a_quote_and_worse(self):
        order = self._create_quote("5", state="sale")
        order.write({"state": "draft"})
        order.order_line.discount_text = "50"
        self._assert_closed(lambda order: order.write({"state": "sale"}), order)

    def test_a_confirmation_in_sight_of_a_request_that_waits(self):
        self._ask(self.order)
        self._assert_closed(lambda order: order.action_confirm())

    def test_invoicing_it_in_advance(self):
        wizard = self.env["sale.advance.payment.inv"].with_user(self.seller)
        values = {"sale_order_ids": [Command.set(self.order.ids)]}
        for method in (
            {"advance_payment_method": "fixed", "fixed_amount": 10},
            {"advance_payment_method": "delivered"},
        ):
            with self.subTest(method), self.assertRaisesRegex(UserError, "beyond what may be given"):
                wizard.create({**values, **method}).create_invoices()

    def test_and_within_the_limits_all_of_it_is_open(self):
        for state in ("sent", "sale"):
            self.assertEqual(self._create_quote("10", state=state).state, state)
        order = self._create_quote("10")
        order.action_quotation_sent()
        order.action_confirm()
        self.assertEqual(order.copy({"state": "sale"}).state, "sale")
