"""Workers look at the same customers at once, each on a connection of its own."""

import threading
import time

from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tests import tagged
from odoo.tools import mute_logger

from .race_common import ConnectionsCommon

CUSTOMERS, WAIT = 8, 120  # WAIT in seconds; no test should take them


@tagged("post_install", "-at_install", "slow")  # connections of their own
class TestEngineRace(ConnectionsCommon):
    """Customers, committed for all connections to see, and deleted afterwards."""

    def setUp(self):
        super().setUp()
        with self._environment() as env:
            self.company_id = env.company.id
            self.partner_ids = env["res.partner"].create([{"name": f"Racer {n}"} for n in range(CUSTOMERS)]).ids
            self.addCleanup(self._clean)
            self._order(env)

    def _order(self, env):
        """An order of each customer; its confirmation marks him."""
        for partner_id in self.partner_ids:
            values = {"partner_id": partner_id, "company_id": self.company_id}
            values["order_line"] = [(0, 0, {"name": "Oil", "display_type": "line_note"})]
            order = env["sale.order"].create(values)
            order._action_confirm()
            env.flush_all()
            env.cr.execute("UPDATE sale_order SET state = 'sale', amount_untaxed = 10 WHERE id = %s", [order.id])

    def _get_rows(self, env, model):
        return env[model].search([("partner_id", "in", self.partner_ids), ("company_id", "=", self.company_id)])

    def _clean(self):
        with self._environment() as env:
            orders = self._get_rows(env, "sale.order")
            orders.write({"state": "cancel"})
            orders.unlink()
            for model in ("lifecycle.mark", "lifecycle.status", "lifecycle.transition"):
                self._get_rows(env, model).with_context(lifecycle_erasure=True).unlink()
            cron = env.ref("lifecycle_crm.ir_cron_lifecycle_refresh")
            env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
            env["res.partner"].browse(self.partner_ids).unlink()

    def _refresh(self):
        """What Odoo's cron workers do: run the action, and once more where the database asks for it."""
        for _attempt in range(20):
            try:
                with self._environment() as env:
                    env["lifecycle.status"]._cron_refresh()
                    return
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                time.sleep(0.05)
        self.fail("The database asked for it again and again.")

    def _together(self, *works):
        threads = [threading.Thread(target=work) for work in works]
        for thread in threads:
            thread.dbname = self.registry.db_name
            thread.start()
        for thread in threads:
            thread.join(WAIT)
            self.assertFalse(thread.is_alive())

    @mute_logger("odoo.sql_db")
    def test_two_workers_and_a_seller_lose_no_mark_and_move_nobody_twice(self):
        def sell():
            with self._environment() as env:
                self._order(env)

        self._together(self._refresh, self._refresh, sell)
        self._refresh()  # what a later run finds
        with self._environment() as env:
            self.assertFalse(self._get_rows(env, "lifecycle.mark"))
            statuses = self._get_rows(env, "lifecycle.status")
            self.assertEqual(len(statuses), CUSTOMERS)
            self.assertEqual(set(statuses.mapped("order_count")), {2})
            self.assertEqual(len(self._get_rows(env, "lifecycle.transition")), CUSTOMERS)

    def test_while_another_worker_is_at_it_the_marks_wait(self):
        with self._environment() as other:
            company = other["res.company"].browse(self.company_id)
            self.assertTrue(other["lifecycle.status"]._lock_refresh(company))
            self._refresh()
            with self._environment() as env:
                self.assertFalse(self._get_rows(env, "lifecycle.status"))
                self.assertEqual(self._get_rows(env, "lifecycle.mark").partner_id.ids, self.partner_ids)
        self._refresh()
        with self._environment() as env:
            self.assertEqual(len(self._get_rows(env, "lifecycle.status")), CUSTOMERS)
            self.assertFalse(self._get_rows(env, "lifecycle.mark"))
