"""From a problem to the field that mends it."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..channels.issues import issue
from .screens_common import ScreensCommon


@tagged("post_install", "-at_install")
class TestMending(ScreensCommon):
    def _mend(self, problem, product=None, **vals):
        item = self._create_item(product, problems=[problem], **vals)
        return item.issue_ids, item.issue_ids.with_user(self.manager).action_mend()

    def test_a_wrong_barcode_is_mended_in_a_small_form_of_the_variant(self):
        _problem, action = self._mend(issue("gtin_check_digit", "gtin", value="8000000000027"))
        self.assertEqual((action["res_model"], action["res_id"]), ("product.product", self.product.id))
        self.assertEqual(action["target"], "new")
        self.assertIn("8000000000027", action["name"])
        view = self.env.ref("shop_feed.product_product_view_mend")
        context = action["context"]
        with Form(self.product.with_user(self.manager).with_context(**context), view=view) as form:
            form.barcode = "8000000000033"
            with self.assertRaises(AssertionError):
                form.feed_title = "What is not the problem is not shown"
        self.assertEqual(self.product.barcode, "8000000000033")

    def test_where_the_field_comes_from_elsewhere_it_is_mended_there(self):
        self.env["shop.feed.map"].create(
            {"feed_id": self.feed.id, "field_name": "brand", "source_1": "attribute:Marca", "fixed": "Frantoio"}
        )
        _problem, action = self._mend(issue("missing", "brand"))
        self.assertEqual((action["res_model"], action["res_id"]), ("product.template", self.product.product_tmpl_id.id))

    def test_a_fixed_text_is_mended_in_the_mapping(self):
        row = self.env["shop.feed.map"].create({"feed_id": self.feed.id, "field_name": "gender", "fixed": "Donna"})
        _problem, action = self._mend(issue("not_a_choice", "gender", value="Donna", allowed="female"))
        self.assertEqual((action["res_model"], action["res_id"]), ("shop.feed.map", row.id))

    def test_what_nothing_fills_gets_a_row_of_the_mapping(self):
        _problem, action = self._mend(issue("missing", "custom_label_0"))
        self.assertFalse(action["res_id"])
        self.assertEqual(action["context"]["default_field_name"], "custom_label_0")
        self.assertEqual(action["context"]["default_feed_id"], self.feed.id)

    def test_what_lacks_everywhere_is_filled_for_all_products_at_once(self):
        problem, _action = self._mend(issue("missing", "brand"))
        action = problem.with_user(self.manager).action_mend_all()
        with Form(self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"])) as form:
            form.fixed = "Frantoio"
        # Products that have a brand keep it.
        self.assertRecordValues(self.feed.map_ids, [{"field_name": "brand", "source_1": "brand", "fixed": "Frantoio"}])

    def test_a_new_row_of_the_mapping_starts_from_what_fills_the_field_without_it(self):
        with Form(self.feed.with_user(self.manager)) as form, form.map_ids.new() as row:
            row.field_name = "product_type"
        self.assertRecordValues(
            self.feed.map_ids, [{"source_1": "shop_category_path", "source_2": "category_path", "template": False}]
        )

    def test_the_category_is_entered_at_the_shop_category_for_all_its_products(self):
        self.product.public_categ_ids = self.env["product.public.category"].create({"name": "Oli"})
        _problem, action = self._mend(issue("missing_recommended", "google_product_category"))
        self.assertEqual(action["res_model"], "product.public.category")
        self.assertEqual(action["res_id"], self.product.public_categ_ids.id)

    def test_the_category_is_entered_at_the_product_where_it_has_none_or_its_own(self):
        _problem, action = self._mend(issue("missing_recommended", "google_product_category"))
        self.assertEqual((action["res_model"], action["context"]["shop_feed_part"]), ("product.product", "taxonomy"))
        other = self._create_product("Pane")
        other.public_categ_ids = self.env["product.public.category"].create({"name": "Pane"})
        other.feed_taxonomy_id = self.env["shop.feed.taxonomy"].create({"number": 7, "path": "Cibi > Pane"})
        _problem, action = self._mend(issue("not_a_category", "google_product_category", value="x"), other)
        self.assertEqual(action["res_model"], "product.product")

    def test_the_currency_is_mended_at_the_feed(self):
        _problem, action = self._mend(issue("currency_differs", "price", found="USD", expected="EUR"))
        self.assertEqual((action["res_model"], action["res_id"]), ("shop.feed", self.feed.id))

    def test_an_address_is_mended_at_the_website_or_at_the_feed_of_another_shop(self):
        _problem, action = self._mend(issue("url_not_public", "link", host="localhost"))
        self.assertEqual((action["res_model"], action["res_id"]), ("website", self.website.id))
        self.feed.write({"shop": "external", "url_template": "http://localhost/{id}"})
        _problem, action = self._mend(issue("url_not_public", "link", host="localhost"), self._create_product("Pane"))
        self.assertEqual(action["res_model"], "shop.feed")

    def test_a_reduction_that_is_held_back_shows_what_it_cost_before(self):
        _problem, action = self._mend(issue("reduction_not_lower", "sale_price", price="9.00 EUR"))
        prices = self.env["shop.feed.price"].create(
            [
                {
                    "company_id": self.env.company.id,
                    "pricelist_id": self.pricelist.id,
                    "product_id": product.id,
                    "moment": "2026-01-01 00:00:00",
                    "currency_id": self.feed.currency_id.id,
                    "units": 900,
                }
                for product in (self.product, self._create_product("Pane"))
            ]
        )
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), prices[0])

    def test_a_list_of_problems_takes_as_many_queries_as_one_problem(self):
        self._create_item(problems=[issue("missing", "brand")])
        for number in range(8):
            self._create_item(self._create_product(f"Pane {number}"), problems=[issue("missing", "gtin")])
        Problem = self.env["shop.feed.issue"].with_user(self.user)
        counts = []
        for limit in (1, 9):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            Problem.search_read([], ["message", "severity", "product_id", "feed_id"], limit=limit)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_texts_are_mended_in_the_language_of_the_feed(self):
        self.feed.lang_id = self.env["res.lang"]._activate_lang("fr_FR")
        _problem, action = self._mend(issue("too_long", "title", length=200, limit=150))
        self.assertEqual(action["context"]["lang"], "fr_FR")

    def test_who_may_not_change_products_may_not_by_the_button_either(self):
        problem, _action = self._mend(issue("missing", "brand"))
        self.assertEqual(problem.with_user(self.user).action_mend()["res_model"], "product.product")
        with self.assertRaises(AccessError):
            self.product.with_user(self.user).feed_brand = "Frantoio"

    def test_problems_of_another_company_are_not_opened(self):
        problem, _action = self._mend(issue("missing", "brand"))
        other = self.env["res.company"].create({"name": "Altra"})
        self.user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        problem.invalidate_recordset()
        with self.assertRaises(AccessError):
            problem.with_user(self.user).action_mend()
