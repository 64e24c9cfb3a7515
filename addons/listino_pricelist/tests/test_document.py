"""Listino documents: what is in them, how it reads, and in which files."""

import csv
import io
from datetime import date

import openpyxl
import pypdf
from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import format_date, mute_logger

from ..layout.listing import Heading, Line
from ..models import listing_rows
from .common import ListinoCommon


class DocumentCommon(ListinoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create({"name": "22 %", "amount": 22, "type_tax_use": "sale"})
        cls.kilo, cls.ton = cls.env.ref("uom.product_uom_kgm"), cls.env.ref("uom.product_uom_ton")
        cls.wine = cls._create_category("Wine", listino_sequence=1)
        taxes = {"taxes_id": [Command.set(cls.tax.ids)]}
        cls.penne = cls._create_product("Penne", 2.0, cls.pasta, default_code="P1", **taxes)
        cls.ravioli = cls._create_product(
            "Ravioli", 4.0, cls.fresh_pasta, default_code="P2", listino_note="Fatti a mano", **taxes
        )
        cls.flour = cls._create_product("Flour", 1.0, cls.food, default_code="F1", uom_id=cls.kilo.id, **taxes)
        cls.barolo = cls._create_product("Barolo", 30.0, cls.wine, default_code="W1", **taxes)
        cls.resellers = cls._create_list(
            "Resellers",
            {
                "compute_price": "formula",
                "price_discount": 10,
                "base": "pricelist",
                "base_pricelist_id": cls.public_list.id,
            },
        )
        cls.public_list.item_ids = [
            Command.create(
                {
                    "compute_price": "percentage",
                    "percent_price": 20,
                    "min_quantity": 10,
                    "applied_on": "2_product_category",
                    "categ_id": cls.pasta.id,
                }
            )
        ]
        cls.document = cls._create_document()

    @classmethod
    def _create_document(cls, **values):
        chosen = cls.food + cls.wine
        values = {
            "name": "Listino",
            "pricelist_id": cls.public_list.id,
            "category_ids": [Command.set(chosen.ids)],
            "lang": "en_US",
            **values,
        }
        return cls.env["listino.document"].create(values)

    def _blocks(self, document=None, partner=None):
        return list((document or self.document)._get_builder(partner).blocks())

    def _titles(self, document=None):
        return [block.title for block in self._blocks(document) if isinstance(block, Heading)]

    def _lines(self, document=None, partner=None):
        """Cells by column key, for every product name."""
        builder = (document or self.document)._get_builder(partner)
        keys = [column.key for column in builder.columns]
        lines = [dict(zip(keys, block.cells, strict=True)) for block in builder.blocks() if isinstance(block, Line)]
        return {line["name"]: line for line in lines}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestDocument(DocumentCommon):
    def test_categories_nest_in_their_own_order_and_empty_ones_stay_out(self):
        self._create_category("Empty", self.food)
        self.assertEqual(self._titles(), ["Wine", "Food", "Pasta", "Fresh pasta"])
        levels = [block.level for block in self._blocks() if isinstance(block, Heading)]
        self.assertEqual(levels, [0, 0, 1, 2])

    def test_a_part_of_the_list(self):
        document = self._create_document(
            category_ids=[Command.set(self.food.ids)], excluded_category_ids=[Command.set(self.fresh_pasta.ids)]
        )
        self.assertEqual(set(self._lines(document)), {"Penne", "Flour"})
        document.product_domain = '[("default_code", "=", "P1")]'
        self.assertEqual(set(self._lines(document)), {"Penne"})

    def test_quantity_columns_come_from_the_rules_along_the_chain(self):
        document = self._create_document(pricelist_id=self.resellers.id)
        lines = self._lines(document)
        self.assertEqual((lines["Penne"]["untaxed_0"], lines["Penne"]["untaxed_1"]), (1.8, 1.44))
        self.assertEqual((lines["Barolo"]["untaxed_0"], lines["Barolo"]["untaxed_1"]), (27.0, 27.0))

    def test_rules_of_other_dates_make_no_column(self):
        self.public_list.item_ids.write({"date_end": "2026-01-31 00:00:00"})
        self.assertNotIn("untaxed_1", self._lines()["Penne"])
        self.document.price_date = "2026-01-15"
        self.assertEqual(self._lines()["Penne"]["untaxed_1"], 1.6)

    def test_prices_with_vat_and_the_rate(self):
        self.document.tax_display = "both"
        penne = self._lines()["Penne"]
        self.assertEqual((penne["vat"], penne["untaxed_0"], penne["taxed_0"]), (22, 2.0, 2.44))

    def test_prices_with_vat_are_those_of_the_tax_engine(self):
        products = self.env["product.product"].concat(
            *(
                self._create_product(
                    f"Jar {place}", 0.07 + place * 1.137, self.wine, taxes_id=[Command.set(self.tax.ids)]
                )
                for place in range(60)
            )
        )
        self.document.tax_display = "both"
        lines = self._lines()
        for product in products:
            line = lines[product.name]
            totals = self.tax.compute_all(line["untaxed_0"], currency=self.euro)
            self.assertEqual(line["taxed_0"], totals["total_included"], product.name)

    def test_taxes_included_in_the_price(self):
        included = self.tax.copy({"name": "22 % incl.", "price_include_override": "tax_included"})
        self.barolo.taxes_id = included
        self.document.tax_display = "both"
        barolo = self._lines()["Barolo"]
        self.assertEqual((barolo["untaxed_0"], barolo["taxed_0"]), (24.59, 30.0))

    def test_taxes_included_in_prices_of_many_decimals(self):
        self.env.ref("product.decimal_price").digits = 4
        self.barolo.taxes_id = self.tax.copy({"name": "22 % incl.", "price_include_override": "tax_included"})
        self.barolo.list_price = 1.2345
        self.document.tax_display = "both"
        barolo = self._lines()["Barolo"]
        self.assertEqual((barolo["untaxed_0"], barolo["taxed_0"]), (1.0119, 1.2345))

    def test_several_taxes_are_those_of_the_tax_engine(self):
        fixed = self.env["account.tax"].create(
            {"name": "CONAI", "amount": 0.0123, "amount_type": "fixed", "type_tax_use": "sale"}
        )
        self.barolo.taxes_id += fixed
        self.document.tax_display = "both"
        barolo = self._lines()["Barolo"]
        self.assertEqual((barolo["vat"], barolo["untaxed_0"], barolo["taxed_0"]), (None, 30.0, 36.61))

    def test_a_day_begins_at_midnight_where_the_user_is(self):
        self.env.user.tz = "America/New_York"
        self.public_list.item_ids = [
            Command.create({"compute_price": "fixed", "fixed_price": 9, "date_start": "2026-03-01 05:00:00"})
        ]
        self.document.price_date = "2026-03-01"
        self.assertEqual(self._lines()["Barolo"]["untaxed_0"], 9.0)
        listing = self.document._get_builder().listing()
        self.assertEqual(listing.date, format_date(self.env, date(2026, 3, 1), lang_code="en_US"))

    def test_a_branch_prints_the_products_of_its_company_too(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        self._create_product("Salt", 1.0, self.pasta, company_id=self.company.id)
        self.env.user.company_ids += branch
        document = self._create_document(
            company_id=branch.id, pricelist_id=self._create_list("Ours", company_id=False).id
        )
        self.assertIn("Salt", self._lines(document.with_company(branch)))

    def test_fixed_rules_with_a_base_left_over_bring_no_columns(self):
        other = self._create_list("Other", {"compute_price": "percentage", "percent_price": 5, "min_quantity": 77})
        rule = {"compute_price": "fixed", "fixed_price": 5, "base": "pricelist", "base_pricelist_id": other.id}
        self.assertNotIn(77, self._create_list("Fixed", rule)._get_breaks("2026-03-02"))

    def test_a_customer_has_his_list_his_taxes_and_his_language(self):
        reduced = self.env["account.tax"].create({"name": "10 %", "amount": 10, "type_tax_use": "sale"})
        position = self.env["account.fiscal.position"].create({"name": "Food", "tax_ids": [Command.link(reduced.id)]})
        reduced.original_tax_ids = self.tax
        self.env["res.lang"]._activate_lang("it_IT")
        customer = self.env["res.partner"].create(
            {
                "name": "Gino",
                "lang": "it_IT",
                "specific_property_product_pricelist": self.resellers.id,
                "property_account_position_id": position.id,
            }
        )
        document = self._create_document(tax_display="both")
        document.partner_id = customer
        barolo = self._lines(document)["Barolo"]
        self.assertEqual((barolo["vat"], barolo["untaxed_0"], barolo["taxed_0"]), (10, 27.0, 29.7))
        listing = document._get_builder(customer).listing()
        self.assertEqual((listing.customer.name, listing.lang), ("Gino", "it_IT"))
        self.assertEqual(listing.numbers.fixed(1234.5, 2), "1.234,50")

    def test_choosing_a_customer_proposes_his_list(self):
        customer = self.env["res.partner"].create(
            {"name": "Gino", "specific_property_product_pricelist": self.resellers.id}
        )
        self.document.partner_id = customer
        self.assertEqual(self.document.pricelist_id, self.resellers)

    def test_prices_per_other_units_only_where_they_convert(self):
        self.document.uom_ids = self.ton
        lines = self._lines()
        self.assertEqual(lines["Flour"]["untaxed_2"], 1000.0)
        self.assertIsNone(lines["Penne"]["untaxed_2"])

    def test_notes_of_list_category_product_and_rule(self):
        self.public_list.listino_note = "Franco magazzino"
        self.pasta.listino_note = "Trafilata al bronzo"
        self.public_list.item_ids = [
            Command.create(
                {
                    "applied_on": "1_product",
                    "product_tmpl_id": self.ravioli.product_tmpl_id.id,
                    "compute_price": "fixed",
                    "fixed_price": 3,
                    "listino_note": "In offerta",
                }
            )
        ]
        blocks = self._blocks()
        self.assertIn("Franco magazzino", self.document._get_builder().listing().note)
        self.assertIn("Trafilata al bronzo", [block.note for block in blocks])
        self.assertIn("Fatti a mano\nIn offerta", [block.note for block in blocks])
        self.document.show_notes = False
        self.assertFalse(any(block.note for block in self._blocks()))

    def test_products_that_nobody_buys_stay_out(self):
        self._create_product("Old", 5, self.pasta, active=False)
        self._create_product("Internal", 5, self.pasta, sale_ok=False)
        self._create_product("Gift", 0, self.pasta)
        other = self.env["res.company"].create({"name": "Other"})
        self._create_product("Theirs", 5, self.pasta, company_id=other.id)
        self.assertEqual(set(self._lines()), {"Penne", "Ravioli", "Flour", "Barolo"})
        self.document.only_priced = False
        self.assertIn("Gift", self._lines())

    def test_variants_of_the_same_price_are_one_row(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Shape", "value_ids": [Command.create({"name": "Short"}), Command.create({"name": "Long"})]}
        )
        line = Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]})
        template = self.env["product.template"].create(
            {"name": "Rigatoni", "list_price": 3, "categ_id": self.pasta.id, "attribute_line_ids": [line]}
        )
        self.assertIn("Rigatoni", self._lines())
        template.attribute_line_ids.product_template_value_ids[1].price_extra = 1
        lines = self._lines()
        self.assertEqual(lines["Rigatoni (Short)"]["untaxed_0"], 3)
        self.assertEqual(lines["Rigatoni (Long)"]["untaxed_0"], 4)

    def test_products_are_priced_in_chunks_without_losing_any(self):
        self.patch(listing_rows, "CHUNK", 2)
        self.assertEqual(set(self._lines()), {"Penne", "Ravioli", "Flour", "Barolo"})

    def test_queries_do_not_grow_with_the_products(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(self._blocks())
            return self.env.cr.sql_log_count - before

        few = count()
        for place in range(50):
            self._create_product(f"More {place}", 1 + place, self.pasta)
        self.assertLessEqual(count(), few + 3)
        self.assertLess(few, 70)

    def test_an_archived_list_is_refused(self):
        self.public_list.active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self.document._get_builder()

    def test_bad_choices_are_refused_with_what_to_write(self):
        for values in (
            {"quantity_mode": "typed", "typed_quantities": "1; dieci"},
            {"quantity_mode": "typed", "typed_quantities": "-4"},
            {"most_columns": 0},
            {"product_domain": "[(("},
            {"product_domain": "[('no_such_field', '=', 1)]"},
            {"product_domain": "[('list_price', '>', 'abc')]"},
            {"product_domain": "[('name', '=', 9**9**9)]"},
            {"product_domain": "1/0"},
            {"quantity_mode": "typed", "typed_quantities": "1;2;3;4;5;6;7"},
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(ValidationError),
                self.env.cr.savepoint(),
            ):
                self.document.write(values)

    def test_nothing_to_print_is_still_a_document(self):
        document = self._create_document(product_domain='[("default_code", "=", "none")]')
        for extension in ("pdf", "xlsx", "csv"):
            stream = io.BytesIO()
            document._write_file(extension, stream)
            self.assertTrue(stream.getvalue())
        self.assertEqual(document.get_preview()["sections"], [])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestFiles(DocumentCommon):
    def _file(self, extension, **options):
        stream = io.BytesIO()
        self.document._write_file(extension, stream, **options)
        return io.BytesIO(stream.getvalue())

    def test_pdf(self):
        reader = pypdf.PdfReader(self._file("pdf"))
        text = "\n".join(page.extract_text() for page in reader.pages)
        for words in ("Listino", "Public", "Fresh pasta", "Ravioli", "Fatti a mano", "4.00", "3.20", "Page 1 of"):
            self.assertIn(words, text)

    def test_xlsx(self):
        sheet = openpyxl.load_workbook(self._file("xlsx")).worksheets[0]
        rows = [row for row in sheet.iter_rows(values_only=True) if "Penne" in row]
        self.assertEqual(len(rows), 1)
        self.assertIn(2.0, rows[0])
        self.assertIn(1.6, rows[0])

    def test_csv(self):
        text = self._file("csv").read().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
        [penne] = [row for row in rows if "Penne" in row]
        self.assertEqual(penne[0], "Food / Pasta")
        self.assertIn("2.00", penne)

    def test_preview_explains_every_price_it_shows(self):
        preview = self.document.get_preview()
        self.assertEqual(preview["pricelist_id"], self.public_list.id)
        keys = [column["key"] for column in preview["columns"] if column["key"].startswith("untaxed")]
        self.assertEqual([preview["prices"][key]["quantity"] for key in keys], [1.0, 10.0])
        ids = {line["product_id"] for section in preview["sections"] for line in section["lines"]}
        self.assertEqual(ids, set((self.penne + self.ravioli + self.flour + self.barolo).ids))

    def test_an_unknown_format_is_an_error(self):
        with self.assertRaises(ValueError):
            self._file("docx")
