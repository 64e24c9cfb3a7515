"""Which products a change is about, and what it says to choices that can't be."""

import base64

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .change_common import ChangeCommon
from .import_common import csv_of, xlsx_of

HEADER = ["Codice", "EAN", "Prezzo"]


@tagged("post_install", "-at_install")
class TestChoice(ChangeCommon):
    def _names(self, **values):
        change = self._preview(product_domain="[]", **values)
        return sorted((change.line_ids.product_tmpl_id & self.products.product_tmpl_id).mapped("name"))

    def test_by_category_with_those_below_it(self):
        self.assertEqual(self._names(category_ids=self.pasta.ids), ["Penne", "Ravioli"])

    def test_by_vendor(self):
        vendor = self.env["res.partner"].create({"name": "Rossi"})
        self.ravioli.seller_ids = [Command.create({"partner_id": vendor.id, "price": 5})]
        self.assertEqual(self._names(vendor_ids=vendor.ids), ["Ravioli"])

    def test_by_tag(self):
        tag = self.env["product.tag"].create({"name": "Wine", "product_template_ids": self.barolo.product_tmpl_id.ids})
        self.assertEqual(self._names(tag_ids=tag.ids), ["Barolo"])

    def test_every_choice_narrows_the_others(self):
        change = self._preview(self.penne + self.barolo, category_ids=self.pasta.ids)
        self.assertEqual(change.line_ids.product_tmpl_id.name, "Penne")

    def test_all_products(self):
        self.assertEqual(len(self._names(every_product=True)), 3)

    def test_archived_products_stay(self):
        self.penne.product_tmpl_id.active = False
        self.assertEqual(self._names(category_ids=self.pasta.ids), ["Ravioli"])

    def test_no_choice_is_not_all_products(self):
        with self.assertRaisesRegex(UserError, "Choose the products"):
            self._preview(product_domain="[]")

    def test_a_choice_that_nothing_meets(self):
        with self.assertRaisesRegex(UserError, "No product meets"):
            self._preview(category_ids=self._create_category("Empty").ids, product_domain="[]")

    def test_a_search_that_can_not_be_read(self):
        for text in ("nonsense", "[('list_price', '>', 'many')]", "[('no_such_field', '=', 1)]"):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, "can't be read"):
                self._change(product_domain=text)

    def test_products_of_another_company_are_not_chosen(self):
        self.barolo.product_tmpl_id.company_id = self.env["res.company"].create({"name": "Other"})
        change = self._preview(self.products)
        self.assertNotIn("Barolo", change.line_ids.product_tmpl_id.mapped("name"))


