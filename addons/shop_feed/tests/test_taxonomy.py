"""Categories of channels: read in, searched, inherited from nothing else."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .screens_common import ScreensCommon

SAMPLE = """# Google_Product_Taxonomy_Version: 2021-09-21
412 - Alimenti, bevande e tabacco
422 - Alimenti, bevande e tabacco > Alimenti
2660 - Alimenti, bevande e tabacco > Alimenti > Ingredienti > Oli da cucina
7 - Veicoli > Oli per motore
"""
OILS = "Alimenti, bevande e tabacco > Alimenti > Ingredienti > Oli da cucina"


@tagged("post_install", "-at_install")
class TestTaxonomy(ScreensCommon):
    def _import(self, content, user=None, **vals):
        content = content.encode() if isinstance(content, str) else content
        wizard = self.env["shop.feed.taxonomy.import"].with_user(user or self.manager)
        return wizard.create({"file": base64.b64encode(content), **vals}).action_import()

    def _found(self, words):
        return [name for _number, name in self.env["shop.feed.taxonomy"].name_search(words)]

    def test_a_file_is_read_in_and_read_again(self):
        self._import(SAMPLE)
        self.assertEqual(self.env["shop.feed.taxonomy"].search_count([("version", "=", "2021-09-21")]), 4)
        oil = self.env["shop.feed.taxonomy"].search([("number", "=", 2660)])
        changed = SAMPLE.replace("Oli da cucina", "Oli e aceti").replace("7 - Veicoli > Oli per motore\n", "")
        answer = self._import("\ufeff" + changed)
        self.assertEqual(oil.path, "Alimenti, bevande e tabacco > Alimenti > Ingredienti > Oli e aceti")
        gone = self.env["shop.feed.taxonomy"].with_context(active_test=False).search([("number", "=", 7)])
        self.assertFalse(gone.active)
        self.assertRegex(answer["params"]["message"], r"2021-09-21\D+0\D+1\D+1\D+$")
        self._import(SAMPLE)
        self.assertTrue(gone.active)

    def test_the_other_taxonomy_is_left_alone(self):
        self._import(SAMPLE)
        self._import("1 - Abbigliamento\n", kind="facebook")
        self.assertEqual(self.env["shop.feed.taxonomy"].search_count([("kind", "=", "google")]), 4)
        self.assertEqual(self.env["shop.feed.taxonomy"].search([("kind", "=", "facebook")]).path, "Abbigliamento")

    def test_what_is_no_taxonomy_is_refused_in_words_and_nothing_is_stored(self):
        before = self.env["shop.feed.taxonomy"].search_count([])
        for content in ("", "<html>", b"PK\x03\x04\xff\xfe", "id,name\n1,a", "1 - A\n1 - B\n", "1 - A\nX - B\n"):
            with self.assertRaises(UserError) as caught:
                self._import(content)
            self.assertNotIn("taxonomy_", str(caught.exception))
        self.assertEqual(self.env["shop.feed.taxonomy"].search_count([]), before)

    def test_a_file_that_is_too_large_is_refused(self):
        with self.assertRaises(UserError):
            self._import(b"1 - A\n" * 1_000_000)

    def test_words_find_a_category_wherever_they_stand_and_the_best_comes_first(self):
        self._import(SAMPLE)
        self.assertEqual(self._found("oli alim"), [OILS])
        self.assertEqual(self._found("oli")[0], "Veicoli > Oli per motore")
        self.assertEqual(self._found("alimenti")[0], "Alimenti, bevande e tabacco")
        self.assertEqual(self._found("2660"), [OILS])
        self.assertEqual(self._found("zzz"), [])
        self.assertEqual(len(self._found("")), 4)

    def test_a_search_is_bound_by_its_limit_and_domain(self):
        self._import(SAMPLE)
        Taxonomy = self.env["shop.feed.taxonomy"]
        self.assertEqual(len(Taxonomy.name_search("a", limit=2)), 2)
        self.assertEqual(len(Taxonomy.name_search("oli", [("number", "=", 7)])), 1)
        self.assertEqual(len(Taxonomy.search([("display_name", "not ilike", "oli")])), 2)

    def test_what_holds_for_a_shop_category_comes_from_the_nearest_above(self):
        Category, Taxonomy = self.env["product.public.category"], self.env["shop.feed.taxonomy"]
        top = Category.create({"name": "Dispensa", "feed_taxonomy_id": Taxonomy.create({"number": 1, "path": "A"}).id})
        middle = Category.create({"name": "Oli", "parent_id": top.id})
        below = Category.create({"name": "Oliva", "parent_id": middle.id})
        self.assertEqual((top + middle + below).mapped("feed_taxonomy_path"), ["A", "A", "A"])
        middle.feed_taxonomy_id = Taxonomy.create({"number": 2, "path": "A > B"})
        self.assertEqual((top + middle + below).mapped("feed_taxonomy_path"), ["A", "A > B", "A > B"])
        self.assertFalse(Category.create({"name": "Altro"}).feed_taxonomy_path)

    def test_the_name_of_a_file_tells_whose_it_is(self):
        wizard = self.env["shop.feed.taxonomy.import"].new({"file_name": "fb_product_categories_it_IT.txt"})
        wizard._onchange_file_name()
        self.assertEqual(wizard.kind, "facebook")

    def test_only_managers_read_one_in(self):
        with self.assertRaises(AccessError):
            self._import(SAMPLE, self.user)
