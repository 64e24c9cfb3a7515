"""More ways round the limits that a plain seller could try by RPC, by fields that other dialogs use."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestGateMoreWays(ApprovalCommon):
    def _assert_not_sold(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(order._is_offer_allowed())
        with self.assertRaises(UserError):
            order.action_confirm()

    def _create_menu(self):
        """A combo of 5 euros of which the machine of 10,000 is a part."""
        items = [Command.create({"product_id": product.id}) for product in (self.pasta_product, self.machine)]
        combo = self.env["product.combo"].create({"name": "Choice", "combo_item_ids": items})
        menu = self._create_product("Menu", 5, type="combo", combo_ids=[Command.link(combo.id)])
        return menu, combo.combo_item_ids.filtered(lambda item: item.product_id == self.machine)

    def test_a_part_of_a_combo_that_is_none(self):
        menu, item = self._create_menu()
        order = self._create_order(menu)
        self._add_part(order, item, product_uom_qty=50)
        self._assert_not_sold(order)
        with self.assertRaisesRegex(ValidationError, "combo item"):
            self._add_part(self._create_order(self.pasta_product), item, price_unit=1)

    def test_more_parts_of_a_combo_than_it_has(self):
        self.limit.limits_margin = False
        menu, item = self._create_menu()
        order = self._create_order(menu)
        self._add_part(order, item)
        self.assertTrue(order._is_offer_allowed())
        self._add_part(order, item)
        self._assert_not_sold(order)

    def test_what_a_manager_gave_one_customer_is_not_for_another(self):
        other = self.customer.copy({"name": "Bar Bianchi"})
        order = self._create_quote("5")
        order.order_line.with_user(self.dora).discount_text = "50"
        self.assertTrue(order._is_offer_allowed())
        order.partner_id = self.customer.copy({"parent_id": self.customer.id, "name": "Mario"})
        self.assertTrue(order._is_offer_allowed())
        order.partner_id = other
        self._assert_not_sold(order)

    def test_a_line_of_a_managers_moves_into_another_quote(self):
        order = self._create_quote("5")
        order.order_line.with_user(self.dora).discount_text = "50"
        mine = self._create_order(self.pasta_product, partner_id=self.customer.copy().id)
        mine.order_line = [Command.link(order.order_line.id)]
        self._assert_not_sold(mine)

    def _add_part(self, order, item, **values):
        values = {"linked_line_id": order.order_line[:1].id, "combo_item_id": item.id, **values}
        return order.order_line.create({"order_id": order.id, "product_id": item.product_id.id, **values})

    def test_a_price_that_is_said_to_be_the_technical_one(self):
        order = self._create_order({"product_id": self.machine.id, "price_unit": 1, "technical_price_unit": 1})
        self._assert_not_sold(order)

    def test_an_option_that_the_customer_takes_later(self):
        order = self._create_order(
            {"product_id": self.pasta_product.id},
            {"display_type": "line_section", "name": "Options", "is_optional": True},
            {"product_id": self.machine.id, "product_uom_qty": 0, "discount_text": "90"},
        )
        self.assertFalse(order._is_offer_allowed() and order._can_be_edited_on_portal())
        order.order_line[-1].sudo().product_uom_qty = 1  # as the customer's page does
        self._assert_not_sold(order)

    def test_a_weak_currency(self):
        weak = self.env["res.currency"].create({"name": "WEA", "symbol": "w", "rounding": 1})
        rate = {"name": "2020-01-01", "currency_id": weak.id, "company_id": self.company.id, "rate": 1000}
        self.env["res.currency.rate"].create(rate)
        weak_list = self._create_list("Weak", currency_id=weak.id)
        order = self._create_quote("5")
        order.pricelist_id = weak_list
        order.order_line.price_unit = 10000
        self.assertEqual(order.currency_id, weak)
        self._assert_not_sold(order)

    def test_a_currency_that_changes_after_it_was_sent(self):
        weak = self.env["res.currency"].create({"name": "WEA", "symbol": "w", "rounding": 1})
        rate = {"name": "2020-01-01", "currency_id": weak.id, "company_id": self.company.id, "rate": 1000}
        self.env["res.currency.rate"].create(rate)
        order = self._create_quote("5")
        order.action_quotation_sent()
        order.pricelist_id = self._create_list("Weak", currency_id=weak.id)
        order.order_line.price_unit = 10000
        self._assert_not_sold(order)

    def test_an_old_rate_chooses_no_lower_level(self):
        weak = self.env["res.currency"].create({"name": "WEA", "symbol": "w", "rounding": 0.01})
        for day, rate in (("2020-01-01", 1000), ("2021-01-01", 1)):
            values = {"name": day, "currency_id": weak.id, "company_id": self.company.id, "rate": rate}
            self.env["res.currency.rate"].create(values)
        self.low.max_amount = 1000
        order = self._create_quote("20", pricelist_id=self._create_list("Weak", currency_id=weak.id).id)
        order.date_order = "2020-02-01"
        request = self._ask(order)
        self.assertEqual((request.level_id, request.amount, request.margin), (self.high, 8000, 62.5))

    def test_what_left_one_company_does_not_bind_another(self):
        """Found so: sent in a company without limits, and moved to one that has them."""
        other = self.env["res.company"].create({"name": "Other", "currency_id": self.company.currency_id.id})
        self.seller.company_ids += other
        orders = (
            self.env["sale.order"].with_user(self.seller).with_context(allowed_company_ids=(other + self.company).ids)
        )
        line = {"product_id": self.machine.id, "discount_text": "90"}
        values = {"partner_id": self.customer.id, "company_id": other.id, "order_line": [Command.create(line)]}
        order = orders.create(values)
        order.action_quotation_sent()
        self.assertEqual(order.state, "sent")
        order.write({"company_id": self.company.id, "pricelist_id": self.public_list.id})
        self._assert_not_sold(order)

    def test_a_copy_that_brings_its_own_lines(self):
        promotion = self.env["quote.promotion"].create({"name": "Spring", "discount_text": "5"})
        line = {"product_id": self.machine.id, "promotion_id": promotion.id, "promotion_discount": "90"}
        order = self._create_quote("5").copy({"order_line": [Command.create(line)]})
        self.assertEqual(order.order_line.promotion_discount, "5")

    def test_a_line_that_is_copied_alone(self):
        promotion = self.env["quote.promotion"].create({"name": "Spring", "discount_text": "5"})
        order = self._create_quote("5")
        order.order_line.copy({"order_id": order.id, "promotion_id": promotion.id, "promotion_discount": "90"})
        self.assertEqual(order.order_line.mapped("promotion_discount"), ["5", "5"])

    def test_a_template_with_lines_of_its_own(self):
        template = self.env["sale.order.template"].create(
            {"name": "Offer", "sale_order_template_line_ids": [Command.create({"product_id": self.machine.id})]}
        )
        order = self._create_order(self.pasta_product, sale_order_template_id=template.id)
        order.order_line = [Command.create({"product_id": self.machine.id, "discount_text": "50"})]
        self._assert_not_sold(order)
        with self.assertRaises(AccessError):
            template.with_user(self.seller).name = "Mine"

    def test_a_down_payment_below_nothing(self):
        order = self._create_quote("5")
        order.action_confirm()
        values = {"sale_order_ids": [Command.set(order.ids)], "advance_payment_method": "fixed"}
        wizards = self.env["sale.advance.payment.inv"].with_user(self.seller)
        for amount in (-9000, 0):
            with self.assertRaises(UserError):
                wizards.create({**values, "fixed_amount": amount}).create_invoices()
        with self.assertRaises(UserError):
            wizards.create({**values, "advance_payment_method": "percentage", "amount": -50}).create_invoices()

    def test_a_draft_invoice(self):
        order = self._create_quote("5")
        order.action_confirm()
        invoice = order.with_user(self.env.user)._create_invoices()
        line = invoice.invoice_line_ids.with_user(self.seller)
        for vals in ({"price_unit": 1}, {"discount": 90}, {"discount_text": "90"}, {"quantity": 0}):
            with self.assertRaises(AccessError):
                line.write(vals)
        with self.assertRaises(AccessError):
            invoice.with_user(self.seller).write({"invoice_line_ids": [Command.clear()]})

    def test_another_list_for_the_customer(self):
        cheap = self._create_list("Cheap", {"compute_price": "percentage", "percent_price": 80})
        with self.assertRaises(AccessError):
            self.customer.with_user(self.seller).property_product_pricelist = cheap

    def test_a_combo_that_is_unlinked_after_the_sale(self):
        menu, item = self._create_menu()
        order = self._create_order(menu)
        part = self._add_part(order, item)
        order.action_confirm()
        for vals in ({"combo_item_id": False}, {"product_uom_qty": 50}):
            with self.subTest(vals), self.assertRaises(UserError):
                part.write(vals)
        with self.assertRaises(UserError):
            order.order_line.filtered(lambda line: line.product_id == menu).write({"product_uom_qty": 0})
