"""A list that keeps the quantity discounts of another one."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ListinoCommon


@tagged("post_install", "-at_install")
class TestKeptBreaks(ListinoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rice = cls._create_product("Rice", 10.0, uom_id=cls.env.ref("uom.product_uom_kgm").id)
        cls.parent = cls._create_list(
            "Wholesale",
            {"compute_price": "percentage", "percent_price": 0},
            {"compute_price": "percentage", "percent_price": 10, "min_quantity": 10},
            {"compute_price": "percentage", "percent_price": 20, "min_quantity": 100},
        )
        cls.child = cls._create_list("Restaurants", cls._fixed(8.0))

    @classmethod
    def _fixed(cls, price, **values):
        return {
            "applied_on": "1_product",
            "product_tmpl_id": cls.rice.product_tmpl_id.id,
            "fixed_price": price,
            **values,
        }

    def _prices(self, *quantities, pricelist=None):
        """The prices by bulk arithmetic, made sure to be those that Odoo works out one by one."""
        pricelist = pricelist or self.child
        prices = [price for price, _rule_id in pricelist._get_price_grid(self.rice, quantities)[self.rice.id]]
        alone = [pricelist._get_product_price(self.rice, quantity) for quantity in quantities]
        self.assertEqual(prices, alone)
        return [round(price, 6) for price in prices]

    def test_off_by_default(self):
        self.assertEqual(self._prices(1, 10, 100), [8.0, 8.0, 8.0])

    def test_a_fixed_price_keeps_them(self):
        self.child.breaks_pricelist_id = self.parent
        self.assertEqual(self._prices(1, 9, 10, 100), [8.0, 8.0, 7.2, 6.4])

    def test_a_rule_with_a_quantity_of_its_own_stays_as_it_is(self):
        self.child.breaks_pricelist_id = self.parent
        self.child.item_ids = [(0, 0, self._fixed(7.5, min_quantity=50))]
        self.assertEqual(self._prices(1, 10, 50, 100), [8.0, 7.2, 7.5, 7.5])

    def test_a_rule_based_on_a_list_brings_that_lists_discounts_only(self):
        self.child.breaks_pricelist_id = self.parent
        based = {"base": "pricelist", "base_pricelist_id": self.parent.id}
        self.child.item_ids = [(5, 0, 0), (0, 0, {"compute_price": "percentage", "percent_price": 5, **based})]
        self.assertEqual(self._prices(1, 10, 100), [9.5, 8.55, 7.6])

    def test_a_price_that_rises_with_quantity_is_no_discount(self):
        self.child.breaks_pricelist_id = self.parent
        self.parent.item_ids.filtered(lambda rule: rule.min_quantity == 10).percent_price = -5
        self.assertEqual(self._prices(10, 100), [8.0, 6.4])

    def test_a_parent_in_another_currency_gives_its_percentage(self):
        self.child.breaks_pricelist_id = self.parent
        self.parent.currency_id = self.env.ref("base.USD")
        self.assertEqual(self._prices(1, 10), [8.0, 7.2])

    def test_quantities_count_in_the_products_own_unit(self):
        self.child.breaks_pricelist_id = self.parent
        quintal = self.env.ref("listino_pricelist.uom_quintal")
        grid = self.child._get_price_grid(self.rice, [0.1, 1], uom=quintal)[self.rice.id]
        self.assertEqual([round(price, 6) for price, _rule_id in grid], [720.0, 640.0])
        self.assertEqual(self.child._get_product_price(self.rice, 1, uom=quintal), grid[1][0])

    def test_its_quantities_are_columns_on_paper(self):
        self.child.breaks_pricelist_id = self.parent
        document = self.env["listino.document"].create({"name": "Doc", "pricelist_id": self.child.id, "lang": "en_US"})
        self.assertEqual(document._get_quantities(self.child), [1.0, 10.0, 100.0])

    def test_an_order_charges_it(self):
        self.child.breaks_pricelist_id = self.parent
        partner = self.env["res.partner"].create({"name": "Trattoria"})
        lines = [(0, 0, {"product_id": self.rice.id, "product_uom_qty": quantity}) for quantity in (1, 10, 100)]
        order = self.env["sale.order"].create(
            {"partner_id": partner.id, "pricelist_id": self.child.id, "order_line": lines}
        )
        self.assertEqual(order.order_line.mapped("price_unit"), [8.0, 7.2, 6.4])

    def test_the_derivation_says_so(self):
        self.child.breaks_pricelist_id = self.parent
        [station] = self.child._get_price_derivation(self.rice, 10)
        self.assertEqual([name for name, _price in station.steps], ["fixed", "kept_breaks"])
        check = self.env["listino.price.check"].create(
            {"product_id": self.rice.id, "pricelist_id": self.child.id, "quantity": 10}
        )
        self.assertIn("Quantity discount of Wholesale", check.explanation)
        self.assertEqual(check.price, 7.2)

    def test_no_list_needs_its_own_prices(self):
        self.child.breaks_pricelist_id = self.parent
        with self.assertRaises(ValidationError):
            self.parent.breaks_pricelist_id = self.child
        with self.assertRaises(ValidationError):
            self.parent.item_ids[0].write({"base": "pricelist", "base_pricelist_id": self.child.id})
        with self.assertRaises(ValidationError):
            self.child.breaks_pricelist_id = self.child

    def test_the_many_are_priced_in_few_queries(self):
        self.child.breaks_pricelist_id = self.parent
        products = self.rice + self.env["product.product"].create(
            [{"name": f"Rice {number}", "list_price": number, "categ_id": self.food.id} for number in range(30)]
        )
        self.child.item_ids = [(0, 0, {"compute_price": "percentage", "percent_price": 1})]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            self.child._get_price_grid(products, [1, 10, 100])
