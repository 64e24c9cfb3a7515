"""A quick quote shows what the quote will say, asks few queries for many products, and is written as the seller."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..models.quick_quote import MOST_LINES, PAGE
from .common import QuoteCommon


class QuickCommon(QuoteCommon):
    """The common products with codes and barcodes, and the service as the seller calls it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pasta_product.write({"default_code": "SPA5", "barcode": "8000000000026"})
        cls.machine.default_code = "MAC"
        cls.quick = cls.env["quote.quick"].with_user(cls.seller).with_context(lang="en_US")

    def _products(self, search="", partner=None, **options):
        page = self.quick.get_products((partner or self.customer).id, search=search, **options)
        return {product["code"] or product["name"]: product for product in page["products"]}

    @staticmethod
    def _line(product, quantity=1, discount="", **values):
        return {"product_id": product.id, "quantity": quantity, "discount": discount, **values}

    @classmethod
    def _sell(cls, product, date, customer=None, user=None, **values):
        order = cls.env["sale.order"].create(
            {
                "partner_id": (customer or cls.customer).id,
                "user_id": (user or cls.seller).id,
                "order_line": [Command.create({"product_id": product.id, **values})],
            }
        )
        with freeze_time(date):
            order.action_confirm()
        cls.env.flush_all()
        return order


