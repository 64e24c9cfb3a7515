"""With keyboard and mouse: a ten-line quote in a minute, a repeated order, questions, who waits."""

from datetime import datetime

from odoo.tests import HttpCase, tagged

from .test_scoping import ScopingCommon


@tagged("post_install", "-at_install", "tour")
class TestQuickTours(ScopingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller.password = "quote_seller"
        cls.seller.lang = "en_US"
        cls.customer.write(
            {"name": "Tour Trattoria", "property_product_pricelist": cls._create_promotional_list(20).id}
        )
        cls.products = cls.env["product.product"]
        for number in range(1, 11):
            values = {"default_code": f"TOUR{number}", "taxes_id": cls.vat22.ids}
            cls.products += cls._create_product(f"Tour product {number}", 10.0 * number, **values)

    def _tour(self, name, path):
        self.start_tour(path, name, login="quote_seller", timeout=120)

    def test_ten_lines_by_keyboard_take_no_minute(self):
        self._tour("quote_quick", f"/odoo/quick-quote?partner_id={self.customer.id}")
        order = self.env["sale.order"].search([("partner_id", "=", self.customer.id)])
        self.assertRecordValues(order, [{"state": "draft", "user_id": self.seller.id, "amount_total": 1690.92}])
        self.assertEqual(order.order_line.mapped("product_uom_qty"), list(range(1, 11)))
        self.assertEqual(set(order.order_line.mapped("discount_text")), {"50+10"})

    def test_an_order_is_repeated_on_a_telephone(self):
        sold = self._create_order({"product_id": self.products[0].id, "product_uom_qty": 3})
        sold.action_confirm()
        self.browser_size = "412x915"
        self.touch_enabled = True
        self._tour("quote_quick_starts", f"/odoo/quick-quote?partner_id={self.customer.id}")
        order = self.env["sale.order"].search([("partner_id", "=", self.customer.id), ("state", "=", "draft")])
        self.assertRecordValues(order.order_line, [{"product_uom_qty": 3, "discount_text": "5"}])

    def test_a_product_on_two_lines_of_the_last_order_is_repeated_on_two(self):
        lines = [{"product_id": self.products[0].id, "product_uom_qty": quantity} for quantity in (3, 4)]
        self._create_order(*lines).action_confirm()
        self._tour("quote_quick_twins", f"/odoo/quick-quote?partner_id={self.customer.id}")
        order = self.env["sale.order"].search([("partner_id", "=", self.customer.id), ("state", "=", "draft")])
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [3, 4])

    def test_prices_of_a_customer_are_not_shown_for_the_next_one(self):
        self.customer.copy({"name": "Tour Osteria", "specific_property_product_pricelist": False})
        self._tour("quote_quick_other_customer", f"/odoo/quick-quote?partner_id={self.customer.id}")

    def _write_decimals_as_in_italy(self):
        self.env["res.lang"]._lang_get("en_US").write({"decimal_point": ",", "thousands_sep": "."})

    def test_the_point_of_the_number_pad_is_a_decimal_comma(self):
        self._write_decimals_as_in_italy()
        self._tour("quote_quick_numpad", f"/odoo/quick-quote?partner_id={self.customer.id}")

    def test_an_answer_is_shown_as_it_is_typed(self):
        self._write_decimals_as_in_italy()
        order = self._quote()
        order.save_scoping({self.how_many.id: 1234.5})
        self._tour("quote_scoping_decimals", f"/odoo/sale.order/{order.id}")

    def test_a_line_taken_out_while_it_waits_takes_no_other_with_it(self):
        self._tour("quote_quick_taken_out", f"/odoo/quick-quote?partner_id={self.customer.id}")

    def test_questions_are_answered_in_the_form(self):
        order = self._quote()
        self._tour("quote_scoping", f"/odoo/sale.order/{order.id}")
        self.assertFalse(order._get_missing_answers())

    def test_the_dashboard_leads_to_who_waits(self):
        order = self._create_order(self.products[0])
        order.sudo().write({"reply_deadline": datetime(2026, 1, 1), "reply_warning_on": datetime(2026, 1, 1)})
        self._tour("quote_replies", "/odoo/quote-replies")
