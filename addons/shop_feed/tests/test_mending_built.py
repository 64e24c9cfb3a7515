"""A problem as a build tells it, mended where its button leads, is gone after the next build."""

from odoo.tests import Form, tagged

from .build_common import BuildCommon


@tagged("post_install", "-at_install")
class TestMendingBuilt(BuildCommon):
    def _problem(self, code, product=None):
        return self._item(product or self.oil).issue_ids.filtered(lambda problem: problem.code == code)

    def _mend(self, problem, **values):
        """Enter values in what the button opens, as a person who sees these fields and no others."""
        action = problem.action_mend()
        record = self.env[action["res_model"]].browse(action["res_id"]).with_context(**action.get("context", {}))
        with Form(record, view=action["views"][0][0] or None) as form:
            for name, value in values.items():
                setattr(form, name, value)
        self._refresh()

    def test_a_mistyped_barcode(self):
        self.oil.barcode = "8000000000027"
        self._refresh()
        self._mend(self._problem("gtin_check_digit"), barcode="8000000000026")
        self.assertFalse(self._problem("gtin_check_digit"))
        self.assertEqual(self._item(self.oil).values["gtin"], "8000000000026")

    def test_a_price_of_nothing(self):
        self.oil.list_price = 0
        self._refresh()
        self.assertEqual(self._item(self.oil).state, "left_out")
        self._mend(self._problem("not_positive"), list_price=10)
        self.assertEqual(self._item(self.oil).state, "sent")
        self.assertIn("12,20", self._item(self.oil).price_text)

    def test_a_title_in_capitals(self):
        self.oil.name = "OLIO EXTRA VERGINE DI OLIVA"
        self._refresh()
        self._mend(self._problem("shouted"), feed_title="Olio extra vergine di oliva")
        self.assertFalse(self._problem("shouted"))

    def test_a_shop_category_for_all_its_products(self):
        bread = self._create_product("Pane")
        taxonomy = self.env["shop.feed.taxonomy"].create({"number": 2660, "path": "Cibi > Oli"})
        self._refresh()
        problem = self._problem("missing_recommended").filtered(
            lambda problem: problem.field_name == "google_product_category"
        )
        self._mend(problem, feed_taxonomy_id=taxonomy)
        self.assertEqual(self._item(self.oil).values["google_product_category"], "2660")
        self.assertEqual(self._item(bread).values["google_product_category"], "2660")

    def test_a_brand_for_all_products_that_have_none(self):
        bread = self._create_product("Pane", feed_brand=False, barcode="8000000000033")
        self._refresh()
        action = self._problem("missing", bread).action_mend_all()
        with Form(self.env[action["res_model"]].with_context(**action["context"])) as form:
            form.fixed = "Forno"
        self._refresh()
        self.assertEqual(self._item(bread).values["brand"], "Forno")
        self.assertEqual(self._item(self.oil).values["brand"], "Frantoio")

    def test_a_feed_of_three_answers_is_built(self):
        form = Form(self.env["shop.feed.start"])
        form.channel_id = self.env.ref("shop_feed.channel_meta")
        form.website_id = self.website
        form.pricelist_id = self.pricelist
        feed = self.env["shop.feed"].browse(form.save().action_create_feed()["res_id"])
        self._refresh(feed)
        self.assertEqual((feed.sent_count, feed.left_out_count), (1, 0))
        self.assertIn("utm_source=meta", self._item(self.oil, feed).values["link"])
        self.assertIn("Olio extra vergine", self._item(self.oil, feed).card)
