"""From the uploaded file to a preview: mapping, matching against the database, words; nothing else is written."""

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .import_common import HEADER, ImportCommon, csv_of, xlsx_of


@tagged("post_install", "-at_install")
class TestImportMapping(ImportCommon):
    def test_columns_are_proposed_when_a_file_is_chosen(self):
        record = self._import(csv_of(["A1", "", "Pasta", "1,20"], header=[*HEADER[:3], "Colore"]))
        self.assertRecordValues(
            record.column_ids,
            [
                {"name": "Codice", "field_name": "reference", "sample": "A1"},
                {"name": "EAN", "field_name": "barcode", "sample": ""},
                {"name": "Descrizione", "field_name": "name", "sample": "Pasta"},
                {"name": "Colore", "field_name": False, "sample": "1,20"},
            ],
        )

    def test_the_form_proposes_them_before_saving(self):
        record = self._import(csv_of(["A1", "", "Pasta", "1,20"]))
        with Form(record) as form:
            form.kind = "supplier"
            form.partner_id = self.vendor
            self.assertEqual(form.column_ids.edit(0).field_name, "supplier_code")

    def test_an_unreadable_file_says_what_to_do(self):
        with self.assertRaisesRegex(UserError, "PDF.*XLSX or CSV"):
            self._import(b"%PDF-1.7").flush_recordset()
        with self.assertRaisesRegex(UserError, "more than 30000 rows"):
            self._import(csv_of(*[["A", "", "b", "1"]] * 30001)).flush_recordset()

    def test_one_column_a_field(self):
        record = self._import(csv_of(["A1", "", "Pasta", "1,20"]))
        with self.assertRaisesRegex(ValidationError, "Price"):
            record.column_ids[:2].field_name = "price"
        record.column_ids[:2].field_name = "category"

    def test_a_price_and_a_key_are_needed(self):
        record = self._import(csv_of(["A1", "", "Pasta", "1,20"]))
        record.column_ids[3].field_name = False
        with self.assertRaisesRegex(UserError, "price"):
            record.action_preview()
        record.column_ids[3].field_name = "price"
        record.column_ids[:2].field_name = False
        with self.assertRaisesRegex(UserError, "which product"):
            record.action_preview()
        for values, words in (({"kind": "pricelist"}, "price list"), ({"kind": "supplier"}, "vendor")):
            with self.assertRaisesRegex(UserError, words):
                self._import(csv_of(["A1", "", "Pasta", "1,20"]), **values).action_preview()

    def test_a_mapping_is_remembered_once_it_was_imported(self):
        header = ["Codice", "Colore", "Importo netto a voi riservato"]
        record = self._import(csv_of(["A1", "Pasta rossa", "1,20"], header=header))
        record.column_ids[1].field_name = "name"
        record.column_ids[2].field_name = "price"
        record.action_preview()
        self.assertFalse(self._import(csv_of(["A2", "x", "2"], header=header)).column_ids[1].field_name)
        record.action_apply()
        again = self._import(csv_of(["A2", "Pasta verde", "1,30"], header=[name.upper() for name in header]))
        self.assertEqual(again.column_ids.mapped("field_name"), ["reference", "name", "price"])

    def test_the_vendors_own_mapping_comes_before_the_common_one(self):
        header = ["Codice", "Descrizione", "Prezzo"]
        common = self._import(csv_of(["A1", "Pasta", "1"], header=header), kind="supplier", partner_id=self.vendor.id)
        common.column_ids[0].field_name = "reference"
        common.action_preview()
        common.action_apply()
        other = self.env["res.partner"].create({"name": "Bianchi"})
        values = {"kind": "supplier"}
        mine = self._import(csv_of(["A1", "Pasta", "1"], header=header), partner_id=self.vendor.id, **values)
        theirs = self._import(csv_of(["A1", "Pasta", "1"], header=header), partner_id=other.id, **values)
        self.assertEqual(mine.column_ids[0].field_name, "reference")
        self.assertEqual(theirs.column_ids[0].field_name, "supplier_code")