@tagged("post_install", "-at_install")
class TestQuickQuote(QuickCommon):
    # === PRODUCTS === #

    def test_the_marks_of_a_search_mean_themselves(self):
        self._create_product("Tube", 1, default_code="UND_1 5%")
        self._create_product("Bulb", 1, default_code="UND91 500")
        for search in ("UND_1", "UND 5%"):
            self.assertEqual(list(self._products(search)), ["UND_1 5%"])

    def test_every_word_of_the_search_is_in_name_code_or_barcode(self):
        self.assertEqual(set(self._products("spagh")), {"SPA5"})
        self.assertEqual(set(self._products("spa SPAGHETTI")), {"SPA5"})
        self.assertEqual(set(self._products("8000000000026")), {"SPA5"})
        self.assertFalse(self._products("spaghetti macchina"))
        self.assertLessEqual({"SPA5", "MAC"}, set(self._products()))

    def test_the_product_of_exactly_that_code_comes_first(self):
        self._create_product("A SPA5 box", 1, default_code="AAA")
        page = self.quick.get_products(self.customer.id, search="spa5")
        self.assertEqual([product["code"] for product in page["products"]], ["SPA5", "AAA"])

    def test_no_sign_in_a_code_stands_for_any_other(self):
        for code in ("SPA05", "SPA_5"):
            self._create_product("Fusilli", 1, default_code=code)
        page = self.quick.get_products(self.customer.id, search="spa_5")
        self.assertEqual(page["products"][0]["code"], "SPA_5")

    def test_a_category_shows_what_is_below_it_too(self):
        self.assertIn("SPA5", self._products(category_id=self.food.id))
        self.assertNotIn("MAC", self._products(category_id=self.pasta.id))

    def test_what_is_not_for_sale_is_not_found(self):
        self.pasta_product.sale_ok = False
        self.assertFalse(self._products("SPA5"))

    def test_pages_follow_each_other_without_a_gap(self):
        for number in range(PAGE + 4):
            self._create_product(f"Bolt {number:03}", 1, default_code=f"B{number:03}")
        self._create_product("Z bolt", 1, default_code="BOLT")
        first = self.quick.get_products(self.customer.id, search="bolt")
        second = self.quick.get_products(self.customer.id, search="bolt", offset=PAGE)
        self.assertEqual((len(first["products"]), len(second["products"])), (PAGE, 5))
        self.assertEqual((first["total"], second["total"]), (PAGE + 5, PAGE + 5))
        codes = {product["code"] for page in (first, second) for product in page["products"]}
        self.assertEqual(len(codes), PAGE + 5, "the one of exactly that code pushes no other out")

    def test_the_price_is_the_customers_own_with_the_lists_discount(self):
        partner = self.env["res.partner"].create(
            {"name": "Bar", "property_product_pricelist": self._create_promotional_list().id}
        )
        product = self._products("SPA5", partner)["SPA5"]
        self.assertIn("10.00", product["price"])
        self.assertIn("12.50", product["list_price"])
        self.assertEqual(product["given"], "20")
        self.assertIn("12.50", self._products("SPA5")["SPA5"]["price"])

    def test_a_page_of_products_asks_no_query_a_product(self):
        products = self.env["product.product"]
        for number in range(PAGE):
            products += self._create_product(f"Bolt {number:03}", 1 + number, taxes_id=self.vat22.ids)
        self._sell(products[0], "2026-03-01")
        self.quick.get_products(self.customer.id, search="bolt 00")
        counts = []
        for search in ("bolt 00", "bolt"):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page = self.quick.get_products(self.customer.id, search=search)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(page["products"]), PAGE)
        self.assertLessEqual(counts[1], counts[0] + 3, counts)
        self.assertLessEqual(counts[1], 60, counts)

    # === LAST PRICE === #

    def test_the_last_price_is_that_of_the_last_confirmed_order_of_the_customers_company(self):
        contact = self.env["res.partner"].create({"name": "Cook", "parent_id": self.customer.id})
        self._sell(self.pasta_product, "2026-03-01", discount_text="10")
        self._sell(self.pasta_product, "2026-03-05", contact, discount_text="50+10")
        other = self.env["res.partner"].create({"name": "Someone else"})
        self._sell(self.pasta_product, "2026-03-09", other, discount_text="90")
        self._create_order({"product_id": self.pasta_product.id, "discount_text": "80"})
        last = self._products("SPA5")["SPA5"]["last"]
        self.assertEqual(last["discount"], "50+10")
        self.assertIn("5.625", last["price"])
        self.assertEqual(last["date"], "03/05/2026")
        self.assertIsNone(self._products("MAC")["MAC"]["last"])

    def test_the_last_price_of_a_box_is_shown_for_one_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._sell(self.pasta_product, "2026-03-01", product_uom_id=dozen.id, price_unit=120)
        self.assertIn("10.00", self._products("SPA5")["SPA5"]["last"]["price"])

    def test_what_was_given_free_was_not_paid_nor_is_it_usual(self):
        order = self._sell(self.pasta_product, "2026-03-01", product_uom_qty=30, discount_text="10")
        given = (self.pasta_product, "discount"), (self.machine, "discount"), (self.machine, "gift")
        for product, free_goods in given:
            order.order_line.create(
                {"order_id": order.id, "product_id": product.id, "product_uom_qty": 3, "free_goods": free_goods}
            )
        self.assertIn("11.25", self._products("SPA5")["SPA5"]["last"]["price"])
        self.assertIsNone(self._products("MAC")["MAC"]["last"])
        with freeze_time("2026-03-10"):
            starts = self.quick.get_last_order_lines(self.customer.id), self.quick.get_usual_lines(self.customer.id)
        for start in starts:
            lines = [(line["product_id"], line["quantity"]) for line in start["lines"]]
            self.assertEqual(lines, [(self.pasta_product.id, 30)])

    def test_the_orders_of_others_stay_hidden_from_a_salesperson_of_own_documents(self):
        colleague = self._create_salesperson("colleague")
        self._sell(self.pasta_product, "2026-03-01", user=colleague)
        self.assertIsNone(self._products("SPA5")["SPA5"]["last"])
        self.assertFalse(self.quick.get_last_order_lines(self.customer.id)["lines"])
        self.assertFalse(self.quick.get_usual_lines(self.customer.id)["lines"])

    # === STARTS === #

    def test_the_last_order_can_be_repeated_at_todays_prices(self):
        order = self._sell(self.pasta_product, "2026-03-01", product_uom_qty=7, discount_text="30")
        order.order_line.copy({"order_id": order.id, "product_id": self.machine.id, "product_uom_qty": 2})
        self.pasta_product.list_price = 13
        lines = self.quick.get_last_order_lines(self.customer.id)["lines"]
        self.assertEqual(
            [(line["product_id"], line["quantity"]) for line in lines],
            [(self.pasta_product.id, 7), (self.machine.id, 2)],
        )
        self.assertIn("13.00", lines[0]["product"]["price"])

    def test_what_he_usually_buys_comes_by_the_number_of_orders(self):
        self._sell(self.machine, "2026-03-01", product_uom_qty=90)
        self._sell(self.pasta_product, "2026-03-02", product_uom_qty=3)
        self._sell(self.pasta_product, "2026-03-03", product_uom_qty=5)
        self._sell(self._create_product("Long ago", 1), "2020-01-01")
        with freeze_time("2026-03-10"):
            lines = self.quick.get_usual_lines(self.customer.id)["lines"]
        self.assertEqual(
            [(line["product_id"], line["quantity"]) for line in lines],
            [(self.pasta_product.id, 5), (self.machine.id, 90)],
        )

    def test_what_is_archived_is_not_usual_any_more(self):
        self._sell(self.machine, "2026-03-01")
        self._sell(self.pasta_product, "2026-03-02")
        self.pasta_product.sudo().active = False
        with freeze_time("2026-03-10"):
            lines = self.quick.get_usual_lines(self.customer.id)["lines"]
        self.assertEqual([line["product_id"] for line in lines], [self.machine.id])

    def test_a_new_customer_has_no_history(self):
        self.assertFalse(self.quick.open_quote(self.customer.id)["has_history"])
        self.assertEqual(self.quick.get_last_order_lines(self.customer.id), {"lines": []})
        self.assertEqual(self.quick.get_usual_lines(self.customer.id), {"lines": []})

    # === TOTAL AND QUOTE === #

    def test_the_total_shown_is_that_of_the_quote_to_the_cent(self):
        lines = [
            self._line(self.pasta_product, 7, "33,33+10"),
            self._line(self.machine, 1, "12,7+3"),
            self._line(self.pasta_product, 1.37),
        ]
        shown = self.quick.compute_quote(self.customer.id, False, lines)
        order = self.env["sale.order"].browse(self.quick.create_quote(self.customer.id, False, lines))
        described = self.quick._describe_totals(order)
        self.assertEqual(shown["totals"], described)
        self.assertIn(f"{order.amount_total:,.2f}", described["total"])
        self.assertEqual(
            [line["subtotal"] for line in shown["lines"]],
            [self.quick._describe_line(line)["subtotal"] for line in order.order_line],
        )
        self.assertEqual(order.order_line.mapped("discount_text"), ["33,33+10", "12,7+3", False])

    def test_the_quote_is_a_draft_of_the_seller_written_with_his_rights(self):
        order = self.env["sale.order"].browse(
            self.quick.create_quote(self.customer.id, False, [self._line(self.pasta_product, 2)])
        )
        self.assertRecordValues(order, [{"state": "draft", "user_id": self.seller.id, "create_uid": self.seller.id}])
        self.assertEqual(order.order_line.negotiator_id, self.seller)

    def test_the_quote_of_an_opportunity_belongs_to_it(self):
        lead = self.env["crm.lead"].create(
            {"name": "Kitchen", "type": "opportunity", "partner_id": self.customer.id, "user_id": self.seller.id}
        )
        self.assertEqual(lead.with_user(self.seller).action_quick_quote()["params"]["opportunity_id"], lead.id)
        opened = self.quick.open_quote(self.customer.id, lead.id)
        self.assertEqual(opened["opportunity"], "Kitchen")
        order = self.quick.create_quote(self.customer.id, lead.id, [self._line(self.pasta_product)])
        self.assertRecordValues(
            self.env["sale.order"].browse(order), [{"opportunity_id": lead.id, "origin": "Kitchen"}]
        )

    def test_the_opportunity_of_another_customer_is_refused(self):
        other = self.env["res.partner"].create({"name": "Someone else"})
        lead = self.env["crm.lead"].create({"name": "Kitchen", "type": "opportunity", "partner_id": other.id})
        lead.user_id = self.seller
        with self.assertRaisesRegex(UserError, "another customer"):
            self.quick.create_quote(self.customer.id, lead.id, [self._line(self.pasta_product)])

    def test_ten_lines_cost_about_the_queries_of_three_in_the_running_total(self):
        counts = []
        for number in (3, 3, 10):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.quick.compute_quote(self.customer.id, False, [self._line(self.pasta_product, 2, "10")] * number)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 1, counts)

    # === BAD INPUT === #

    def test_a_discount_that_cannot_be_read_is_said_on_its_line_and_the_rest_is_added_up(self):
        lines = [self._line(self.pasta_product, 2, "50++10"), self._line(self.pasta_product, 2)]
        shown = self.quick.compute_quote(self.customer.id, False, lines)
        self.assertIn("50++10", shown["lines"][0]["error"])
        self.assertFalse(shown["lines"][1]["error"])
        self.assertIn("25.00", shown["totals"]["untaxed"])
        with self.assertRaisesRegex(UserError, r"50\+\+10"):
            self.quick.create_quote(self.customer.id, False, lines)

    def test_quantities_that_are_none_are_refused(self):
        for quantity in (0, -1, None, "abc", True, float("nan"), float("inf"), 1e12):
            shown = self.quick.compute_quote(self.customer.id, False, [self._line(self.pasta_product, quantity)])
            self.assertIn("quantity", shown["lines"][0]["error"], quantity)

    def test_no_customer_no_line_and_too_many_lines_are_said(self):
        with self.assertRaisesRegex(UserError, "customer"):
            self.quick.open_quote(False)
        with self.assertRaisesRegex(UserError, "product"):
            self.quick.create_quote(self.customer.id, False, [])
        with self.assertRaisesRegex(UserError, str(MOST_LINES)):
            self.quick.compute_quote(self.customer.id, False, [self._line(self.pasta_product)] * (MOST_LINES + 1))

    def test_only_who_may_write_quotes_has_a_quick_quote(self):
        nobody = new_test_user(self.env, "quick_nobody", groups="base.group_user")
        quick = self.env["quote.quick"].with_user(nobody)
        for call in (
            lambda: quick.open_quote(self.customer.id),
            lambda: quick.get_products(self.customer.id),
            lambda: quick.compute_quote(self.customer.id, False, []),
            lambda: quick.get_usual_lines(self.customer.id),
            lambda: quick.create_quote(self.customer.id, False, [self._line(self.pasta_product)]),
        ):
            with self.assertRaises(AccessError):
                call()
