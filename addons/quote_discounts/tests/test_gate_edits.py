"""Ways to make an order worse after it was approved, sent or sold; a plain seller tries them."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestGateEdits(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order({"product_id": cls.machine.id, "product_uom_qty": 2, "discount_text": "10"})
        cls.order.action_confirm()
        cls.line = cls.order.order_line

    def _assert_refused(self, attempt):
        total = self.order.amount_total
        with self.assertRaises(UserError):
            attempt()
        self.env.invalidate_all()
        self.assertEqual(self.order.amount_total, total)

    # === PRICES OF A SOLD LINE === #

    def test_each_price_of_a_sold_line(self):
        values = (
            {"discount_text": "11"},
            {"discount": 11},
            {"discount": 90},
            {"price_unit": 8000},
            {"agreed_price": 8000},
            {"free_goods": "discount"},
            {"free_goods": "gift"},
            {"discount_text": False, "agreed_price": 1},
            {"price_unit": 5000, "technical_price_unit": 5000},
        )
        for vals in values:
            with self.subTest(vals):
                self._assert_refused(lambda vals=vals: self.line.write(vals))
                self._assert_refused(
                    lambda vals=vals: self.order.write({"order_line": [Command.update(self.line.id, vals)]})
                )

    def test_a_discount_on_the_whole_order(self):
        self._assert_refused(lambda: self.order.write({"header_text": "20"}))

    def test_lines_that_take_money_off(self):
        for vals in ({"price_unit": -9000}, {"product_uom_qty": -1}, {"product_uom_qty": -1, "price_unit": 9000}):
            line = {"order_id": self.order.id, "product_id": self.pasta_product.id, **vals}
            with self.subTest(vals):
                self._assert_refused(lambda line=line: self.env["sale.order.line"].with_user(self.seller).create(line))

    def test_a_false_down_payment(self):
        line = {"order_id": self.order.id, "is_downpayment": True, "name": "x", "price_unit": -9000}
        Line = self.env["sale.order.line"].with_user(self.seller)
        self._assert_refused(lambda: Line.create({**line, "product_uom_qty": 1}))
        self._assert_refused(lambda: Line.create({**line, "product_uom_qty": 1, "product_id": self.pasta_product.id}))
        self._assert_refused(lambda: self.line.write({"is_downpayment": True, "price_unit": 1}))

    def test_odoos_discount_dialog(self):
        self.env.company.sale_discount_product_id = self._create_product("Discount", 0, type="service")
        wizard = self.env["sale.order.discount"].with_user(self.seller)
        for vals in (
            {"discount_type": "sol_discount", "discount_percentage": 0.5},
            {"discount_type": "so_discount", "discount_percentage": 0.5},
            {"discount_type": "amount", "discount_amount": 9000},
        ):
            with self.subTest(vals):
                self._assert_refused(
                    lambda vals=vals: wizard.create({"sale_order_id": self.order.id, **vals}).action_apply_discount()
                )

    def test_a_bigger_unit_for_the_same_price(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._assert_refused(lambda: self.line.write({"product_uom_id": dozen.id, "price_unit": 10000}))

    def test_a_tax_that_is_in_the_price(self):
        self._assert_refused(lambda: self.line.write({"tax_ids": [Command.set(self._create_included_tax().ids)]}))

    def test_a_line_of_no_quantity_to_deliver_from(self):
        line = {"order_id": self.order.id, "product_id": self.machine.id, "product_uom_qty": 0, "price_unit": 1}
        self._assert_refused(lambda: self.env["sale.order.line"].with_user(self.seller).create(line))

    def test_a_line_that_moves_into_the_order(self):
        draft = self._create_quote("50")
        self._assert_refused(lambda: draft.order_line.write({"order_id": self.order.id}))

    def _prepare_forced_total(self, line):
        return {
            "manual_total_excluded_currency": 1.0,
            "manual_total_excluded": 1.0,
            "manual_tax_amounts": {str(tax.id): {"tax_amount_currency": 0.0} for tax in line.tax_ids},
            "currency_id": line.currency_id.id,
            "price_unit": line.price_unit,
            "discount": line.discount,
            "quantity": line.product_uom_qty,
        }

    def test_totals_that_are_forced(self):
        data = self._prepare_forced_total(self.line)
        self._assert_refused(lambda: self.line.write({"extra_tax_data": data}))
        order = self._create_order(
            {"product_id": self.machine.id, "product_uom_qty": 2, "discount_text": "10", "extra_tax_data": data}
        )
        self.assertFalse(order.order_line.extra_tax_data)
        self.assertEqual(order.amount_untaxed, 18000)

    def test_nor_do_they_pass_when_another_app_makes_them(self):
        order = self._create_quote("5")
        order.order_line.sudo().extra_tax_data = self._prepare_forced_total(order.order_line)
        self.assertFalse(order._is_offer_allowed())
        for attempt in (order.action_confirm, order.action_ask_approval):
            with self.assertRaisesRegex(UserError, "the total is not what the price makes"):
                attempt()

    def test_odoos_own_dialogs_still_work(self):
        order = self._create_quote("2")
        self.env.company.sale_discount_product_id = self._create_product("Discount", 0, type="service")
        wizard = self.env["sale.order.discount"].with_user(self.seller)
        wizard.create(
            {"sale_order_id": order.id, "discount_type": "so_discount", "discount_percentage": 0.03}
        ).action_apply_discount()
        self.assertEqual(order.amount_untaxed, 9506)
        self.assertEqual(order.copy().amount_untaxed, 9506)
        order = self._create_quote("2")
        order.action_confirm()
        values = {"sale_order_ids": [Command.set(order.ids)], "advance_payment_method": "fixed", "fixed_amount": 10}
        self.env["sale.advance.payment.inv"].with_user(self.seller).create(values).create_invoices()
        self.assertTrue(order.order_line.filtered("is_downpayment"))

    def test_what_is_better_or_does_not_matter_is_free(self):
        for vals in ({"discount_text": "9"}, {"discount_text": "10"}, {"product_uom_qty": 5}, {"name": "Machine"}):
            with self.subTest(vals):
                self.line.write(vals)
        self.assertEqual(self.order.state, "sale")
        self.order.write({"client_order_ref": "42", "note": "Thanks"})

    def test_who_has_the_authority_changes_it(self):
        self.line.with_user(self.lea).discount_text = "30"
        self.assertEqual(self.line.discount, 30)
        self._assert_refused(lambda: self.line.write({"discount_text": "31"}))
        self.line.discount_text = "30"  # what she gave, written by the seller

    # === WHAT THE LIMITS LOOK AT === #

    def test_a_rewritten_cost_helps_nobody(self):
        self.limit.write({"limits_margin": True, "min_margin": 30})
        self.machine.standard_price = 8000
        order = self._create_quote("5")
        order.order_line.purchase_price = 1
        with self.assertRaises(UserError):
            order.action_confirm()

    def test_whose_order_it_is_does_not_matter(self):
        self.env["quote.discount.limit"].create({"who": "user", "user_id": self.manager.id, "max_discount": 90})
        team = self.env["crm.team"].create({"name": "Others"})
        order = self._create_quote("50")
        order.sudo().write({"user_id": self.manager.id, "team_id": team.id})
        with self.assertRaises(UserError):
            order.sudo().action_confirm()

    def test_another_list_does_not_help(self):
        cheap = self._create_list("Cheap", {"compute_price": "percentage", "percent_price": 80})
        order = self._create_order(self.machine, pricelist_id=cheap.id)
        with self.assertRaises(UserError):
            order.action_confirm()
        order = self._create_quote("10")
        order.write({"pricelist_id": cheap.id})
        order.action_update_prices()
        with self.assertRaises(UserError):
            order.action_confirm()

    def test_an_old_date_does_not_help(self):
        order = self._create_quote("50", date_order="2020-01-01")
        with self.assertRaises(UserError):
            order.action_confirm()

    def test_the_negotiator_is_not_written(self):
        line = self._create_quote("50").order_line
        with self.assertRaises(AccessError):
            line.write({"negotiator_id": self.manager.id})

    # === WHAT LEFT RIGHTLY === #

    def test_what_was_sent_stays_valid_when_the_limits_change(self):
        order = self._create_quote("10")
        order.action_quotation_sent()
        self.limit.max_discount = 2
        self.assertTrue(order._is_offer_allowed())
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_but_not_longer_than_offered(self):
        order = self._create_quote("10", validity_date="2099-01-31")
        order.action_quotation_sent()
        self.limit.max_discount = 2
        order.validity_date = "2099-02-28"
        self.assertFalse(order._is_offer_allowed())

    def test_nor_after_its_last_day(self):
        order = self._create_quote("10", validity_date="2099-01-31")
        order.action_quotation_sent()
        self.limit.max_discount = 2
        for day, is_bound in (("2099-01-31", True), ("2099-02-01", False)):
            with self.subTest(day), freeze_time(f"{day} 12:00:00"):
                self.assertEqual(order._is_offer_allowed(), is_bound)

    def test_many_small_steps_lead_nowhere(self):
        order = self._create_quote("10")
        order.action_quotation_sent()
        self.limit.max_discount = 2
        for step in range(1, 5):
            order.order_line.price_unit = 10000 - step * 0.004
        self.assertEqual(order.state, "draft")

    def test_a_sent_quote_that_gets_worse_is_not_out_any_more(self):
        order = self._create_quote("10")
        order.action_quotation_sent()
        order.order_line.discount_text = "20"
        self.assertEqual(order.state, "draft")
        self.assertIn("Not valid as an offer", order.message_ids[0].body)
        self._approve(order)
        order.action_quotation_sent()
        self.assertEqual(order.state, "sent")

    def test_an_order_of_before_the_limits_is_measured_by_itself(self):
        self.limit.active = False
        order = self._create_quote("50")
        order.action_confirm()
        order.sudo().authorised_content = False
        self.limit.active = True
        order.order_line.name = "Machine"
        order.order_line.product_uom_qty = 0.5
        with self.assertRaises(UserError):
            order.order_line.discount_text = "51"
