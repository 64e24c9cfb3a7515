"""An item from the product to the piece of the file."""

from odoo.tests import tagged

from .build_common import SITE, BuildCommon, picture


@tagged("post_install", "-at_install")
class TestBuildItems(BuildCommon):
    def test_a_product_becomes_an_item(self):
        self._refresh()
        item = self._item(self.oil)
        self.assertEqual(item.state, "sent", item.issue_ids.mapped("code"))
        values = item.values
        self.assertEqual(values["id"], "OLIO-750")
        self.assertEqual(values["title"], "Olio extra vergine")
        self.assertEqual(values["price"], "12.20 EUR")
        self.assertEqual(values["gtin"], "8000000000026")
        self.assertEqual(values["availability"], "in_stock")
        self.assertEqual(values["product_type"], "Alimentari > Olio")
        self.assertTrue(values["link"].startswith(f"{SITE}/shop/"))
        self.assertRegex(values["image_link"], rf"^{SITE}/web/image/product\.template/\d+/image_1024/\d+\.png\?unique=")
        self.assertIn("<g:price>12.20 EUR</g:price>", item.fragment)
        self.assertGreater(self.feed.change_count, self.feed.assembled_count)
