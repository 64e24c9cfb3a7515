"""The stored status of quotes follows limits, levels and costs, in the background and many quotes at once."""

from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestStatusRefresh(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action = cls.env.ref("quote_discounts.ir_cron_refresh_discount_status")

    def _refresh(self):
        with self.enter_registry_test_mode():
            self.action.method_direct_trigger()
        self.env.invalidate_all()

    def _count_triggers(self):
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.action.id)])

    def test_a_changed_limit_is_seen(self):
        order = self._create_quote("20")
        self.assertEqual(order.discount_status, "to_request")
        self.limit.max_discount = 25
        self._refresh()
        self.assertEqual(order.discount_status, "within")
        self.limit.max_discount = 5
        self._refresh()
        self.assertEqual(order.discount_status, "to_request")

    def test_so_are_a_new_one_and_an_archived_one(self):
        order = self._create_quote("20")
        self.limit.active = False
        self._refresh()
        self.assertEqual(order.discount_status, "within")
        self.env["quote.discount.limit"].create({"max_discount": 1})
        self._refresh()
        self.assertEqual(order.discount_status, "to_request")

    def test_a_changed_cost_is_seen_the_next_night(self):
        self.limit.write({"limits_margin": True, "min_margin": 30})
        order = self._create_quote("5")
        self.assertEqual(order.discount_status, "within")
        self.machine.standard_price = 9000
        self._refresh()
        self.assertEqual(order.discount_status, "to_request")

    def test_an_own_authority_is_seen(self):
        order = self._create_quote("20")
        self.low.user_ids = [Command.link(self.seller.id)]
        self._refresh()
        self.assertEqual(order.discount_status, "within")

    def test_orders_and_what_was_approved_stay(self):
        sold = self._create_quote("5")
        sold.action_confirm()
        approved = self._create_quote("20")
        self._approve(approved)
        self.limit.max_discount = 1
        self._refresh()
        self.assertEqual((sold.discount_status, approved.discount_status), ("within", "approved"))

    def test_a_change_starts_it(self):
        for change in (
            lambda: self.limit.with_user(self.manager).write({"max_discount": 12}),
            lambda: self.env["quote.discount.limit"].with_user(self.manager).create({"max_discount": 1}),
            lambda: self.env["quote.discount.limit"].with_user(self.manager).search([], limit=1).unlink(),
            lambda: self.low.with_user(self.manager).write({"max_discount": 31}),
        ):
            before = self._count_triggers()
            change()
            self.assertEqual(self._count_triggers(), before + 1)

    def test_many_quotes_are_looked_at_together(self):
        """Those within the limits, which most are; who answers for the others is asked one by one."""
        counts = []
        for count in (5, 25):
            for _number in range(count):
                self._create_quote("5")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["sale.order"].search([("state", "=", "draft")])._refresh_discount_status()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1] - counts[0], 25)