@tagged("post_install", "-at_install")
class TestFile(ChangeCommon):
    def _from(self, content, **values):
        values = {"file": base64.b64encode(content), "product_domain": "[]", "percent": 10, **values}
        return self._preview(**values)

    def test_codes_and_barcodes_choose(self):
        change = self._from(csv_of(["PEN", "", ""], ["", "8001090310668", ""], header=HEADER))
        self.assertEqual(sorted(change.line_ids.product_tmpl_id.mapped("name")), ["Barolo", "Penne"])
        self.assertFalse(change.file_remarks)

    def test_prices_of_the_file(self):
        change = self._from(
            xlsx_of(["PEN", None, 1.5], ["RAV", None, "9,20"], header=HEADER), formula="file", ending="exact"
        )
        self.assertEqual(self._new_prices(change), {("Penne", 0): 1.5, ("Ravioli", 0): 9.2})

    def test_rows_that_can_not_be_told_are_named(self):
        rows = [["PEN", "", "1,50"], ["NIX", "", "2"], ["", "", "3"], ["RAV", "", "abc"], ["PEN", "", "1,60"]]
        change = self._from(csv_of(*rows, header=HEADER), formula="file")
        self.assertEqual(self._new_prices(change), {("Penne", 0): 1.5})
        remarks = change.file_remarks.splitlines()
        self.assertEqual(len(remarks), 4)
        for row, words in (("3", "NIX"), ("5", "not a price"), ("6", "another price")):
            self.assertTrue(any(f"Row {row}:" in remark and words in remark for remark in remarks), remarks)

    def test_a_price_in_another_currency_or_unit_is_not_taken(self):
        change = self._from(
            csv_of(["PEN", "", "1,50"], ["RAV", "", "9 USD"], ["BAR", "", "9,00 €/kg"], header=HEADER), formula="file"
        )
        self.assertEqual(self._new_prices(change), {("Penne", 0): 1.5})
        self.assertIn("USD", change.file_remarks)
        self.assertIn("kg", change.file_remarks)

    def test_files_that_are_none(self):
        bad = {
            "empty": b"",
            "encoding": "Codice;Prezzo\nPEN;1\n".encode("utf-16-le")[1:] + b"\xff\xfe\x00\x81",
            "picture": b"\x89PNG\r\n\x1a\n" + b"0" * 50,
            "no code": csv_of(["Penne", "1"], header=["Descrizione", "Prezzo"]),
            "nothing found": csv_of(["X1", "", "1"], header=HEADER),
        }
        for name, content in bad.items():
            change = self._change(product_domain="[]", file=base64.b64encode(content) if content else b"Cg==")
            with self.subTest(name), self.assertRaises(UserError):
                change.action_preview()
            self.assertEqual((change.state, len(change.line_ids)), ("draft", 0))

    def test_a_file_without_prices_has_none_to_give(self):
        with self.assertRaisesRegex(UserError, "no column of prices"):
            self._from(csv_of(["PEN", "1"], header=["Codice", "EAN"]), formula="file")

    def test_latin_letters_are_read(self):
        self.penne.default_code = "CAFFÈ"
        change = self._from("Codice;Prezzo\nCAFFÈ;1,50\n".encode("cp1252"), formula="file")
        self.assertEqual(self._new_prices(change), {("Penne", 0): 1.5})

    def test_variants_with_two_prices_in_the_file_share_one_sales_price_and_stay(self):
        attribute = self.env["product.attribute"].create({"name": "Size", "create_variant": "always"})
        values = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": attribute.id} for name in ("S", "L")]
        )
        line = Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(values.ids)]})
        shirt = self.env["product.template"].create({"name": "Shirt", "list_price": 10, "attribute_line_ids": [line]})
        shirt.product_variant_ids[0].default_code, shirt.product_variant_ids[1].default_code = "S1", "S2"
        change = self._from(csv_of(["S1", "", "11"], ["S2", "", "12"], header=HEADER), formula="file")
        self.assertEqual(change.line_ids.status, "same")
        self.assertIn("different prices", change.line_ids.reason)


