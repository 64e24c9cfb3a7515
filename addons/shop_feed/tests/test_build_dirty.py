"""What shops really hold: nothing of it stops a build, and each fault is told of the product that has it."""

import base64

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..channels.shipped import of_products
from .build_common import BuildCommon, picture

ODD = "Olio\x0b\x02 buono \U0001fad2 ]]> <b>50 %</b> & co. ﷽ \u202e\ud7ff"
LONG = "Parola " * 3_000
SECRET = "SENTINELLA"


@tagged("post_install", "-at_install")
class TestBuildDirty(BuildCommon):
    def issues(self, product=None, feed=None):
        item = self._item(product or self.oil, feed)
        return {(each.field_name, each.code): each.severity for each in item.issue_ids}

    def assertReadable(self, feed=None):  # noqa: N802 - as the assertions of unittest
        """All pieces together are a file of one item each."""
        shape = (feed or self.feed)._get_shape()
        pieces = (feed or self.feed).item_ids.filtered("fragment").mapped("fragment")
        tree = etree.fromstring((shape.head + "".join(pieces) + shape.tail).encode())
        self.assertEqual(len(tree.findall(".//item")), len(pieces))

    def test_odd_letters_and_marks_go_through(self):
        self.oil.write({"name": ODD, "description_sale": ODD, "default_code": "A\x07B ]]>", "feed_brand": ODD[:60]})
        self._refresh()
        item = self._item(self.oil)
        self.assertEqual(item.state, "sent")
        self.assertNotIn("\x0b", item.fragment)
        self.assertNotIn("<b>", item.values["title"])
        self.assertIn(("title", "html_removed"), self.issues())
        self.assertReadable()

    def test_pictures_in_words_are_kept_or_taken_as_the_channel_wants(self):
        self.oil.name = "Olio \U0001fad2 novello"
        tiktok = self._create_feed("tiktok")
        self._refresh()
        self._refresh(tiktok)
        self.assertIn("\U0001fad2", self._item(self.oil).values["title"])
        self.assertEqual(self._item(self.oil, tiktok).values["title"], "Olio novello")

    def test_texts_of_twenty_thousand_letters_are_cut_at_a_word(self):
        self.oil.write({"name": LONG[:5000], "description_ecommerce": f"<p>{LONG}</p>"})
        self._refresh()
        values = self._item(self.oil).values
        self.assertLessEqual(len(values["title"]), 150)
        self.assertLessEqual(len(values["description"]), 5000)
        self.assertTrue(values["title"].endswith("Parola"))
        self.assertEqual(self.issues()["title", "too_long"], "warning")

    def test_a_wrong_barcode_is_left_out_and_the_product_goes_on(self):
        for barcode, code in (
            ("12345", "gtin_length"),
            ("8000000000027", "gtin_check_digit"),
            ("ABC", "gtin_not_digits"),
            ("2000000000008", "gtin_restricted"),
        ):
            with self.subTest(barcode=barcode):
                self.oil.barcode = barcode
                self._refresh()
                self.assertIn(("gtin", code), self.issues())
                self.assertNotIn("gtin", self._item(self.oil).values)
                self.assertEqual(self._item(self.oil).state, "sent")

    def test_a_product_without_a_picture_is_left_out_and_told(self):
        self.oil.image_1920 = False
        self._refresh()
        self.assertEqual(self._item(self.oil).state, "left_out")
        self.assertEqual(self.issues()["image_link", "missing"], "error")
        self.oil.image_1920 = picture()
        self._refresh()
        self.assertEqual(self._item(self.oil).state, "sent")
        self.assertNotIn(("image_link", "missing"), self.issues())

    def test_a_picture_that_the_channel_cannot_read_is_told_by_its_kind(self):
        meta = self._create_feed("meta")
        self.oil.image_1920 = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
        self._refresh(meta)
        self.assertEqual(self.issues(feed=meta)["image_link", "image_format"], "error")
        self.assertIn(
            "svg",
            self._item(self.oil, meta).issue_ids.filtered(lambda each: each.code == "image_format").numbers["format"],
        )

    def test_a_price_of_nothing_is_left_out(self):
        self.oil.list_price = 0
        self._refresh()
        self.assertEqual(self._item(self.oil).state, "left_out")
        self.assertEqual(self.issues()["price", "not_positive"], "error")

    def test_a_category_that_limits_a_feed_is_not_deleted_behind_its_back(self):
        """Without it the feed would be of all products."""
        self.feed.public_category_ids = self.oils
        with self.assertRaisesRegex(UserError, self.feed.name):
            self.oils.unlink()
        with self.assertRaisesRegex(UserError, self.feed.name):
            self.food.unlink()
        self.feed.public_category_ids = False
        self.feed.excluded_category_ids = self.oils
        with self.assertRaisesRegex(UserError, self.feed.name):
            self.food.unlink()
        self.feed.excluded_category_ids = False
        self.food.unlink()
        self._refresh()
        self.assertEqual(self._item(self.oil).state, "sent")
        self.assertNotIn("product_type", self._item(self.oil).values)

    def test_a_tag_that_limits_a_feed_is_not_deleted_behind_its_back(self):
        tag = self.env["product.tag"].create({"name": "Bio"})
        for name in ("tag_ids", "excluded_tag_ids"):
            self.feed.write({"tag_ids": False, "excluded_tag_ids": False, name: tag})
            with self.assertRaisesRegex(UserError, self.feed.name):
                tag.unlink()
        self.feed.excluded_tag_ids = False
        tag.unlink()

    def test_what_is_nobodys_business_is_in_no_byte_of_any_channel(self):
        """Costs, suppliers, notes and all else that is not on the list of sources."""
        supplier = self.env["res.partner"].create({"name": f"{SECRET} fornitore"})
        category = self.env["product.category"].create({"name": "Oli"})
        self.oil.write(
            {
                "standard_price": 7.654321,
                "description": f"<p>{SECRET} nota</p>",
                "description_purchase": f"{SECRET} acquisti",
                "description_picking": f"{SECRET} prelievo",
                "description_pickingin": f"{SECRET} arrivi",
                "description_pickingout": f"{SECRET} uscite",
                "out_of_stock_message": f"<p>{SECRET} esaurito</p>",
                "categ_id": category.id,
                "seller_ids": [
                    (
                        0,
                        0,
                        {
                            "partner_id": supplier.id,
                            "price": 7.654321,
                            "product_name": f"{SECRET} nome",
                            "product_code": SECRET,
                        },
                    )
                ],
            }
        )
        self.oil.product_tmpl_id.message_post(body=f"{SECRET} messaggio")
        for code in of_products():
            for file_format in ("rss", "atom", "csv", "tsv"):
                feed = self._create_feed(code, format=file_format)
                self._refresh(feed)
                item = self._item(self.oil, feed)
                self.assertTrue(item.values, code)
                for text in (item.fragment or "", str(item.values), str(item.issue_ids.mapped("numbers"))):
                    self.assertNotIn(SECRET, text)
                    self.assertNotIn("7.65", text)
