"""Rules for a brand, which pricelist_brand adds to core's choices, keep their prices with our engine installed."""

from itertools import product as combinations
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.listino_pricelist.models.price_facts import CHOICE_OF_RULE, FETCHING_OF_RULES, is_changed
from odoo.addons.listino_pricelist.tests.common import ListinoCommon


@tagged("post_install", "-at_install")
class TestBrandRules(ListinoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill, cls.dairy = cls.env["product.brand"].create([{"name": "Molino"}, {"name": "Latteria"}])
        brands = (cls.mill, cls.dairy, cls.env["product.brand"])
        cls.products = cls.env["product.product"].concat(
            *(
                cls._create_product(f"Product {place}", 1.0 + 3.7 * place, category, product_brand_id=brand.id)
                for place, (brand, category) in enumerate(combinations(brands, (cls.food, cls.pasta, cls.fresh_pasta)))
            )
        )
        cls.base_list = cls._create_list(
            "Base",
            {"compute_price": "percentage", "percent_price": 4},
            cls._brand_rule(cls.mill, percent_price=20),
            cls._brand_rule(cls.mill, percent_price=25, min_quantity=10),
            {
                "applied_on": "2_product_category",
                "categ_id": cls.pasta.id,
                "compute_price": "percentage",
                "percent_price": 15,
            },
        )
        chained = {"base": "pricelist", "base_pricelist_id": cls.base_list.id}
        cls.shop_list = cls._create_list(
            "Shop",
            {"compute_price": "formula", "price_discount": -30, "price_round": 0.05, **chained},
            cls._brand_rule(cls.dairy, percent_price=5, **chained),
            {"applied_on": "1_product", "product_tmpl_id": cls.products[0].product_tmpl_id.id, "fixed_price": 3},
        )

    @classmethod
    def _brand_rule(cls, brand, **values):
        return {"applied_on": "25_brand", "product_brand_id": brand.id, "compute_price": "percentage", **values}

    def _assert_same_as_odoo(self, pricelist, products):
        for quantity in (0, 1, 10):
            ours = pricelist._compute_price_rule(products, quantity)
            with patch.object(type(pricelist), "_can_price_in_bulk", lambda *_args, **_options: False):
                self.assertEqual(ours, pricelist._compute_price_rule(products, quantity))

    def test_the_engine_knows_that_another_addon_has_its_say(self):
        self.assertTrue(is_changed(self.env, CHOICE_OF_RULE))
        self.assertTrue(is_changed(self.env, FETCHING_OF_RULES))

    def test_a_rule_for_a_brand_prices_its_products(self):
        prices = self.base_list._get_products_price(self.products[:1] + self.products[-3:-2], quantity=1.0)
        self.assertEqual(list(prices.values()), [0.8, self.products[-3].list_price * (1 - 0.04)])

    def test_prices_and_rules_are_those_of_odoo(self):
        self._assert_same_as_odoo(self.base_list, self.products)
        self._assert_same_as_odoo(self.base_list, self.products.product_tmpl_id)

    def test_they_are_along_the_chain_too(self):
        self._assert_same_as_odoo(self.shop_list, self.products)
        self._assert_same_as_odoo(self.shop_list, self.products.product_tmpl_id)

    def test_a_rule_left_with_a_brand_it_does_not_use_is_fetched_as_odoo_fetches_it(self):
        self.base_list.item_ids.filtered(lambda item: item.applied_on == "3_global").product_brand_id = self.mill
        self._assert_same_as_odoo(self.shop_list, self.products)

    def test_order_lines_have_the_brand_rules_too(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Trattoria"}).id,
                "pricelist_id": self.base_list.id,
                "order_line": [(0, 0, {"product_id": product.id}) for product in self.products],
            }
        )
        self.assertEqual(order.order_line[0].pricelist_item_id.product_brand_id, self.mill)
        self.assertEqual(order.order_line[0].price_unit, 0.8)
