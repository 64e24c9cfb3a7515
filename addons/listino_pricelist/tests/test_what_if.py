"""Prices as they would be are those that the lists really give once it is written."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.what_if import AddedRule, WhatIf
from .common import ListinoCommon

QUANTITIES = [1, 10, 50]


@tagged("post_install", "-at_install")
class TestWhatIf(ListinoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.penne = cls._create_product("Penne", 2.0, cls.pasta, standard_price=1.0)
        cls.farfalle = cls._create_product("Farfalle", 3.0, cls.pasta, standard_price=1.5)
        cls.products = cls.penne + cls.farfalle
        cls.base = cls._create_list(
            "Base",
            {"applied_on": "1_product", "product_tmpl_id": cls.penne.product_tmpl_id.id, "fixed_price": 1.8},
            {
                "applied_on": "1_product",
                "product_tmpl_id": cls.penne.product_tmpl_id.id,
                "fixed_price": 1.5,
                "min_quantity": 10,
            },
            {"compute_price": "percentage", "percent_price": 5, "applied_on": "3_global"},
        )
        cls.derived = cls._create_list(
            "Derived",
            {"compute_price": "percentage", "percent_price": 10, "base": "pricelist", "base_pricelist_id": cls.base.id},
        )
        cls.dear, cls.cheap = cls.base.item_ids.filtered("product_tmpl_id").sorted("min_quantity")

    def _would_be(self, what_if):
        return self.derived.with_context(listino_what_if=what_if)._get_price_grid(self.products, QUANTITIES)

    def _is(self):
        grid = self.derived._get_price_grid(self.products, QUANTITIES)
        return {product_id: [price for price, _rule_id in pairs] for product_id, pairs in grid.items()}

    def _prices(self, grid):
        return {product_id: [price for price, _rule_id in pairs] for product_id, pairs in grid.items()}

    def test_changed_fixed_and_sales_prices(self):
        template = self.farfalle.product_tmpl_id
        what_if = WhatIf(fixed_prices={self.dear.id: 1.7}, sales_prices={template.id: 4.0})
        would_be = self._prices(self._would_be(what_if))
        self.assertNotEqual(would_be, self._is())
        self.dear.fixed_price = 1.7
        template.list_price = 4.0
        self.assertEqual(would_be, self._is())

    def test_removed_rules(self):
        would_be = self._prices(self._would_be(WhatIf(removed_rule_ids=frozenset(self.dear.ids + self.cheap.ids))))
        (self.dear + self.cheap).unlink()
        self.assertEqual(would_be, self._is())

    def test_added_rules_win_over_older_ones_of_their_kind(self):
        template = self.penne.product_tmpl_id
        added = (
            AddedRule(self.base.id, 1.6, template_id=template.id),
            AddedRule(self.base.id, 1.1, min_quantity=50, template_id=template.id),
            AddedRule(self.base.id, 2.2, category_id=self.food.id),
            AddedRule(self.derived.id, 9.9, variant_id=self.farfalle.id),
        )
        would_be = self._prices(self._would_be(WhatIf(added_rules=added)))
        rules = [
            {
                "pricelist_id": self.base.id,
                "applied_on": "1_product",
                "product_tmpl_id": template.id,
                "fixed_price": 1.6,
            },
            {
                "pricelist_id": self.base.id,
                "applied_on": "1_product",
                "product_tmpl_id": template.id,
                "fixed_price": 1.1,
                "min_quantity": 50,
            },
            {
                "pricelist_id": self.base.id,
                "applied_on": "2_product_category",
                "categ_id": self.food.id,
                "fixed_price": 2.2,
            },
            {
                "pricelist_id": self.derived.id,
                "applied_on": "0_product_variant",
                "product_id": self.farfalle.id,
                "fixed_price": 9.9,
            },
        ]
        self.env["product.pricelist.item"].create([{"compute_price": "fixed", **rule} for rule in rules])
        self.assertEqual(would_be, self._is())

    def test_costs(self):
        self.derived.item_ids.write({"base": "standard_price", "base_pricelist_id": False})
        would_be = self._prices(self._would_be(WhatIf(costs={self.penne.id: 7.0})))
        self.penne.standard_price = 7.0
        self.assertEqual(would_be, self._is())

    def test_one_product_alone_is_tried_out_too(self):
        tried = self.derived.with_context(listino_what_if=WhatIf(fixed_prices={self.dear.id: 1.0}))
        self.assertAlmostEqual(tried._get_product_price(self.penne, 1), 0.9)
        self.assertAlmostEqual(self.derived._get_product_price(self.penne, 1), 1.62)

    def test_what_is_charged_follows(self):
        tried = self.derived.with_context(
            listino_what_if=WhatIf(added_rules=(AddedRule(self.derived.id, 1.234, variant_id=self.penne.id),))
        )
        self.assertEqual(tried._get_unit_prices(self.penne, [1])[self.penne.id], [(1.23, False)])

    def test_a_client_can_only_name_the_key(self):
        forged = self.derived.with_context(listino_what_if={"sales_prices": {self.penne.product_tmpl_id.id: 0.01}})
        self.assertEqual(forged._get_price_grid(self.products, [1]), self.derived._get_price_grid(self.products, [1]))

    def test_where_another_addon_prices_nothing_is_tried_out(self):
        model = type(self.env["product.pricelist.item"])
        self.patch(model, "_is_applicable_for", lambda *_args: True)
        with self.assertRaises(UserError):
            self._would_be(WhatIf(sales_prices={self.penne.product_tmpl_id.id: 1.0}))
