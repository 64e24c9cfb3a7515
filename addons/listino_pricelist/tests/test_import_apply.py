"""Writing: what each kind of import leaves behind, and that a failure leaves nothing."""

import datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .import_common import HEADER, ImportCommon, csv_of, xlsx_of


@tagged("post_install", "-at_install")
class TestImportCatalogue(ImportCommon):
    def test_products_are_created_with_everything_the_file_says(self):
        header = [*HEADER, "Categoria", "UM", "IVA %", "Note"]
        self._apply(
            csv_of(
                ["N1", "8001234567880", "Farina <b>00</b>", "€ 1.234,5", "Food > Flour", "kg", "10", "Fine"],
                header=header,
            )
        )
        product = self._find("N1")
        self.assertRecordValues(
            product,
            [
                {
                    "name": "Farina 00",
                    "barcode": "8001234567880",
                    "list_price": 1234.5,
                    "uom_id": self.kilo.id,
                    "description_sale": "Fine",
                    "type": "consu",
                    "company_id": False,
                }
            ],
        )
        self.assertEqual(product.categ_id.complete_name, "Food / Flour")
        self.assertEqual(product.categ_id.parent_id, self.food)
        self.assertEqual(product.taxes_id.mapped("amount"), [10.0])
        self.assertEqual(product.supplier_taxes_id.mapped("amount"), [10.0])

    def test_defaults_fill_what_the_file_leaves_open(self):
        self._apply(csv_of(["N1", "", "Farina", "1"]), default_category_id=self.pasta.id)
        product = self._find("N1")
        self.assertEqual((product.categ_id, product.uom_id), (self.pasta, self.unit))
        self.assertEqual(product.taxes_id, self.company.account_sale_tax_id)

    def test_prices_of_existing_products_change_and_nothing_else(self):
        product = self._create_product("Spaghetti", 1.2, default_code="A1")
        record = self._apply(csv_of(["A1", "8001234567897", "Altro nome", "1,35"]))
        self.assertRecordValues(product, [{"list_price": 1.35, "name": "Spaghetti", "barcode": False}])
        note = product.product_tmpl_id.message_ids[0].body
        self.assertRegex(note, r"1.20.*→.*1.35")
        self.assertIn(record.name, note)

    def test_details_change_where_asked(self):
        product = self._create_product("Spaghetti", 1.2, default_code="A1")
        header = [*HEADER, "Categoria", "IVA"]
        self._apply(
            csv_of(["A1", "8001234567897", "Spaghetti 5", "1,2", "New", "22"], header=header), update_details=True
        )
        self.assertRecordValues(product, [{"list_price": 1.2, "name": "Spaghetti 5", "barcode": "8001234567897"}])
        self.assertEqual(product.categ_id.complete_name, "New")
        self.assertEqual(product.taxes_id.mapped("amount"), [22.0])

    def test_taxes_of_other_companies_stay(self):
        other = self.env["res.company"].create({"name": "Other", "country_id": self.company.country_id.id})
        foreign = (
            self.env["account.tax"]
            .with_company(other)
            .sudo()
            .create(
                {
                    "name": "20%",
                    "amount": 20,
                    "company_id": other.id,
                    "tax_group_id": self.env["account.tax.group"].create({"name": "G", "company_id": other.id}).id,
                }
            )
        )
        product = self._create_product("Spaghetti", 1.2, default_code="A1", taxes_id=[Command.set(foreign.ids)])
        self._apply(csv_of(["A1", "", "Spaghetti", "1,2", "22"], header=[*HEADER, "IVA"]), update_details=True)
        self.assertEqual(sorted(product.sudo().taxes_id.mapped("amount")), [20.0, 22.0])

    def test_a_variant_changes_the_price_of_its_template_less_its_extra(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [Command.create({"name": name}) for name in "SL"]}
        )
        line = {"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]}
        template = self.env["product.template"].create(
            {"name": "Oil", "list_price": 5, "attribute_line_ids": [Command.create(line)]}
        )
        large = template.product_variant_ids[1]
        large.default_code = "OIL-L"
        large.product_template_attribute_value_ids.price_extra = 15
        self._apply(csv_of(["OIL-L", "", "", "21"]))
        self.assertEqual(template.list_price, 6)

    def test_refused_rows_are_left_out_and_lines_lead_to_the_products(self):
        record = self._apply(csv_of(["N1", "", "Farina", "1"], ["N2", "", "Riso", "boh"], ["N1", "", "Farina", "1"]))
        self.assertFalse(self._find("N2"))
        lines = {line.row: line.product_id for line in record.line_ids}
        self.assertEqual(lines[2], self._find("N1"))
        self.assertFalse(lines[3])

    def test_the_same_file_again_changes_nothing(self):
        content = xlsx_of(["N1", 8001234567880, "Farina", 1.1], ["N2", None, "Riso", 2])
        self._apply(content)
        record = self._preview(content)
        self.assertEqual((record.unchanged_count, record.row_count), (2, 2))
        with self.assertRaisesRegex(UserError, "nothing to write"):
            record.action_apply()

    def test_imported_barcodes_with_lost_zeros_are_the_same_product(self):
        product = self._create_product("Soup", 1, barcode="012345678905")
        self._apply(xlsx_of([None, 12345678905, "Soup", 2]))
        self.assertEqual(product.list_price, 2)


@tagged("post_install", "-at_install")
class TestImportPrices(ImportCommon):
    HEADER = ["Codice", "Descrizione", "Prezzo", "Qtà min", "Valido dal", "Valido al"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls._create_product("Spaghetti", 1.2, default_code="A1")

    def _rules(self):
        return self.public_list.item_ids.filtered("product_tmpl_id").sorted("min_quantity")

    def test_fixed_prices_of_a_list_with_quantities_and_dates(self):
        rows = [["A1", "", "1,10", "", "", ""], ["A1", "", "1,00", "10", "01/01/2026", "31/12/2026"]]
        self._apply(csv_of(*rows, header=self.HEADER), kind="pricelist", pricelist_id=self.public_list.id)
        self.assertRecordValues(
            self._rules(),
            [
                {
                    "applied_on": "1_product",
                    "compute_price": "fixed",
                    "fixed_price": 1.1,
                    "min_quantity": 0,
                    "date_start": False,
                    "date_end": False,
                },
                {
                    "applied_on": "1_product",
                    "compute_price": "fixed",
                    "fixed_price": 1.0,
                    "min_quantity": 10,
                    "date_start": datetime.datetime(2025, 12, 31, 23),
                    "date_end": datetime.datetime(2026, 12, 31, 22, 59, 59),
                },
            ],
        )
        self.assertEqual(self.product.list_price, 1.2)
        self.assertEqual(self.public_list._get_product_price(self.product, 1), 1.1)

    def test_rules_that_are_there_are_changed_not_doubled(self):
        values = {"kind": "pricelist", "pricelist_id": self.public_list.id}
        rows = [["A1", "", "1,10", "", "", ""], ["A1", "", "1,00", "10", "01/01/2026", "31/12/2026"]]
        self._apply(csv_of(*rows, header=self.HEADER), **values)
        rules = self._rules()
        rows[1][2] = "0,95"
        record = self._apply(csv_of(*rows, header=self.HEADER), **values)
        self.assertEqual((record.unchanged_count, record.update_count), (1, 1))
        self.assertEqual((self._rules(), rules[1].fixed_price), (rules, 0.95))

    def test_the_same_days_are_the_same_rules_whatever_the_time_zone(self):
        rows = [["A1", "", "1,00", "10", "01/01/2026", "31/12/2026"]]
        values = {"kind": "pricelist", "pricelist_id": self.public_list.id}
        for zone, context in ((False, {}), (False, {"tz": "Asia/Tokyo"}), ("Pacific/Auckland", {"tz": "US/Hawaii"})):
            with self.subTest(zone=zone, context=context):
                self.manager.tz = zone
                self._rules().unlink()
                for action in ("update", "unchanged"):
                    record = self._import(csv_of(*rows, header=self.HEADER), **values).with_context(**context)
                    self.assertEqual(record.env.context.get("tz"), context.get("tz"))
                    record.action_preview()
                    self.assertEqual(record.line_ids.action, action)
                    if action == "update":
                        record.action_apply()
                        self.assertEqual(record.state, "done", record.error)
                self.assertEqual(len(self._rules()), 1)

    def test_days_of_a_user_without_time_zone_are_italian(self):
        self.manager.tz = False
        rows = [["A1", "", "1,00", "10", "01/01/2026", "31/12/2026"]]
        self._apply(csv_of(*rows, header=self.HEADER), kind="pricelist", pricelist_id=self.public_list.id)
        self.assertEqual(self._rules().date_start, datetime.datetime(2025, 12, 31, 23))

    def test_one_new_product_with_several_breaks(self):
        rows = [["N1", "Riso", "2", "", "", ""], ["N1", "Riso", "1,8", "10", "", ""]]
        record = self._apply(csv_of(*rows, header=self.HEADER), kind="pricelist", pricelist_id=self.public_list.id)
        self.assertEqual((record.create_count, record.update_count), (1, 1))
        product = self._find("N1")
        self.assertEqual(product.list_price, 2)
        self.assertEqual([self.public_list._get_product_price(product, quantity) for quantity in (1, 10)], [2, 1.8])
        self.assertEqual(record.line_ids.product_id, product)

    def test_a_vendors_list(self):
        header = ["Codice", "Descrizione", "Listino", "Sconto", "Nostro riferimento"]
        rows = [["R7", "SPAGH. 5", "2,00", "50+10", "A1"], ["R8", "Riso", "3", "", ""]]
        record = self._apply(
            csv_of(*rows, header=[*header[:4], "Riferimento interno"]),
            kind="supplier",
            partner_id=self.vendor.id,
            match_2="supplier_code",
        )
        self.assertRecordValues(
            self.product.seller_ids,
            [
                {
                    "partner_id": self.vendor.id,
                    "product_code": "R7",
                    "product_name": "SPAGH. 5",
                    "price": 2.0,
                    "discount": 55.0,
                    "company_id": self.company.id,
                }
            ],
        )
        created = record.line_ids.filtered(lambda line: line.action == "create").product_id
        self.assertEqual((created.seller_ids.product_code, created.default_code, created.list_price), ("R8", False, 0))

    def test_a_vendors_code_finds_the_product_the_next_time(self):
        seller = {
            "partner_id": self.vendor.id,
            "product_tmpl_id": self.product.product_tmpl_id.id,
            "product_code": "R7",
        }
        seller = self.env["product.supplierinfo"].create({**seller, "price": 1})
        record = self._apply(
            csv_of(["R7", "0,99"], header=["Codice", "Prezzo"]),
            kind="supplier",
            partner_id=self.vendor.id,
            match_1="supplier_code",
            match_2=False,
        )
        self.assertEqual((record.update_count, seller.price), (1, 0.99))
        other = self.env["res.partner"].create({"name": "Bianchi"})
        record = self._preview(
            csv_of(["R7", "0,99"], header=["Codice", "Prezzo"]),
            kind="supplier",
            partner_id=other.id,
            match_1="supplier_code",
            match_2=False,
        )
        self.assertEqual(record.refuse_count, 1)

    def test_costs(self):
        self._apply(csv_of(["A1", "", "x", "0,80"], ["N1", "", "Riso", "1,5"]), kind="cost")
        self.assertEqual((self.product.standard_price, self.product.list_price), (0.8, 1.2))
        self.assertEqual((self._find("N1").standard_price, self._find("N1").list_price), (1.5, 0))


@tagged("post_install", "-at_install")
class TestImportChoices(ImportCommon):
    """What the choices of the form do to the same file."""

    def test_wrong_barcodes(self):
        content = csv_of(["N1", "8001234567898", "Riso", "1"])
        self.assertEqual(self._preview(content).refuse_count, 1)
        self._apply(content, barcode_policy="drop")
        self.assertFalse(self._find("N1").barcode)
        self._find("N1").unlink()
        self._apply(content, barcode_policy="keep")
        self.assertEqual(self._find("N1").barcode, "8001234567898")

    def test_numbers_that_can_be_read_both_ways(self):
        content = csv_of(["N1", "", "Riso", "1.234"], ["N2", "", "Orzo", "2.500"])
        for mark, price in ((False, 1234), (",", 1234), (".", 1.234)):
            with self.subTest(mark=mark):
                record = self._preview(content, decimal_mark=mark)
                self.assertEqual(record.line_ids.filtered(lambda line: line.row == 2).new_price, price)

    def test_the_sheet(self):
        old, new = [["Codice", "Nome", "Prezzo"], ["N1", "Riso", 1]], [["Codice", "Nome", "Prezzo"], ["N1", "Riso", 2]]
        content = xlsx_of(header=None, sheets=[("Vecchio", old), ("Nuovo", new)])
        self.assertEqual(self._preview(content).line_ids.new_price, 1)
        self.assertEqual(self._preview(content, sheet="Nuovo").line_ids.new_price, 2)

    def test_prices_per_quintal_of_products_in_kilos(self):
        product = self._create_product("Farina", 1, default_code="A1", uom_id=self.kilo.id)
        self._apply(csv_of(["A1", "", "", "95,00 €/q.le"]))
        self.assertEqual(product.list_price, 0.95)

    def test_a_vendors_price_in_his_unit_and_currency(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        product = self._create_product("Farina", 1, default_code="A1", uom_id=self.kilo.id)
        quintal = self.env["uom.uom"].search([("name", "=", "quintal")], limit=1) or self.env["uom.uom"].create(
            {"name": "Quintale", "relative_factor": 100, "relative_uom_id": self.kilo.id}
        )
        values = {"kind": "supplier", "partner_id": self.vendor.id, "currency_id": dollar.id}
        content = csv_of(["A1", "95,00 $", "q"], header=["Codice interno", "Prezzo", "UM"])
        self._apply(content, **values)
        self.assertRecordValues(
            product.seller_ids, [{"price": 95, "currency_id": dollar.id, "product_uom_id": quintal.id}]
        )
        del values["currency_id"]
        self.assertIn("in USD", self._preview(content, **values).line_ids.reason)

    def test_variants_get_rules_of_their_own(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [Command.create({"name": name}) for name in "SL"]}
        )
        line = {"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]}
        template = self.env["product.template"].create(
            {"name": "Oil", "list_price": 5, "attribute_line_ids": [Command.create(line)]}
        )
        small, large = template.product_variant_ids
        small.default_code, large.default_code = "OIL-S", "OIL-L"
        content = csv_of(["OIL-S", "", "", "4"], ["OIL-L", "", "", "18"])
        self._apply(content, kind="pricelist", pricelist_id=self.public_list.id)
        rules = self.public_list.item_ids.filtered(lambda rule: rule.applied_on == "0_product_variant")
        self.assertEqual({rule.product_id: rule.fixed_price for rule in rules}, {small: 4, large: 18})
        self.assertEqual(self.public_list._get_product_price(large, 1), 18)

    def test_the_queries_to_write_grow_with_batches_not_with_products(self):
        def queries(prefix, count):
            rows = [[f"{prefix}{number}", "", f"Product {number}", "1,20"] for number in range(count)]
            record = self._preview(csv_of(*rows))
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record._run(self.env["listino.import.progress"])
            self.env.flush_all()
            self.assertEqual(record.state, "done")
            return self.env.cr.sql_log_count - before

        few = queries("Q", 10)
        self.assertLessEqual(queries("R", 800), few + 40)


@tagged("post_install", "-at_install")
class TestImportAllOrNothing(ImportCommon):
    def test_an_error_in_the_middle_leaves_nothing(self):
        product = self._create_product("Spaghetti", 1.2, default_code="A1")
        rows = [["A1", "", "", "1,5", ""], *([f"N{number}", "", "Riso", "1", "New"] for number in range(5))]
        record = self._preview(csv_of(*rows, header=[*HEADER, "Categoria"]))
        write = type(product.product_tmpl_id).write

        def fail_on_price(templates, values):
            result = write(templates, values)
            if "list_price" in values:
                raise ValueError("Prices are frozen.")
            return result

        with patch.object(type(product.product_tmpl_id), "write", fail_on_price):
            record.action_apply()
        self.assertRecordValues(record, [{"state": "failed", "error": "Prices are frozen."}])
        self.assertEqual(product.list_price, 1.2)
        self.assertFalse(self._find("N0"))
        self.assertFalse(self.env["product.category"].search([("name", "=", "New")]))
        self.assertEqual(len(record.line_ids), 6)
        record.action_preview()
        record.action_apply()
        self.assertEqual(record.state, "done")
        self.assertTrue(self._find("N4"))

    def test_a_catalogue_that_moved_since_the_preview_is_not_written(self):
        product = self._create_product("Spaghetti", 1.2, default_code="A1")
        record = self._preview(csv_of(["A1", "", "", "1,5"]))
        product.list_price = 1.4
        record.action_apply()
        self.assertEqual((record.state, product.list_price), ("failed", 1.4))
        self.assertIn("changed since the preview", record.error)
        record.action_preview()
        self.assertEqual(record.line_ids.old_price, 1.4)

    def test_an_import_is_written_once(self):
        record = self._apply(csv_of(["N1", "", "Riso", "1"]))
        for action in (record.action_apply, record.action_preview, record.action_back, record.action_cancel):
            with self.assertRaisesRegex(UserError, "moved on"):
                action()

    def test_a_running_import_stays(self):
        record = self._preview(csv_of(["N1", "", "Riso", "1"]))
        record.sudo().state = "running"  # as the scheduled action does
        with self.assertRaisesRegex(UserError, "running"):
            record.unlink()


@tagged("post_install", "-at_install")
class TestImportAccess(ImportCommon):
    def test_a_salesperson_neither_reads_nor_imports(self):
        record = self._preview(csv_of(["N1", "", "Riso", "1"]))
        seller = self._create_salesperson()
        for call in (
            lambda env: env["listino.import"].search([]),
            lambda env: env["listino.import.line"].search([]),
            lambda env: env["listino.import.mapping"].search([]),
            lambda env: env["listino.import"].browse(record.id).read(["file"]),
            lambda env: env["listino.import"].browse(record.id).action_preview(),
            lambda env: env["listino.import"].browse(record.id).action_apply(),
            lambda env: env["listino.import"].create({"file": "eA==", "file_name": "x.csv"}),
        ):
            with self.assertRaises(AccessError):
                call(self.env(user=seller))
        with self.assertRaises(AccessError):
            self._import(csv_of(["N1", "", "Riso", "1"]), user=seller)

    def test_a_manager_does_not_write_lines(self):
        record = self._preview(csv_of(["N1", "", "Riso", "1"]))
        with self.assertRaises(AccessError):
            record.line_ids.write({"action": "update"})
        with self.assertRaises(AccessError):
            self.env["listino.import.progress"].with_user(self.manager).create({"import_id": record.id})

    def test_an_import_gives_no_right_its_user_has_not(self):
        products = [("model_id.model", "=", "product.product"), ("perm_create", "=", True)]
        self.env["ir.model.access"].search(products).write({"perm_create": False, "perm_write": False})
        record = self._import(csv_of(["N1", "", "Riso", "1"]), user=self._create_manager())
        with self.assertRaisesRegex(AccessError, "Products: Create"):
            record.action_preview()
        record.write({"kind": "pricelist", "pricelist_id": self.public_list.id, "create_missing": False})
        record.action_preview()
        self.assertEqual(record.refuse_count, 1)

    def test_companies_do_not_see_each_others_imports(self):
        record = self._preview(csv_of(["N1", "", "Riso", "1"]))
        other = self.env["res.company"].create({"name": "Other"})
        groups = "sales_team.group_sale_manager,product.group_product_manager"
        stranger = new_test_user(self.env, "stranger", groups=groups, company_id=other.id, company_ids=[other.id])
        self.assertFalse(self.env["listino.import"].with_user(stranger).search([("id", "=", record.id)]))
        self.assertFalse(self.env["listino.import.line"].with_user(stranger).search([("import_id", "=", record.id)]))
        with self.assertRaises(AccessError):
            record.with_user(stranger).action_apply()