@tagged("post_install", "-at_install")
class TestImportPreview(ImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spaghetti = cls._create_product("Spaghetti", 1.2, cls.pasta, default_code="A1", barcode="8001234567897")
        cls.penne = cls._create_product("Penne", 1.0, cls.pasta, default_code="A2")

    def test_counters_lines_and_reasons(self):
        record = self._preview(
            csv_of(
                ["A1", "", "Spaghetti", "1,20"],
                ["A2", "", "Penne", "1,25"],
                ["N1", "8001234567880", "Fusilli", "1,30"],
                ["N2", "8001234567898", "Farfalle", "1,30"],
                ["A2", "8001234567897", "Linguine", "1,25"],
                ["N4", "", "Trofie", "a richiesta"],
            )
        )
        self.assertEqual(record.state, "previewed")
        self.assertEqual(
            self._actions(record), {2: "unchanged", 3: "update", 4: "create", 5: "refuse", 6: "refuse", 7: "refuse"}
        )
        self.assertRecordValues(
            record,
            [{"row_count": 6, "create_count": 1, "update_count": 1, "unchanged_count": 1, "refuse_count": 3}],
        )
        self.assertEqual(record.line_ids[0].action, "refuse")
        changed = record.line_ids.filtered(lambda line: line.row == 3)
        self.assertRecordValues(
            changed, [{"product_id": self.penne.id, "old_price": 1.0, "new_price": 1.25, "variation": 25.0}]
        )
        self.assertIn("check digit of the barcode 8001234567898", self._reason(record, 5))
        self.assertIn("belongs to another product: [A1] Spaghetti", self._reason(record, 6))
        self.assertIn("no price", self._reason(record, 7))

    def test_nothing_but_the_import_is_written(self):
        before = self.env["product.product"].search_count([])
        self._preview(csv_of(["N1", "", "Fusilli", "1,30"], ["A1", "", "x", "9"]), default_category_id=self.food.id)
        self.assertEqual(self.env["product.product"].search_count([]), before)
        self.assertEqual(self.spaghetti.list_price, 1.2)

    def test_new_categories_are_listed_with_their_parents(self):
        header = [*HEADER, "Categoria"]
        record = self._preview(
            csv_of(
                ["N1", "", "Fusilli", "1", "food / PASTA"],
                ["N2", "", "Barolo", "1", "Wine > Red"],
                ["N3", "", "Chianti", "1", "WINE > Red"],
                ["N4", "", "No", "zero", "Cheese"],
                header=header,
            )
        )
        self.assertEqual(record.new_categories.splitlines(), ["Wine", "Wine / Red"])

    def test_archived_products_are_shown_and_refused(self):
        self.penne.action_archive()
        record = self._preview(csv_of(["A2", "", "Penne", "1,25"]))
        self.assertEqual(record.line_ids.product_id, self.penne)
        self.assertIn("archived: [A2] Penne", self._reason(record, 2))

    def test_products_of_other_companies_are_neither_matched_nor_named(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.spaghetti.company_id = other
        record = self._preview(csv_of(["A1", "", "Mine", "1"], ["N1", "8001234567897", "Theirs", "1"]))
        self.assertEqual(self._actions(record), {2: "create", 3: "refuse"})
        self.assertNotIn("Spaghetti", self._reason(record, 3))

    def test_packaging_barcodes_are_taken(self):
        self.env["product.uom"].create(
            {"product_id": self.penne.id, "uom_id": self.unit.id, "barcode": "8001234567880"}
        )
        record = self._preview(csv_of(["N1", "8001234567880", "Fusilli", "1"]))
        self.assertIn("packaging", self._reason(record, 2))

    def test_a_template_of_several_variants_is_ambiguous_by_name_alone(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [Command.create({"name": name}) for name in "SL"]}
        )
        line = {"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]}
        template = self.env["product.template"].create(
            {"name": "Oil", "list_price": 5, "attribute_line_ids": [Command.create(line)]}
        )
        template.product_variant_ids[1].default_code = "OIL-L"
        record = self._preview(csv_of(["", "", "Oil", "6"], ["OIL-L", "", "", "6"]), match_2="name")
        self.assertEqual(self._actions(record), {2: "refuse", 3: "update"})

    def test_words_come_in_the_users_language(self):
        self.manager.lang = self.env["res.lang"]._activate_lang("it_IT").code
        record = self._import(csv_of(["N1", "", "", "1,20"])).with_context(lang=self.manager.lang)
        record.action_preview()
        self.assertIn("senza nome non può essere creato", self._reason(record, 2))

    def test_the_queries_do_not_depend_on_the_rows(self):
        def queries(count):
            rows = [[f"Q{number}", "", f"Product {number}", "1,20"] for number in range(count)]
            self.env["product.product"].create([{"name": row[2], "default_code": row[0]} for row in rows[: count // 2]])
            record = self._import(csv_of(*rows)).with_context(tracking_disable=True)
            record._get_plan()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record._get_plan()
            return self.env.cr.sql_log_count - before

        few = queries(10)
        self.assertLessEqual(few, 40)
        self.assertLessEqual(queries(1000), few + 2)

    def test_choices_are_fixed_while_a_preview_stands(self):
        record = self._preview(csv_of(["A2", "", "Penne", "1,25"]))
        for values in ({"kind": "cost"}, {"create_missing": False}, {"file": "eA=="}):
            with self.assertRaisesRegex(UserError, "Change settings"):
                record.write(values)

    def test_back_and_forth(self):
        record = self._preview(csv_of(["A2", "", "Penne", "1,25"]))
        record.action_back()
        self.assertEqual((record.state, record.line_ids.ids), ("draft", []))
        record.barcode_policy = "keep"
        record.action_preview()
        record.action_preview()
        self.assertEqual(len(record.line_ids), 1)

    def test_lists_of_rows_and_products_open(self):
        record = self._apply(xlsx_of(["A2", None, "Penne", 1.25]))
        action = record.with_context(listino_import_action="update").action_view_lines()
        self.assertEqual(self.env["listino.import.line"].search(action["domain"]), record.line_ids)
        action = record.action_view_products()
        self.assertEqual(self.env["product.template"].search(action["domain"]), self.penne.product_tmpl_id)
