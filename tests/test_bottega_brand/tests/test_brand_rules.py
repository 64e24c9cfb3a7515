"""A rule for a brand, which pricelist_brand adds to core's choices, keeps its price with our engine installed."""

from odoo.tests import tagged

from odoo.addons.listino_pricelist.tests.common import ListinoCommon


@tagged("post_install", "-at_install")
class TestBrandRules(ListinoCommon):
    def test_a_rule_for_a_brand_prices_its_products(self):
        brand = self.env["product.brand"].create({"name": "Molino"})
        branded = self._create_product("Flour", 10.0, product_brand_id=brand.id)
        other = self._create_product("Salt", 10.0)
        brand_list = self._create_list(
            "Brands",
            {
                "applied_on": "25_brand",
                "product_brand_id": brand.id,
                "compute_price": "percentage",
                "percent_price": 20.0,
            },
        )
        prices = brand_list._get_products_price(branded + other, quantity=1.0)
        self.assertEqual(prices, {branded.id: 8.0, other.id: 10.0})
