"""Categories of two taxonomies side by side, codes of languages, and pictures that not every channel reads."""

import base64
import struct

from odoo.tests import tagged

from .build_common import BuildCommon

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>'


def webp(width, height):
    """The head of a WebP file: a canvas of a size, which is all that a feed asks of it."""
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x00\x00\x00\x00" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


@tagged("post_install", "-at_install")
class TestBuildTaxonomies(BuildCommon):
    def _sent(self, name, feed):
        self._refresh(feed)
        return (self._item(self.oil, feed).values or {}).get(name)

    # === TAXONOMIES === #

    def test_each_channel_gets_its_own_category_through_the_tree(self):
        Taxonomy = self.env["shop.feed.taxonomy"]
        google, theirs, own = Taxonomy.create(
            [
                {"kind": "google", "number": 2660, "path": "Cibi > Oli"},
                {"kind": "facebook", "number": 310, "path": "food > oils"},
                {"kind": "facebook", "number": 311, "path": "food > oils > olive"},
            ]
        )
        meta, tiktok = self._create_feed("meta"), self._create_feed("tiktok")
        self.food.write({"feed_taxonomy_id": google.id, "feed_facebook_taxonomy_id": theirs.id})
        self.assertEqual(self._sent("google_product_category", meta), "2660")
        self.assertEqual(self._sent("fb_product_category", meta), "310")
        self.assertEqual(self._sent("google_product_category", tiktok), "2660")
        self.oil.feed_facebook_taxonomy_id = own
        self.assertTrue(self._is_dirty(self.oil, meta))
        self.assertEqual(self._sent("fb_product_category", meta), "311")
        self.assertEqual(self._sent("google_product_category", meta), "2660")

    def test_a_category_of_facebook_s_is_never_told_as_google_s(self):
        """It was entered where both kinds could be chosen."""
        theirs = self.env["shop.feed.taxonomy"].create({"kind": "facebook", "number": 310, "path": "food > oils"})
        meta = self._create_feed("meta")
        self.oil.feed_taxonomy_id = theirs
        self.assertIsNone(self._sent("google_product_category", meta))
        self.assertEqual(self._sent("fb_product_category", meta), "310")

    def test_a_category_that_is_renumbered_is_followed(self):
        theirs = self.env["shop.feed.taxonomy"].create({"kind": "facebook", "number": 310, "path": "food > oils"})
        meta = self._create_feed("meta")
        self.food.feed_facebook_taxonomy_id = theirs
        self._refresh(meta)
        theirs.number = 333
        self.assertTrue(self._is_dirty(self.oil, meta))
        self.assertEqual(self._sent("fb_product_category", meta), "333")

    # === LANGUAGES === #

    def test_languages_are_called_as_far_as_is_known_what_meta_calls_them(self):
        feed = self._create_feed("meta_language")
        for code, told in (("it_IT", "it_IT"), ("en_US", "en_XX"), ("fr_FR", "fr_XX")):
            self.env["res.lang"]._activate_lang(code)
            feed.lang_id = self.env["res.lang"]._lang_get(code)
            self.assertEqual(self._sent("override", feed), told)
        self.env["shop.feed.map"].create({"feed_id": feed.id, "field_name": "override", "fixed": "fr_FR"})
        self.assertEqual(self._sent("override", feed), "fr_FR")

    def test_a_country_is_told_by_its_iso_code(self):
        feed = self._create_feed("meta_country", country_id=self.env.ref("base.fr").id)
        self.assertEqual(self._sent("override", feed), "FR")

    # === PICTURES === #

    def _show(self, content):
        self.oil.image_1920 = base64.b64encode(content)

    def test_webp_goes_to_whoever_reads_it_under_its_own_name_with_its_size(self):
        self._show(webp(800, 900))
        for code in ("google", "pinterest", "microsoft"):
            address = self._sent("image_link", self._create_feed(code))
            self.assertRegex(address, r"\.webp\?unique=", code)
        checksum = (
            self.env["ir.attachment"]
            .search(
                [
                    ("res_model", "=", "product.template"),
                    ("res_field", "=", "image_1024"),
                    ("res_id", "=", self.oil.product_tmpl_id.id),
                ]
            )
            .checksum
        )
        known = self.env["shop.feed.picture"].search([("checksum", "=", checksum)])
        self.assertEqual((known.width, known.height), (800, 900))

    def test_webp_is_told_of_where_a_channel_does_not_read_it(self):
        self._show(webp(800, 900))
        for code in ("meta", "tiktok"):
            feed = self._create_feed(code)
            self._refresh(feed)
            item = self._item(self.oil, feed)
            [found] = item.issue_ids.filtered(lambda each: each.code == "image_format")
            self.assertEqual((item.state, found.severity, found.numbers["format"]), ("left_out", "error", "webp"))
            self.assertIn("jpg", found.message)

    def test_a_webp_that_is_too_small_is_told_of(self):
        self._show(webp(60, 60))
        self._refresh()
        self.assertIn("image_too_small", self._codes(self.oil))

    def test_no_channel_reads_svg_and_each_says_so(self):
        self._show(SVG)
        for code in ("google", "meta", "pinterest", "tiktok", "microsoft", "idealo"):
            feed = self._create_feed(code)
            self._refresh(feed)
            [found] = self._item(self.oil, feed).issue_ids.filtered(lambda each: each.code == "image_format")
            self.assertEqual((found.severity, found.numbers["format"]), ("error", "svg"), code)
