"""Ten bought, one free: the free line follows what is bought, and what is written by hand stays."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .invoice_common import InvoiceCommon


@tagged("post_install", "-at_install")
class TestFreeGoodsFollow(InvoiceCommon):
    def _create_offer(self, quantity=10, kind="discount"):
        """An order with so many bought, one free for every ten."""
        order = self._create_order({"product_id": self.pasta_product.id, "product_uom_qty": quantity})
        wizard = self.env["quote.free.goods.wizard"].with_user(self.seller)
        wizard.create({"order_line_id": order.order_line.id, "free_goods": kind}).action_add()
        bought, free = order.order_line.sorted("free_goods")[:2].sorted(lambda line: bool(line.free_goods))
        return order, bought, free

    def test_ten_become_twenty(self):
        order, bought, free = self._create_offer()
        self.assertEqual((free.product_uom_qty, order.amount_untaxed), (1, 125))
        for quantity, given in ((20, 2), (35, 3), (9, 0), (10, 1)):
            bought.product_uom_qty = quantity
            self.assertEqual(free.product_uom_qty, given)
            self.assertEqual(order.amount_untaxed, quantity * 12.5)

    def test_in_the_form_too(self):
        order, _bought, free = self._create_offer()
        with Form(order) as form, form.order_line.edit(0) as line:
            line.product_uom_qty = 40
        self.assertEqual(free.product_uom_qty, 4)

    def test_a_gift_follows_with_its_reversal(self):
        order, bought, free = self._create_offer(kind="gift")
        bought.product_uom_qty = 30
        self.assertEqual(free.product_uom_qty, 3)
        self.assertEqual(free.reversal_line_ids.product_uom_qty, 3)
        self.assertAlmostEqual(order.amount_total, 30 * 12.5 * 1.1, 2)

    def test_another_unit_is_converted(self):
        _order, bought, free = self._create_offer(12)
        bought.write({"product_uom_id": self.env.ref("uom.product_uom_dozen").id, "product_uom_qty": 5})
        self.assertEqual(free.product_uom_qty, 6)

    def test_what_is_written_by_hand_stays(self):
        _order, bought, free = self._create_offer()
        free.product_uom_qty = 5
        bought.product_uom_qty = 50
        self.assertEqual(free.product_uom_qty, 5)

    def test_a_free_line_by_hand_is_never_touched(self):
        order, bought, _free = self._create_offer()
        line = {"product_id": self.pasta_product.id, "product_uom_qty": 7, "free_goods": "discount"}
        order.order_line = [Command.create(line)]
        bought.product_uom_qty = 20
        self.assertEqual(order.order_line[-1].product_uom_qty, 7)

    def test_without_what_is_bought_nothing_is_free(self):
        order, bought, free = self._create_offer()
        bought.unlink()
        self.assertFalse(free.exists() or order.order_line)

    def test_after_the_sale_it_follows_too(self):
        order, bought, free = self._create_offer()
        order.with_user(self.env.user).action_confirm()
        bought.product_uom_qty = 20
        self.assertEqual(free.product_uom_qty, 2)

    def test_a_quantity_of_none_can_be_sent_and_sold(self):
        order, bought, free = self._create_offer()
        bought.product_uom_qty = 9
        order.action_quotation_sent()
        order.action_confirm()
        self.assertEqual((order.state, free.product_uom_qty), ("sale", 0))

    def test_a_copy_starts_anew(self):
        _order, bought, free = self._create_offer()
        copied = bought.order_id.copy().order_line
        copied.filtered(lambda line: not line.free_goods).product_uom_qty = 20
        self.assertEqual(free.product_uom_qty, 1)
        self.assertEqual(copied.filtered("free_goods").product_uom_qty, 1)

    def test_nobody_ties_a_line_by_hand(self):
        _order, bought, _free = self._create_offer()
        other = self._create_order(self.pasta_product).order_line
        with self.assertRaises(AccessError):
            other.write({"free_with_line_id": bought.id})
        made = other.create(
            {"order_id": other.order_id.id, "product_id": self.pasta_product.id, "free_with_line_id": bought.id}
        )
        self.assertFalse(made.free_with_line_id)
