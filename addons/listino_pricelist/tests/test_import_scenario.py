"""The main scenario: a supplier's list of 13,666 real products becomes a catalogue."""

import time

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
