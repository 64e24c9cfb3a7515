"""Order lines take their prices from the list at once, and charge what the list prints."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import Form, tagged

from ..layout.listing import Line
from ..models.price_memo import KEY, OrderPrices
from .common import ListinoCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestOrderLine(ListinoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "Trattoria"})
        cls.products = cls.env["product.product"].concat(
            *(cls._create_product(f"Pasta {place}", 1.0 + place * 0.37, cls.pasta) for place in range(40))
        )
        cls.base_list = cls._create_list(
            "Base",
            {"compute_price": "percentage", "percent_price": 7},
            {"compute_price": "percentage", "percent_price": 11.5, "min_quantity": 10},
        )
        chained = {"base": "pricelist", "base_pricelist_id": cls.base_list.id}
        cls.shop_list = cls._create_list(
            "Shop",
            {"compute_price": "percentage", "percent_price": 5, **chained},
            {
                "compute_price": "formula",
                "price_discount": 9,
                "price_round": 0.05,
                "categ_id": cls.food.id,
                "applied_on": "2_product_category",
                "min_quantity": 20,
                **chained,
            },
        )

    def _create_order(self, pricelist, products=None, quantity=None):
        return self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "pricelist_id": pricelist.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity or 1 + place})
                    for place, product in enumerate(products or self.products)
                ],
            }
        )

    def _show_discounts(self):
        self.env.ref("base.group_user")._apply_group(self.env.ref("sale.group_discount_per_so_line"))

    def _update_as_odoo_does(self, order):
        with patch.object(type(order.order_line), "_with_order_prices", lambda lines: lines):
            order.action_update_prices()
        return order.order_line.mapped(lambda line: (line.price_unit, line.discount, line.pricelist_item_id.id))

    def _assert_update_same_as_odoo(self, order):
        order.action_update_prices()
        ours = order.order_line.mapped(lambda line: (line.price_unit, line.discount, line.pricelist_item_id.id))
        self.assertEqual(ours, self._update_as_odoo_does(order))

    def test_update_prices_gives_what_odoo_gives_line_by_line(self):
        self._assert_update_same_as_odoo(self._create_order(self.shop_list))

    def test_update_prices_with_visible_discounts_gives_what_odoo_gives(self):
        self._show_discounts()
        order = self._create_order(self.shop_list)
        self.assertTrue(any(order.order_line.mapped("discount")))
        self._assert_update_same_as_odoo(order)

    def test_visible_discounts_across_currencies_are_those_of_odoo(self):
        self._show_discounts()
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"name": "2026-01-01", "currency_id": dollar.id, "rate": 1.09})
        self.base_list.currency_id = dollar
        self._assert_update_same_as_odoo(self._create_order(self.shop_list))

    def test_update_prices_of_many_lines_takes_few_queries(self):
        order = self._create_order(self.shop_list)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        order.action_update_prices()
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 80)

    def test_the_prices_come_from_the_memo(self):
        order = self._create_order(self.base_list)
        with patch.object(OrderPrices, "prices", lambda *_args: (4.2, 5.0)):
            order.action_update_prices()
        self.assertEqual(set(order.order_line.mapped("price_unit")), {4.2})

    def test_a_stray_key_on_a_rule_counts_as_when_odoo_prices_the_line_alone(self):
        other = self._create_product("Oil", 8.0, self._create_category("Oils"))
        self.base_list.item_ids.filtered(lambda item: not item.min_quantity).categ_id = self.pasta
        order = self._create_order(self.base_list, products=self.products[:3] + other, quantity=1)
        self.assertEqual(order.order_line[-1].price_unit, self.base_list._get_product_price(other, 1))
        self.assertEqual(order.order_line[-1].price_unit, 8.0)

    def test_rules_and_products_changed_in_between_count_at_once(self):
        order = self._create_order(self.base_list, quantity=1)
        rule = self.base_list.item_ids.filtered(lambda item: not item.min_quantity)
        for values, price in (
            ({"compute_price": "fixed", "fixed_price": 7}, 7.0),
            ({"compute_price": "fixed", "fixed_price": 8}, 8.0),
            ({"compute_price": "percentage", "percent_price": 50}, 0.5),
        ):
            rule.write(values)
            order._recompute_prices()
            self.assertEqual(order.order_line[0].price_unit, price)
        self.products[0].list_price = 150
        order._recompute_prices()
        self.assertEqual(order.order_line[0].price_unit, 75.0)

    def test_a_changed_rule_counts_at_the_next_update(self):
        order = self._create_order(self.base_list, quantity=1)
        self.base_list.item_ids.filtered(lambda item: not item.min_quantity).percent_price = 50
        order.action_update_prices()
        self.assertEqual(order.order_line[0].price_unit, 0.5)

    def test_extra_prices_of_attributes_without_variants_are_charged(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Cut",
                "create_variant": "no_variant",
                "value_ids": [Command.create({"name": "Thin"}), Command.create({"name": "Thick"})],
            }
        )
        template = self.products[0].product_tmpl_id
        template.attribute_line_ids = [
            Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]})
        ]
        value = template.attribute_line_ids.product_template_value_ids[1]
        value.price_extra = 3
        order = self._create_order(self.base_list, quantity=1)
        line = order.order_line[0]
        line.product_no_variant_attribute_value_ids = value
        order.action_update_prices()
        self.assertEqual(line.price_unit, 3.72)  # (1 + 3) less 7 %
        self.assertEqual(order.order_line[1].price_unit, 1.27)

    def test_a_client_can_not_slip_prices_in_by_the_context(self):
        product = self.products[0].with_context(**{KEY: {self.products[0].id: 0.01}})
        forged = self.base_list.with_context(**{KEY: {self.products[0].id: 0.01}})
        self.assertAlmostEqual(forged._get_product_price(product, 1), 0.93, 9)

    def _print(self, pricelist, quantities):
        """The printed prices of each product, in the order of the quantities."""
        document = self.env["listino.document"].create(
            {
                "name": "Listino",
                "pricelist_id": pricelist.id,
                "quantity_mode": "typed",
                "typed_quantities": ";".join(map(str, quantities)),
                "category_ids": [Command.set(self.food.ids)],
            }
        )
        blocks = document._get_builder().blocks()
        return {block.product_id: block.cells[-len(quantities) :] for block in blocks if isinstance(block, Line)}

    def _assert_charged_as_printed(self, pricelist, quantities=(1, 20)):
        printed = self._print(pricelist, quantities)
        self.assertEqual(set(printed), set(self.products.ids))
        for place, quantity in enumerate(quantities):
            order = self._create_order(pricelist, quantity=quantity)
            for line in order.order_line:
                self.assertEqual(line.price_subtotal, self.euro.round(printed[line.product_id.id][place] * quantity))

    def test_unit_price_is_charged_as_printed(self):
        for pricelist in (self.base_list, self.shop_list, self.public_list):
            self._assert_charged_as_printed(pricelist)

    def test_it_is_where_quotes_show_the_discount(self):
        self._show_discounts()
        self.base_list.item_ids.percent_price = 33.337
        for pricelist in (self.base_list, self.shop_list):
            self._assert_charged_as_printed(pricelist)

    def test_it_is_where_another_addon_prices(self):
        self._show_discounts()
        self.patch(type(self.shop_list), "_can_price_in_bulk", lambda *_args, **_options: False)
        self._assert_charged_as_printed(self.shop_list)

    def test_tiny_prices_are_not_rounded_away(self):
        self.products[0].list_price = 0.0042
        order = self._create_order(self.base_list, products=self.products[:2], quantity=1000)
        self.assertEqual(order.order_line[0].price_unit, 0.0037)
        self.assertEqual(order.order_line[0].price_subtotal, 3.7)

    def test_line_typed_in_the_form_is_priced(self):
        with Form(self.env["sale.order"]) as form:
            form.partner_id = self.partner
            form.pricelist_id = self.base_list
            with form.order_line.new() as line:
                line.product_id = self.products[3]
                line.product_uom_qty = 10
        self.assertEqual(form.record.order_line.price_unit, 1.87)  # 2.11 less 11.5 %
        self.assertEqual(form.record.order_line.pricelist_item_id.min_quantity, 10)

    def test_odoo_report_prices_are_the_same_in_bulk(self):
        data = {
            "quantities": [1, 10, 25],
            "pricelist_id": self.shop_list.id,
            "active_model": "product.template",
            "active_ids": self.products.product_tmpl_id.ids,
        }
        report = self.env["report.product.report_pricelist"]
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        rows = report._get_report_data(data)["products"]
        self.assertLess(self.env.cr.sql_log_count - before, 80)
        for row in rows:
            product = self.env["product.template"].browse(row["id"])
            one_by_one = {quantity: self.shop_list._get_product_price(product, quantity) for quantity in row["price"]}
            self.assertEqual(row["price"], one_by_one)
