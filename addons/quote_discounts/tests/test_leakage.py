"""What goes beyond the limits is noted when an order is confirmed, by whoever gave it, and stays as it was."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.sale_order_line_leakage import COLUMNS
from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestLeakage(ApprovalCommon):
    def _sell(self, *lines, **values):
        """A confirmed order of the seller, approved where that was needed."""
        order = self._create_order(*lines, **values)
        if order._check_limits():
            self._approve(order)
        order.action_confirm()
        self.env.flush_all()
        return order.sudo()

    def _judge(self, *lines):
        """The lines of an order that was somehow sold, whoever would have had to approve it."""
        order = self._create_order(*lines)
        self.env.flush_all()
        for table, key in (("sale_order", "id"), ("sale_order_line", "order_id")):
            self.env.cr.execute(
                SQL("UPDATE %s SET state = 'sale' WHERE %s = %s", SQL.identifier(table), SQL.identifier(key), order.id)
            )
        self.env.invalidate_all()
        lines = order.sudo().order_line
        self._judge_again(lines)
        return lines

    def _judge_again(self, lines):
        for name in COLUMNS:
            self.env.add_to_compute(lines._fields[name], lines)
        lines._recompute_recordset(COLUMNS)

    def _read(self, order, *measures, user=None):
        Report = self.env["quote.discount.report"].with_user(user or self.manager)
        [values] = Report._read_group([("order_id", "=", order.id)], [], measures)
        return [round(value or 0.0, 2) for value in values]

    def test_inside_the_limit_nothing_leaks(self):
        order = self._sell({"product_id": self.machine.id, "discount_text": "8"})
        self.assertRecordValues(order.order_line, [{"limit_allowed": 10, "limit_given": 8, "limit_beyond": 0}])

    def test_an_approved_discount_beyond_the_limit_leaks_by_the_difference(self):
        order = self._sell({"product_id": self.machine.id, "product_uom_qty": 2, "discount_text": "20+5"})
        # 24 % given, 10 % allowed, on 20,000
        self.assertRecordValues(order.order_line, [{"limit_allowed": 10, "limit_given": 24, "limit_beyond": 2800}])
        self.assertEqual(self._read(order, "beyond:sum", "given:sum"), [2800.0, 4800.0])
        self.assertEqual(self._read(order, "beyond_share:avg"), [round(100 * 2800 / 4800, 2)])

    def test_a_smallest_margin_counts_too(self):
        self.limit.write({"limits_margin": True, "min_margin": 68, "max_discount": 100})
        order = self._sell({"product_id": self.machine.id, "discount_text": "25"})
        # cost 3,000: a margin of 68 % asks 9,375
        self.assertEqual(order.order_line.limit_beyond, 1875)

    def test_limits_of_later_do_not_change_what_was_noted(self):
        order = self._sell({"product_id": self.machine.id, "discount_text": "20"})
        self.limit.max_discount = 30
        self.machine.list_price = 8000
        self.env.invalidate_all()
        self.assertRecordValues(order.order_line, [{"limit_allowed": 10, "limit_given": 20, "limit_beyond": 1000}])

    def test_free_goods_leak_by_the_part_that_is_too_much(self):
        self.limit.write({"limits_free_goods": True, "max_free_goods": 5})
        lines = self._judge(
            {"product_id": self.pasta_product.id, "product_uom_qty": 90},
            {"product_id": self.pasta_product.id, "product_uom_qty": 10, "free_goods": "discount"},
        )
        # 10 of 100 are free, 5 might be: 5 at 12.50
        self.assertEqual(lines.mapped("limit_beyond"), [0, 62.5])

    def test_lines_below_zero_leak_by_the_part_that_is_too_much(self):
        lines = self._judge(self.machine, {"product_id": self.pasta_product.id, "price_unit": -1500})
        self.assertEqual(lines.mapped("limit_beyond"), [0, 500])

    def test_without_any_limit_nothing_is_noted(self):
        self.limit.active = False
        self.limit.unlink()
        order = self._sell({"product_id": self.machine.id, "discount_text": "50"})
        self.assertRecordValues(order.order_line, [{"limit_allowed": 0, "limit_given": 0, "limit_beyond": 0}])

    def test_quotes_note_nothing(self):
        order = self._create_order({"product_id": self.machine.id, "discount_text": "50"})
        self.assertRecordValues(order.sudo().order_line, [dict.fromkeys(COLUMNS, 0)])

    def test_an_order_that_is_opened_again_is_judged_anew(self):
        order = self._sell({"product_id": self.machine.id, "discount_text": "20"})
        order._action_cancel()
        order.action_draft()
        self.assertEqual(order.order_line.limit_beyond, 0)
        self.assertEqual(order.copy().order_line.limit_beyond, 0)

    def test_leakage_is_counted_for_whoever_negotiated(self):
        order = self._create_order(self.machine)
        line = order.order_line
        line.with_user(self.manager).discount_text = "20"
        self.env["quote.discount.limit"].create({"who": "user", "user_id": self.manager.id, "max_discount": 15})
        request = order.with_user(self.manager)._ask_approval("Why not").sudo()
        request.with_user(self.lea).action_approve()
        order.action_confirm()
        self.env.flush_all()
        rows = (
            self.env["quote.discount.report"]
            .with_user(self.manager)
            ._read_group([("order_id", "=", order.id)], ["negotiator_id"], ["beyond:sum"])
        )
        self.assertEqual([(user, round(beyond, 2)) for user, beyond in rows], [(self.manager, 500.0)])

    # === RIGHTS === #

    def test_nobody_writes_what_was_allowed(self):
        order = self._sell({"product_id": self.machine.id, "discount_text": "20"})
        for name in COLUMNS:
            for user in (self.seller, self.manager):
                with self.assertRaises(AccessError, msg=name):
                    order.order_line.with_user(user).write({name: 1})
        planted = self._create_order({"product_id": self.machine.id, **dict.fromkeys(COLUMNS, 7)})
        self.assertRecordValues(planted.sudo().order_line, [dict.fromkeys(COLUMNS, 0)])
        context = {f"default_{name}": 7 for name in COLUMNS}
        Order = self.env["sale.order"].with_user(self.seller).with_context(**context)
        hinted = Order.create(
            {"partner_id": self.customer.id, "order_line": [Command.create({"product_id": self.machine.id})]}
        )
        self.assertRecordValues(hinted.sudo().order_line, [dict.fromkeys(COLUMNS, 0)])

    def test_what_would_tell_the_cost_is_for_managers(self):
        order = self._sell({"product_id": self.machine.id, "discount_text": "20"})
        with self.assertRaises(AccessError):
            order.order_line.with_user(self.seller).read(["limit_beyond"])
        with self.assertRaises(AccessError):
            self._read(order, "beyond:sum", user=self.seller)

    def test_confirming_many_lines_takes_few_queries_more(self):
        def count(size):
            lines = self._judge(*[{"product_id": self.machine.id, "discount_text": "5"}] * size)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._judge_again(lines)
            return self.env.cr.sql_log_count - before

        count(2)  # warm
        few = count(4)
        self.assertLessEqual(few, 40)
        self.assertLessEqual(count(40), few + 2)
