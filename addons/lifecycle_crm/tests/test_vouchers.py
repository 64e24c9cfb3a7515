"""Vouchers: within the budget and the margin, a card with its mail, and what they cost."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .plays_common import NOW
from .test_messages import MessagesCommon

SENDING = "odoo.addons.lifecycle_crm.models.lifecycle_touch_do"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestVouchers(MessagesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.standard_price = 60
        cls.customers = cls._create_customers(4)
        for customer in cls.customers:
            cls._create_order(customer, NOW - timedelta(200))
        cls.gift = cls._create_play(
            ({"action": "voucher", "program_id": cls.program.id, "template_id": cls._get_template().id},),
            code="test_gift",
            budget_amount=1000,
        )

    @classmethod
    def _get_template(cls):
        return cls.env.ref("lifecycle_crm.mail_template_voucher")

    def _give(self, customers=None):
        self._start_with(self.gift, customers or self.customers)
        with self._gate():
            self._send()
        return self._get_touches(self.gift)

    def test_each_gets_a_card_of_his_own_with_its_code_in_the_mail(self):
        touches = self._give()
        self.assertEqual(touches.mapped("state"), ["done"] * 4)
        self.assertEqual(len(touches.card_id), 4)
        for touch in touches:
            self.assertRecordValues(
                touch.card_id,
                [{"partner_id": touch.partner_id.id, "points": 1, "expiration_date": NOW.date() + timedelta(30)}],
            )
            self.assertIn(touch.card_id.code, touch.mail_id.body_html)
            self.assertRecordValues(touch, [{"cost": 10, "promised": 10, "card_state": "given"}])
        mails = self.env["mail.mail"].search([("id", ">=", min(touches.mail_id.ids))])
        self.assertEqual(len(mails), 4, "The program has sent mails of its own.")

    def test_the_budget_of_a_period_is_never_exceeded_and_the_owner_is_told_once(self):
        self.gift.budget_amount = 25
        touches = self._give()
        self.assertEqual(touches.mapped("state"), ["done", "done", "skipped", "skipped"])
        self.assertEqual(self.gift.budget_left, 5)
        self.assertIn("of the budget is left", touches[-1].remark)
        self.assertEqual(len(self.gift.activity_ids), 1)
        self.assertEqual(self.env["loyalty.card"].search_count([("program_id", "=", self.program.id)]), 2)

    def test_a_new_period_has_a_new_budget(self):
        self.gift.budget_amount = 25
        self._give(self.customers[:2])
        with freeze_time("2026-07-01 09:00:00"):
            self.assertEqual(self.gift._get_budget().left, 2500)

    def test_a_customer_gets_no_more_than_his_part(self):
        self.gift.budget_each = 5
        self.assertEqual(set(self._give().mapped("state")), {"skipped"})

    def test_the_margin_is_guarded(self):
        self.gift.least_margin = 33
        self.assertEqual(set(self._give().mapped("state")), {"done"}, "90 are paid for what costs 60: a third.")
        self.gift.action_pause()
        self.gift.least_margin = 34
        touches = self._give(self.customer)
        self.assertEqual(touches[-1].state, "skipped")
        self.assertIn("margin", touches[-1].remark)

    def test_where_no_cost_is_known_nothing_is_given(self):
        self.product.standard_price = 0
        touches = self._give()
        self.assertEqual(set(touches.mapped("state")), {"skipped"})
        self.assertIn("no known cost", touches[0].remark)
        self.assertFalse(touches.card_id)

    def test_a_customer_without_orders_is_measured_by_all(self):
        stranger = self._create_customers(1)
        self.assertEqual(self._give(stranger).state, "done")

    def test_a_gift_whose_cost_is_not_known_is_not_given(self):
        gift = self.env["product.product"].create({"name": "Apron", "type": "consu"})
        self.program.reward_ids.write({"reward_type": "product", "reward_product_id": gift.id})
        self.assertEqual(set(self._give(self.customers[0]).mapped("state")), {"skipped"})
        gift.standard_price = 7
        self.gift.action_pause()
        self.assertEqual(self._give(self.customers[1])[-1].cost, 7)

    def test_a_program_that_does_not_run_gives_nothing_and_the_owner_is_told_once(self):
        self.gift.action_start()
        self.program.write({"date_to": NOW.date() - timedelta(1)})
        self.gift.state = "draft"
        self.gift.step_ids.program_id = self.program
        self.gift.state = "running"
        self._move(self.customers, self.gift.stage_id, NOW)
        self.gift.started_on = NOW - timedelta(1)
        self._plan()
        with self._gate():
            self._send()
        touches = self._get_touches(self.gift)
        self.assertEqual(set(touches.mapped("state")), {"skipped"})
        self.assertIn("does not run today", touches[0].remark)
        self.assertEqual(len(self.gift.activity_ids), 1)

    def test_a_play_does_not_start_without_a_program_and_a_budget(self):
        self.gift.budget_amount = 0
        self.gift.step_ids.program_id = False
        faults = " ".join(self.gift._get_faults())
        self.assertIn("choose a program", faults)
        self.assertIn("set a budget", faults)

    @mute_logger(SENDING)
    def test_no_card_without_its_mail(self):
        self.gift.step_ids.template_id = self._create_template(
            "Hello", "<p t-out=\"1 / (object.partner_id.name != 'Customer 2')\"/>"
        )
        touches = self._give()
        failed = touches.filtered(lambda touch: touch.state == "failed")
        self.assertEqual(failed.partner_id.name, "Customer 2")
        self.assertFalse(failed.card_id)
        self.assertEqual(self.env["loyalty.card"].search_count([("program_id", "=", self.program.id)]), 3)

    def test_the_card_of_a_contact_that_a_person_gives_up_is_void(self):
        touch = self._give(self.customers[0])
        touch._settle("skipped", remark="Not sent")
        self.assertFalse(touch.card_id.active)
        self.assertRecordValues(touch, [{"cost": 0, "card_state": "expired"}])

    def test_a_voucher_costs_what_the_order_that_used_it_lost(self):
        touch = self._give(self.customers[0])
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customers[0].id,
                "order_line": [
                    Command.create({"product_id": self.product.id, "price_unit": 100, "tax_ids": [Command.clear()]})
                ],
            }
        )
        status = order._try_apply_code(touch.card_id.code)
        card, rewards = next(iter(status.items()))
        order._apply_program_reward(rewards, card)
        self.assertEqual(order.amount_untaxed, 90)
        self._run_voucher_cron()
        self.assertEqual(touch.card_state, "given", "A quote has not used it.")
        order.action_confirm()
        self.program.reward_ids.discount = 99
        self._run_voucher_cron()
        self.assertRecordValues(touch, [{"card_state": "used", "cost": 10, "promised": 10}])

    def test_a_voucher_that_nobody_used_gives_its_money_back_to_the_budget(self):
        touch = self._give(self.customers[0])
        with freeze_time(NOW + timedelta(30)):
            self._run_voucher_cron()
            self.assertEqual(touch.cost, 10)
        with freeze_time(NOW + timedelta(31)):
            self._run_voucher_cron()
        self.assertRecordValues(touch, [{"card_state": "expired", "cost": 0, "promised": 10}])

    def _run_voucher_cron(self):
        self._run_cron("voucher")

    def test_a_voucher_without_an_end_is_not_over_after_midnight(self):
        touch = self._give(self.customers[0])
        touch.card_id.sudo().expiration_date = False
        with freeze_time("2026-06-20 22:30:00"):  # half past midnight in Rome
            self.env["lifecycle.touch"]._refresh_voucher_costs(self.gift)
        self.assertRecordValues(touch, [{"cost": 10, "card_state": "given"}])

    def test_nobody_writes_a_cost_by_hand(self):
        touch = self._give(self.customers[0])
        for values in ({"cost": 0}, {"card_id": False}, {"promised": 0}):
            with self.assertRaises(AccessError):
                touch.with_user(self.manager).write(values)
