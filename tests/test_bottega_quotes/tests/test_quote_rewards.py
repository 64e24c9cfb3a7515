"""Rewards of loyalty programs lower what the customer pays, so they count for the limits."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.quote_discounts.tests.approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestQuoteRewards(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.env["loyalty.program"].create(
            {
                "name": "Half for everybody",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [(0, 0, {})],
                "reward_ids": [(0, 0, {"reward_type": "discount", "discount": 50, "discount_mode": "percent"})],
            }
        )

    def _reward(self, order):
        order._update_programs_and_rewards()
        for coupon, rewards in order._get_claimable_rewards().items():
            order._apply_program_reward(rewards[0], coupon)
        self.assertTrue(order.order_line.filtered("is_reward_line"))

    def test_a_reward_beyond_the_limits_does_not_leave(self):
        order = self._create_quote("5")
        self._reward(order)
        self.assertFalse(order._is_offer_allowed())
        with self.assertRaises(UserError):
            order.action_confirm()

    def test_nor_does_it_come_after_the_confirmation(self):
        order = self._create_quote("5")
        order.action_confirm()
        with self.assertRaises(UserError):
            self._reward(order)

    def test_a_small_one_does(self):
        self.program.reward_ids.discount = 4
        order = self._create_quote("5")
        self._reward(order)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
