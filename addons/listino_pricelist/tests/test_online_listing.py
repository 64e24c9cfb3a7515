"""A price list to leaf through: what a page, a category and a search show, and at what cost."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from ..layout.listing import Line
from ..models import listing_catalogue, online_listing
from ..models.online_listing import NotListed
from .online_common import OnlineCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestOnlineListing(OnlineCommon):
    def _online(self, user=None):
        return self.document._get_online(user or self.gina)

    def _page(self, **query):
        return self._online().get_page(**query)

    def _names(self, page):
        return [row.name for section in page["sections"] for row in section.rows]

    def _titles(self, page):
        return [section.title for section in page["sections"]]

    def test_a_page_reads_as_the_printed_list(self):
        page = self._page()
        printed = [block.cells for block in self._blocks() if isinstance(block, Line)]
        places = [column.key for column in self.document._get_builder().columns]
        self.assertEqual(self._names(page), [cells[places.index("name")] for cells in printed])
        self.assertEqual(self._titles(page), ["Wine", "Food", "Pasta", "Fresh pasta"])

    def test_each_customer_has_his_own_prices(self):
        for user, penne in ((self.gina, ["2.00", "1.60"]), (self.gino, ["1.80", "1.44"])):
            page = self._online(user).get_page(search="penne")
            self.assertEqual(page["sections"][-1].rows[0].prices, penne)

    def test_categories_count_what_is_below_them(self):
        shelves = {shelf.title: (shelf.level, shelf.count) for shelf in self._page()["shelves"]}
        self.assertEqual(shelves, {"Wine": (0, 1), "Food": (0, 3), "Pasta": (1, 2), "Fresh pasta": (2, 1)})

    def test_a_category_shows_what_is_below_it_under_its_headings(self):
        page = self._page(category=str(self.pasta.id))
        self.assertEqual((self._names(page), page["total"]), (["Penne", "Ravioli"], 2))
        self.assertEqual(self._titles(page), ["Food", "Pasta", "Fresh pasta"])

    def test_a_category_that_is_none_shows_nothing_or_all(self):
        self.assertEqual(self._page(category="999999999")["total"], 0)
        self.assertEqual(self._page(category="nonsense")["total"], 4)

    def test_a_search_finds_names_references_and_barcodes(self):
        self.barolo.barcode = "LISTINO0001"
        self.penne.name = "Penne rigate"
        for search, names in (
            ("penne", ["Penne rigate"]),
            ("RIGATE penne", ["Penne rigate"]),
            ("penne ravioli", []),
            ("w1", ["Barolo"]),
            ("LISTINO0001", ["Barolo"]),
            ("%", []),
            ("_", []),
            ("\\", []),
            ("\x00", ["Barolo", "Flour", "Penne rigate", "Ravioli"]),
            ("x" * 10_000, []),
        ):
            with self.subTest(search[:20]):
                self.assertEqual(self._names(self._page(search=search)), names)

    def test_a_search_counts_its_own_categories(self):
        shelves = [(shelf.title, shelf.count) for shelf in self._page(search="ravioli")["shelves"]]
        self.assertEqual(shelves, [("Food", 1), ("Pasta", 1), ("Fresh pasta", 1)])

    def test_a_search_ignores_accents_where_the_database_can(self):
        self.barolo.name = "Caffè"
        found = self._names(self._page(search="caffe"))
        self.assertEqual(found, ["Caffè"] if self.env.registry.has_unaccent else [])

    def test_a_search_finds_variants_by_their_values(self):
        self._create_variants()
        rows = [row for section in self._page(search="rigatoni long")["sections"] for row in section.rows]
        self.assertEqual([row.name for row in rows], ["Rigatoni (Long)"])

    def test_a_row_of_several_variants_names_them(self):
        template = self._create_variants()
        page = self._page(search="rigatoni")
        [row] = [row for section in page["sections"] for row in section.rows]
        self.assertEqual(set(row.product_ids), set(template.product_variant_ids.ids))
        self.assertEqual(set(page["variants"].values()), {"Short", "Long"})

    def test_pages_follow_each_other_without_a_gap(self):
        self.patch(online_listing, "ROWS_A_PAGE", 3)
        first, second = self._page(), self._page(page="2")
        self.assertEqual(self._names(first) + self._names(second), ["Barolo", "Flour", "Penne", "Ravioli"])
        self.assertEqual(self._titles(second), ["Food", "Pasta", "Fresh pasta"], "a page begins with its headings")
        self.assertEqual((first["page_count"], second["page"]), (2, 2))
        self.assertEqual(self._page(page="99")["page"], 2)
        self.assertEqual(self._page(page="-5")["page"], 1)

    def test_what_has_no_price_is_not_counted_either(self):
        self._create_product("Gift", 0, self.wine)
        priced = self._create_product("Set by a rule", 0, self.wine)
        self.public_list.item_ids = [
            Command.create(
                {
                    "applied_on": "1_product",
                    "product_tmpl_id": priced.product_tmpl_id.id,
                    "compute_price": "fixed",
                    "fixed_price": 3,
                }
            )
        ]
        page = self._page(category=str(self.wine.id))
        self.assertEqual((self._names(page), page["total"]), (["Barolo", "Set by a rule"], 2))
        self.document.only_priced = False
        self.assertEqual(self._page(category=str(self.wine.id))["total"], 3)

    def test_pictures_are_told_from_places_for_them(self):
        self.barolo.image_1920 = (
            b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        self.assertEqual(self._page()["pictures"], set(self.barolo.ids))
        self.document.show_image = False
        self.assertIsNone(self._page()["pictures"])

    def test_columns_of_both_prices_stand_under_their_band(self):
        self.document.tax_display = "both"
        self.assertEqual([(band.label, band.span) for band in self._page()["bands"]], [("from 1", 2), ("from 10", 2)])

    def test_a_list_without_products_is_an_empty_page(self):
        self.document.product_domain = '[("default_code", "=", "none")]'
        page = self._page()
        self.assertEqual((page["sections"], page["shelves"], page["page_count"]), ([], [], 0))

    def test_only_the_products_of_a_page_are_priced(self):
        self.patch(online_listing, "ROWS_A_PAGE", 2)
        priced = []
        original = type(self.public_list)._get_unit_prices

        def counting(pricelist, products, *args, **kwargs):
            priced.extend(products.ids)
            return original(pricelist, products, *args, **kwargs)

        with patch.object(type(self.public_list), "_get_unit_prices", counting):
            self._page(page="2")
        self.assertEqual(set(priced), set((self.penne + self.ravioli).ids))

    def test_queries_do_not_grow_with_the_products(self):
        def count(**query):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._page(**query)
            return self.env.cr.sql_log_count - before

        self._create_product("Pasta e basta", 1, self.pasta)
        few = [count(), count(search="pasta e"), count(category=str(self.pasta.id))]
        for place in range(80):
            self._create_product(f"Pasta e {place}", 1 + place, self.pasta)
        many = [count(), count(search="pasta e"), count(category=str(self.pasta.id))]
        for before, after in zip(few, many, strict=True):
            self.assertLessEqual(after, before + 6)
            self.assertLess(after, 90)

    def test_too_many_doubtful_products_do_not_stop_the_page(self):
        self.patch(listing_catalogue, "MOST_DOUBTFUL", 1)
        for place in range(3):
            self._create_product(f"Gift {place}", 0, self.wine)
        self.assertIn("Barolo", self._names(self._page()))

    # === QUOTE REQUESTS === #

    def test_request_lines_have_the_price_of_their_quantity(self):
        online = self._online(self.gino)
        lines = online.get_request_lines({self.penne.id: 12.0, self.flour.id: 0.5, self.ravioli.id: 1.0})
        self.assertEqual([line.price for line in lines], ["1.44", "0.90", "3.60"])
        self.assertEqual([round(line.amount, 2) for line in lines], [17.28, 0.45, 3.60])
        self.assertIn("21.33", online.get_total(lines))

    def test_what_is_not_listed_is_not_sold(self):
        elsewhere = self._create_product("Elsewhere", 5, self._create_category("Tools"))
        archived = self._create_product("Old", 5, self.pasta, active=False)
        free = self._create_product("Gift", 0, self.pasta)
        for product_id in (elsewhere.id, archived.id, free.id, 2**31 - 1):
            with self.assertRaises(NotListed):
                self._online().get_request_lines({self.penne.id: 1.0, product_id: 1.0})

    def test_a_variant_of_a_merged_row_can_be_asked_for(self):
        short, long = self._create_variants().product_variant_ids
        lines = self._online().get_request_lines({long.id: 2.0})
        self.assertEqual([line.product.id for line in lines], [long.id])
        self.assertNotEqual(short, long)

    def test_a_merged_row_offers_no_variant_that_the_document_leaves_out(self):
        template = self._create_variants()
        middle = self.env["product.attribute.value"].create(
            {"name": "Middle", "attribute_id": template.attribute_line_ids.attribute_id.id}
        )
        template.attribute_line_ids.value_ids += middle
        hidden, *shown = template.product_variant_ids
        hidden.default_code = "AAA-HIDDEN"
        self.document.product_domain = "[('default_code', '!=', 'AAA-HIDDEN')]"
        online = self._online()
        rows = [row for section in online.get_page()["sections"] for row in section.rows if row.name == template.name]
        self.assertEqual([row.product_ids for row in rows], [tuple(product.id for product in shown)])
        with self.assertRaises(NotListed):
            online.get_request_lines({hidden.id: 1.0})

    def test_a_company_without_taxes_or_country_has_pages_too(self):
        company = self.env["res.company"].create({"name": "Bare"})
        pricelist = self._create_list("Theirs", company_id=company.id)
        document = self._create_document(company_id=company.id, pricelist_id=pricelist.id, portal_visible=True)
        user = self._create_customer("bare", pricelist)
        user.write({"company_ids": [Command.link(company.id)]})
        self.assertIn("Penne", self._names(document._get_online(user).get_page()))


@tagged("post_install", "-at_install")
class TestPortalDocuments(OnlineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["listino.document"].search([("id", "!=", cls.document.id)]).portal_visible = False

    def _seen(self, user):
        return self.env["listino.document"]._get_portal_documents(user)

    def test_a_customer_finds_his_own_and_everybodys(self):
        own = self._create_document(portal_visible=True, partner_id=self.gino.partner_id.commercial_partner_id.id)
        self._create_document()  # not on the portal
        self.assertEqual(self._seen(self.gino), self.document + own)
        self.assertEqual(self._seen(self.gina), self.document)

    def test_a_search_finds_no_more_online_than_its_author_may_read(self):
        other = self.env["res.company"].create({"name": "Other"})
        for product, company, price in ((self.penne, other, 0.77), (self.barolo, self.company, 0.76)):
            self.env["product.supplierinfo"].create(
                {
                    "partner_id": other.partner_id.id,
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "price": price,
                    "company_id": company.id,
                }
            )
        values = {"name": "Cheap", "pricelist_id": self.public_list.id, "lang": "en_US"}
        search = [("seller_ids.price", "<", 0.8), ("categ_id", "child_of", (self.food + self.wine).ids)]
        document = (
            self.env["listino.document"].with_user(self.seller).create({**values, "product_domain": repr(search)})
        )
        online = document._get_online(self.gina)
        shown = [row.name for section in online.get_page()["sections"] for row in section.rows]
        self.assertEqual(shown, ["Barolo"])
        self.assertTrue(online.has_product(self.barolo.id))
        self.assertFalse(online.has_product(self.penne.id))
        self.seller.group_ids = self.env.ref("base.group_public")
        self.assertFalse(document.sudo()._get_online(self.gina).has_product(self.barolo.id))

    def test_a_document_for_a_contact_is_for_his_company(self):
        own = self._create_document(portal_visible=True, partner_id=self.gino.partner_id.id)
        self.assertIn(own, self._seen(self.gino))
        self.assertNotIn(own, self._seen(self.gina))

    def test_documents_of_other_companies_and_archived_ones_are_not_found(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_document(
            portal_visible=True, company_id=other.id, pricelist_id=self._create_list("X", company_id=False).id
        )
        self.assertEqual(self._seen(self.gino), self.document)
        self.document.active = False
        self.assertFalse(self._seen(self.gino))
