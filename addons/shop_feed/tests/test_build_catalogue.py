"""The real catalogue: 13,666 food products of Italy, as their barcodes and names are."""

import csv
from unittest import SkipTest

from stdnum import ean

from odoo.tests import tagged

from odoo.addons.listino_pricelist.tests.scenario import data_file

from ..channels.shipped import of_products
from .build_common import BuildCommon

COUNT = 600  # products a channel: two chunks, odd and even; all of them pass the checks in another test


@tagged("post_install", "-at_install", "slow")
class TestBuildCatalogue(BuildCommon):
    @classmethod
    def setUpClass(cls):
        if not data_file():
            raise SkipTest("The real products are not here: set BOTTEGA_DATA to their folder.")
        super().setUpClass()
        cls.oil.barcode = False  # one of the real ones has it
        with data_file().open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        chosen = rows[:: len(rows) // COUNT][:COUNT]
        cls.products = cls.env["product.product"].create(
            [
                {
                    "name": row["name"],
                    "barcode": row["barcode"],
                    "default_code": f"R{row['barcode'][2:12]}",
                    "description_sale": row["ingredients"],
                    "list_price": 1 + place % 50 / 10,
                    "taxes_id": [(6, 0, cls.tax.ids)],
                    "public_categ_ids": [(6, 0, cls.oils.ids)],
                    "is_published": True,
                    "feed_brand": "Frantoio",
                    "sale_delay": 2,
                }
                for place, row in enumerate(chosen)
            ]
        )
        cls.products[:3].write({"image_1920": cls.picture})
        # The pictures of all: one file under many names, as PostgreSQL takes no notice of how it came there.
        cls.env.flush_all()
        cls.env.cr.execute(
            """INSERT INTO ir_attachment (name, res_model, res_field, res_id, store_fname, checksum, mimetype, type)
               SELECT source.name, source.res_model, source.res_field, template.id, source.store_fname, source.checksum,
                      source.mimetype, source.type
                 FROM ir_attachment source, product_template template
                WHERE source.res_model = 'product.template' AND source.res_field = 'image_1024' AND source.res_id = %s
                  AND template.id IN %s""",
            [cls.products[0].product_tmpl_id.id, cls.products[3:].product_tmpl_id._ids],
        )
        cls.env.invalidate_all()

    def test_the_real_catalogue_goes_through_every_channel(self):
        for code, channel in of_products().items():
            feed = self._create_feed(code)
            self._refresh(feed)
            items = feed.item_ids.filtered(lambda item: item.product_id in self.products)
            self.assertEqual(len(items), COUNT)
            left_out = items.filtered(lambda item: item.state != "sent")
            told = sorted(set(left_out.issue_ids.filtered(lambda each: each.severity == "error").mapped("code")))
            self.assertLess(len(left_out), COUNT / 50, f"{code}: {told}")
            self.assertFalse(items.filtered("is_dirty"))
            for item in items - left_out:
                self.assertFalse(any(ord(letter) < 32 and letter not in "\t\r\n" for letter in item.fragment))
                field = channel.by_role.get("gtin")
                gtin = (field and item.values.get(field.name)) or []
                self.assertTrue(all(map(ean.is_valid, gtin if isinstance(gtin, list) else [gtin])))
            self.assertEqual(len(set(items.mapped("external_id"))), COUNT)
