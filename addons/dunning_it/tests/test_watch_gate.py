"""Orders of customers on the watch list, and the ways round that a salesperson may try over the network."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .watch_common import WatchCommon


@tagged("post_install", "-at_install")
class TestWatchGate(WatchCommon):
    def _assert_held(self, order, *attempts):
        state = order.state
        for number, attempt in enumerate(attempts):
            with self.subTest(attempt=number), self.assertRaises(UserError), self.env.cr.savepoint():
                attempt(order)
            order.invalidate_recordset()
            self.assertEqual(order.state, state)

    # === WARN === #

    def test_a_warning_stops_nobody_and_leaves_a_note(self):
        self._watch("warn")
        order = self._create_quote()
        self.assertEqual(order.dunning_effect, "warn")
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        note = order.message_ids.filtered(lambda message: "administration" in (message.body or ""))
        self.assertTrue(note.subtype_id.internal)

    def test_a_customer_on_no_list_is_sold_to(self):
        self._watch("block", self._create_customer("Trattoria Verdi"))
        order = self._create_quote()
        self.assertFalse(order.dunning_effect)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    # === BLOCK === #

    def test_a_blocked_order_is_neither_sent_nor_confirmed_whichever_way(self):
        self._watch("block")
        order = self._create_quote()
        self._assert_held(
            order,
            lambda order: order.action_confirm(),
            lambda order: order._validate_order(),
            lambda order: order.action_quotation_sent(),
            lambda order: order.action_quotation_send(),
            lambda order: order.write({"state": "sale"}),
            lambda order: order.write({"state": "sent"}),
            lambda order: order.sudo().write({"state": "sale"}),
            lambda order: order.with_context(su=True, dunning=1).write({"state": "sale"}),
            lambda order: order.with_context(mark_so_as_sent=True).message_post(body="The offer"),
            lambda order: order.web_save({"state": "sent"}, {}),
            lambda order: order.copy({"state": "sale"}),
        )
        line = Command.create({"product_id": self.product.id})
        with self.assertRaises(UserError):
            order.create({"partner_id": self.customer.id, "state": "sale", "order_line": [line]})

    def test_nor_through_a_branch_of_the_customer_or_a_change_of_customer(self):
        self._watch("block")
        office = self._create_customer("Filiale Rossi", parent_id=self.customer.id, is_company=False)
        self._assert_held(self._create_quote(partner_id=office.id), lambda order: order.action_confirm())
        other = self._create_quote(partner_id=self._create_customer("Trattoria Verdi").id)
        other.action_quotation_sent()
        self._assert_held(other, lambda order: order.write({"partner_id": self.customer.id}))

    def test_nor_where_somebody_else_orders_and_the_customer_is_to_pay(self):
        self._watch("block")
        friend = self._create_customer("Trattoria Verdi")
        order = self._create_quote(partner_id=friend.id, partner_invoice_id=self.customer.id)
        self._assert_held(order, lambda order: order.action_confirm())
        other = self._create_quote(partner_id=friend.id)
        other.action_confirm()
        self._assert_held(other, lambda order: order.write({"partner_invoice_id": self.customer.id}))

    def test_of_two_customers_the_stricter_effect_counts(self):
        self._watch("warn")
        friend = self._create_customer("Trattoria Verdi")
        self._watch("prepay", friend)
        order = self._create_quote(partner_id=friend.id, partner_invoice_id=self.customer.id)
        self.assertEqual(order.dunning_effect, "prepay")

    def test_an_open_quote_asks_in_advance_of_who_is_to_pay_it(self):
        friend = self._create_customer("Trattoria Verdi")
        order = self._create_quote(partner_id=friend.id, partner_invoice_id=self.customer.id)
        self._watch("prepay")
        self.assertRecordValues(order, [{"require_payment": True, "prepayment_percent": 1}])

    def test_the_salesperson_is_told_what_to_do_and_nothing_of_why(self):
        self._watch("block")
        order = self._create_quote()
        self.assertIn("administration", order.dunning_effect_words)
        self.assertNotIn("protested", order.dunning_effect_words)
        with self.assertRaises(AccessError):
            self.env["dunning.watch"].with_user(self.seller).search([])

    def test_a_manager_releases_it_for_a_reason_up_to_its_amount(self):
        self._watch("block")
        order = self._create_quote()
        for user in (self.seller, self.user):
            with self.assertRaises(AccessError):
                self._release(order, user)
            with self.assertRaises(AccessError):
                order.with_user(user)._release_from_watch("Because")
        with self.assertRaises(UserError):
            order.with_user(self.manager)._release_from_watch(" ")
        self._release(order)
        order.action_quotation_sent()
        order.order_line.product_uom_qty = 2
        self._assert_held(order, lambda order: order.action_confirm())
        order.order_line.product_uom_qty = 1
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        with self.assertRaises(UserError):
            order.order_line.product_uom_qty = 2
        self.assertRecordValues(
            order.sudo(), [{"dunning_released_amount": 1000, "dunning_released_by_id": self.manager.id}]
        )

    def test_a_release_is_not_written_by_hand_nor_copied(self):
        self._watch("block")
        order = self._create_quote()
        for user in (self.seller, self.manager):
            with self.assertRaises(AccessError):
                order.with_user(user).write({"dunning_released_amount": 9999})
        with self.assertRaises(AccessError):
            self._create_quote(dunning_released_by_id=self.manager.id, dunning_released_amount=9999)
        self._release(order)
        self.assertFalse(order.copy().sudo().dunning_released_by_id)

    def test_what_was_sold_before_stays_as_it_is(self):
        order = self._create_quote()
        order.action_confirm()
        self._watch("block")
        order.order_line.product_uom_qty = 2
        self.assertEqual(order.amount_total, 2000)

    def test_who_was_taken_off_the_list_is_sold_to_again(self):
        watch = self._watch("block")
        order = self._create_quote()
        watch.end_reason = "Pays again"
        watch.with_user(self.manager).action_end()
        order.invalidate_recordset()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_another_company_sells_as_it_likes(self):
        other = self.env["res.company"].create({"name": "Altra Srl"})
        self.env["dunning.watch"].create(
            {"partner_id": self.customer.id, "company_id": other.id, "effect": "block", "reason": "Theirs"}
        )
        order = self._create_quote()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    # === PREPAYMENT === #

    def test_prepayment_asks_for_all_of_it_and_nobody_turns_it_off(self):
        open_before = self._create_quote()
        self._watch("prepay")
        for order in (open_before, self._create_quote(require_payment=False)):
            self.assertRecordValues(order, [{"require_payment": True, "prepayment_percent": 1}])
            order.write({"require_payment": False})
            order.write({"prepayment_percent": 0.3})
            self.assertRecordValues(order, [{"require_payment": True, "prepayment_percent": 1}])

    def test_it_may_be_sent_but_not_confirmed_unpaid(self):
        self._watch("prepay")
        order = self._create_quote()
        order.action_quotation_sent()
        self._assert_held(
            order,
            lambda order: order.action_confirm(),
            lambda order: order.write({"state": "sale"}),
            lambda order: order.sudo().action_confirm(),
        )
        self._release(order)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_paid_in_full_it_is_confirmed_by_itself_and_grows_no_more(self):
        self._watch("prepay")
        order = self._create_quote()
        order.action_quotation_sent()
        self._pay_online(order, 400)._check_amount_and_confirm_order()
        self.assertEqual(order.state, "sent")
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            self._pay_online(order, 600)._check_amount_and_confirm_order()
        self.assertEqual(order.state, "sale")
        with self.assertRaises(UserError):
            order.order_line.product_uom_qty = 2
        order.order_line.price_unit = 900
        self.assertEqual(order.amount_total, 900)
