"""Why this price: the whole way from the list to the product, and the rules that lost."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import ListinoCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestPriceCheck(ListinoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rice = cls._create_product("Rice", 10.0, cls.pasta, standard_price=6)
        cls.base_list = cls._create_list(
            "Base",
            {"compute_price": "percentage", "percent_price": 10},
            {"compute_price": "percentage", "percent_price": 30, "min_quantity": 100},
            {
                "compute_price": "fixed",
                "fixed_price": 1,
                "date_end": "2026-01-31 00:00:00",
                "applied_on": "2_product_category",
                "categ_id": cls.pasta.id,
            },
        )
        cls.shop_list = cls._create_list(
            "Shop",
            {
                "compute_price": "formula",
                "price_discount": -20,
                "price_round": 1,
                "price_surcharge": -0.1,
                "base": "pricelist",
                "base_pricelist_id": cls.base_list.id,
            },
        )

    def _derive(self, pricelist=None, quantity=1, **options):
        return (pricelist or self.shop_list)._get_price_derivation(self.rice, quantity, **options)

    def test_every_number_on_the_way(self):
        shop, base = self._derive()
        self.assertEqual((shop.base, shop.base_list_id, shop.base_price), ("pricelist", self.base_list.id, 9.0))
        self.assertEqual([name for name, _price in shop.steps], ["discount", "rounding", "surcharge"])
        self.assertAlmostEqual(shop.steps[0][1], 10.8)
        self.assertAlmostEqual(shop.price, 10.9)
        self.assertEqual((base.base, base.base_price, base.price), ("list_price", 10.0, 9.0))

    def test_the_price_is_the_one_that_the_list_gives(self):
        for quantity in (1, 100):
            self.assertEqual(
                self._derive(quantity=quantity)[0].price, self.shop_list._get_product_price(self.rice, quantity)
            )

    def test_rules_that_lost_and_why(self):
        [station] = self._derive(self.base_list)
        reasons = {rule.percent_price or rule.fixed_price: reason for rule, reason in station.lost}
        self.assertEqual(reasons, {30: "quantity", 1: "date"})
        [station] = self._derive(self.base_list, quantity=100)
        self.assertIn("order", [reason for _rule, reason in station.lost])

    def test_a_list_without_a_rule_gives_the_sales_price(self):
        [station] = self._derive(self.public_list)
        self.assertEqual((station.rule, station.base, station.price), (None, "list_price", 10.0))

    def test_another_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        [station] = self._derive(self.base_list, quantity=9, uom=dozen)
        self.assertEqual((station.rule.percent_price, station.price), (30, 84.0))

    def test_the_form_tells_it_in_words(self):
        form = Form(self.env["listino.price.check"].with_context(default_pricelist_id=self.shop_list.id))
        form.product_id = self.rice
        self.assertAlmostEqual(form.price, 10.9)
        for words in ("Shop", "Base", "Markup of 20 %", "Extra of -0.1", "is not valid at that time"):
            self.assertIn(words, form.explanation.replace(",", "."))

    def test_prices_between_steps_are_not_rounded(self):
        self.rice.list_price = 2.9
        self.base_list.item_ids[-1].percent_price = 25
        check = self.env["listino.price.check"].create(
            {"product_id": self.rice.id, "pricelist_id": self.base_list.id, "quantity": 1}
        )
        labels = [step["price_label"] for step in check.derivation[0]["steps"]]
        self.assertIn("2.175", labels[0].replace(",", "."))

    def test_a_salesperson_reads_derivations_but_no_costs(self):
        seller = self._create_salesperson()
        self.assertTrue(self.shop_list.with_user(seller)._get_price_derivation(self.rice.with_user(seller)))

    def test_where_another_app_prices_it_is_said(self):
        self.patch(type(self.shop_list), "_can_price_in_bulk", lambda *_args, **_options: False)
        with self.assertRaisesRegex(UserError, "Another installed app"):
            self._derive()
