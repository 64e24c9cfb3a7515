"""The main scenario: a supplier's list of 13,666 real products becomes a catalogue, three lists and a printed one."""

import csv
import io
import time

import pypdf

from odoo.tests import tagged

from . import scenario
from .import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestImportScenario(ImportCommon):
    def setUp(self):
        super().setUp()
        if not scenario.data_file():
            self.skipTest(
                "The real products (italian_food_products.csv) are not here: set BOTTEGA_DATA to their folder."
            )

    def test_the_real_products_become_a_catalogue_in_a_minute(self):
        source, started = scenario.products(), time.monotonic()
        rows, expected = scenario.supplier_rows(source), scenario.expected(source)
        record = self._preview(scenario.as_xlsx(rows), name="supplier.xlsx")
        self.assertRecordValues(
            record,
            [
                {
                    "row_count": len(rows),
                    "create_count": expected["create"],
                    "refuse_count": expected["refuse"],
                    "unchanged_count": expected["duplicate"],
                    "update_count": 0,
                }
            ],
        )
        record._run(self.env["listino.import.progress"])
        self.assertEqual(record.state, "done", record.error)
        self.assertLess(time.monotonic() - started, 60)
        self._check_catalogue(record, rows)
        self._check_printed_lists(record.line_ids.product_id)
        again = self._preview(
            scenario.as_csv(rows, encoding="cp1252" if self._fits(rows) else "utf-16"), name="again.csv"
        )
        self.assertEqual((again.unchanged_count, again.create_count), (expected["create"] + expected["duplicate"], 0))

    def _fits(self, rows):
        try:
            scenario.as_csv(rows, encoding="cp1252")
        except UnicodeEncodeError:
            return False
        return True

    def _check_catalogue(self, record, rows):
        """Every product has the price and shelf of its row; the refused are exactly the wrong barcodes."""
        products = record.line_ids.product_id
        prices = {product.barcode: (product.list_price, product.categ_id.complete_name) for product in products}
        right = {
            row[1]: (float(row[6].replace(",", ".")), row[3]) for row in rows if scenario.has_right_check_digit(row[1])
        }
        self.assertEqual(prices, right)
        self.assertFalse(
            products.filtered(lambda product: "&" in product.name and ";" in product.name.partition("&")[2][:7])
        )
        refused = record.line_ids.filtered(lambda line: line.action == "refuse")
        self.assertEqual(
            sorted(refused.mapped("barcode")),
            sorted(row[1] for row in rows if not scenario.has_right_check_digit(row[1])),
        )

    def _check_printed_lists(self, products):
        """Three lists are derived, the last is printed whole, and a quote charges what is printed."""
        public = self.env["product.pricelist"].create({"name": "Public"})
        resellers = self._derive(public, "Resellers", percentage=25)
        wholesalers = self._derive(resellers, "Wholesalers", percentage=12.5, ending="0.05")
        shops = self._derive(wholesalers, "Shops", percentage=80, direction="markup", ending="x.90")
        document = self.env["listino.document"].create(
            {
                "name": "Listino",
                "pricelist_id": shops.id,
                "lang": "en_US",
                "product_order": "name, default_code, id",
                "product_domain": repr([("id", "in", products.ids)]),
            }
        )
        printed = self._read_csv(document)
        self.assertEqual(len(printed), len(products))
        self.assertEqual({row["Category"] for row in printed.values()}, set(self._category_paths(products)))
        self._check_pdf(document, len(products))
        self._check_quote(shops, products[:40], printed)

    def _derive(self, source, name, **terms):
        wizard = self.env["listino.derive"].create({"source_pricelist_id": source.id, "name": name, **terms})
        return self.env["product.pricelist"].browse(wizard.action_derive()["res_id"])

    def _category_paths(self, products):
        return products.categ_id.mapped("complete_name")

    def _read_csv(self, document):
        """The printed rows, by reference."""
        with io.BytesIO() as stream:
            document._write_file("csv", stream)
            text = stream.getvalue().decode("utf-8-sig")
        return {row["Reference"]: row for row in csv.DictReader(io.StringIO(text))}

    def _check_pdf(self, document, count):
        with io.BytesIO() as stream:
            document._write_file("pdf", stream)
            reader = pypdf.PdfReader(stream)
            self.assertGreater(len(reader.pages), count / 80)
            self.assertTrue(reader.outline)

    def _check_quote(self, pricelist, products, printed):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Shop"}).id,
                "pricelist_id": pricelist.id,
                "order_line": [(0, 0, {"product_id": product.id}) for product in products],
            }
        )
        for line in order.order_line:
            self.assertEqual(f"{line.price_subtotal:.2f}", printed[line.product_id.default_code]["Price"])