@tagged("post_install", "-at_install")
class TestBadChoices(ChangeCommon):
    def test_numbers_that_can_not_be(self):
        for values in (
            {"percent": -100},
            {"percent": 1e5},
            {"fixed_price": float("nan")},
            {"cost_factor": 0},
            {"cost_factor": -1},
            {"margin": 100},
            {"fixed_price": -1},
            {"amount": float("inf")},
            {"threshold": -1},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._change(**values)

    def test_choices_that_are_missing(self):
        for values, words in (
            ({"target": "pricelist"}, "Choose the price list whose"),
            ({"target": "remove"}, "Choose the price list whose"),
            ({"formula": "pricelist"}, "from which the new prices come"),
            ({"formula": "file"}, "Choose the file"),
            ({"formula": "fixed"}, "more than zero"),
            ({"percent": 0}, "by how much"),
            ({"formula": "amount"}, "by how much"),
            (
                {"target": "pricelist", "formula": "pricelist", "pricelist_id": 1, "base_pricelist_id": 1},
                "from the same list",
            ),
        ):
            for name in ("pricelist_id", "base_pricelist_id"):
                if values.get(name):
                    values[name] = self.shop_list.id
            with self.subTest(values), self.assertRaisesRegex(UserError, words):
                self._preview(**values)

    def test_an_archived_list(self):
        self.shop_list.active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self._preview(target="pricelist", pricelist_id=self.shop_list.id)
        with self.assertRaisesRegex(UserError, "archived"):
            self._preview(formula="pricelist", base_pricelist_id=self.shop_list.id)

    def test_a_list_archived_after_the_approval_fails_clearly(self):
        change = self._preview(target="pricelist", pricelist_id=self.shop_list.id)
        change._write_owned({"approved_by_id": self.manager.id})
        self.shop_list.active = False
        change._run()
        self.assertEqual(change.state, "failed")
        self.assertIn("archived", change.error)

    def test_a_list_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self._create_list("Foreign", company_id=other.id)
        with self.assertRaises(UserError):
            self._change(target="pricelist", pricelist_id=foreign.id)

    def test_a_date_in_the_past(self):
        with freeze_time("2026-03-01 10:00:00"):
            with self.assertRaisesRegex(UserError, "has passed"):
                self._preview(effective_date="2026-02-28 00:00:00")
            change = self._preview(effective_date="2026-03-02 00:00:00")
        with freeze_time("2026-03-03"), self.assertRaisesRegex(UserError, "has passed"):
            change.action_approve()

    def test_a_list_without_prices_of_its_own(self):
        for target, words in (("pricelist", "Also where there is none yet"), ("remove", "price of its own")):
            with self.subTest(target), self.assertRaisesRegex(UserError, words):
                self._preview(self.barolo, target=target, pricelist_id=self.shop_list.id)

    def test_rules_of_other_days_stay(self):
        old = self._create_list(
            "Old",
            {**self._fixed(self.penne, 5), "date_end": "2020-01-01 00:00:00"},
            {**self._fixed(self.penne, 6), "date_start": "2120-01-01 00:00:00"},
            self._fixed(self.penne, 7),
        )
        change = self._preview(target="pricelist", pricelist_id=old.id)
        self.assertEqual(change.line_ids.old_price, 7)
        removal = self._preview(target="remove", pricelist_id=old.id)
        self.assertEqual(sorted(removal.line_ids.mapped("old_price")), [6, 7])

    def test_a_rule_that_is_no_fixed_price_stays_and_gets_no_rival(self):
        self.shop_list.item_ids = [
            Command.create({**self._fixed(self.barolo, 0), "compute_price": "percentage", "percent_price": 5})
        ]
        change = self._preview(target="pricelist", pricelist_id=self.shop_list.id, create_missing=True)
        self.assertNotIn(self.barolo.product_tmpl_id, change.line_ids.product_tmpl_id)

    def test_a_preview_fixes_the_choices_until_they_are_opened_again(self):
        change = self._preview()
        with self.assertRaisesRegex(UserError, "fixed"):
            change.percent = 20
        change.action_back()
        change.percent = 20
        change.action_preview()
        self.assertEqual(self._new_prices(change)[("Penne", 0)], 1.44)

    def test_prices_of_a_vendor_in_another_currency(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids.unlink()
        self.env["res.currency.rate"].create({"currency_id": dollar.id, "rate": 2.0, "name": "2020-01-01"})
        vendor = self.env["res.partner"].create({"name": "Smith"})
        self.penne.seller_ids = [
            Command.create({"partner_id": vendor.id, "price": 3, "currency_id": dollar.id, "min_qty": 1}),
            Command.create({"partner_id": vendor.id, "price": 1, "currency_id": dollar.id, "min_qty": 100}),
            Command.create({"partner_id": vendor.id, "price": 1, "date_end": "2020-01-01"}),
        ]
        change = self._preview(self.penne, formula="vendor", percent=0)
        self.assertEqual(change.line_ids.new_price, 1.5)

    @freeze_time("2026-03-01 10:00:00")
    def test_prices_of_a_vendor_are_those_of_the_day_on_which_the_change_takes_effect(self):
        vendor = self.env["res.partner"].create({"name": "Rossi"})
        self.penne.seller_ids = [
            Command.create({"partner_id": vendor.id, "price": 0.8, "date_end": "2026-03-31"}),
            Command.create({"partner_id": vendor.id, "price": 0.9, "date_start": "2026-04-01"}),
        ]
        midnight_in_rome = "2026-03-31 22:00:00"
        change = self._preview(self.penne, formula="vendor", percent=0, effective_date=midnight_in_rome)
        self.assertEqual(change.line_ids.new_price, 0.9)

    def test_a_form_as_a_person_fills_it(self):
        with Form(self.env["listino.change"].with_user(self.manager)) as form:
            form.name = "By hand"
            form.target = "pricelist"
            form.pricelist_id = self.shop_list
            form.formula = "cost_factor"
            form.cost_factor = 1.3
            form.every_product = True
        change = form.save()
        self.assertTrue(change.create_missing)
        change.action_preview()
        self.assertEqual(self._new_prices(change)[("Ravioli", 0)], 7.8)
