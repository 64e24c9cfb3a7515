"""The item as the channel shows it."""

from lxml import html

from odoo.tests import tagged

from ..channels.issues import issue
from ..channels.shipped import of_products
from .screens_common import ScreensCommon

VALUES = {
    "id": "OLIO",
    "title": "Olio <script>alert(1)</script>",
    "price": "12.50 EUR",
    "sale_price": "9.90 EUR",
    "availability": "in_stock",
    "brand": "Frantoio & Figli",
    "link": "https://shop.example/shop/olio-7",
    "image_link": "https://shop.example/web/image/7/olio.jpg",
    "additional_image_link": ["https://shop.example/1.jpg", "https://shop.example/2.jpg"],
    "shipping": [{"country": "IT", "price": "5.00 EUR"}],
}


@tagged("post_install", "-at_install")
class TestItemCard(ScreensCommon):
    def test_the_card_shows_what_a_customer_sees(self):
        self.feed.lang_id = self.env["res.lang"]._activate_lang("it_IT").id
        card = html.fromstring(self._create_item(values=VALUES).card)
        words = " ".join(card.text_content().split())
        self.assertIn("9,90 €", words.replace("\xa0", " "))
        self.assertEqual(card.xpath("//s")[0].text_content().replace("\xa0", " "), "12,50 €")
        self.assertEqual(card.xpath("//img/@src"), ["/web/image/7/olio.jpg"])
        self.assertIn("shop.example", words)
        self.assertTrue(card.xpath("//*[contains(@class, 'text-bg-success')]"))

    def test_pictures_of_another_shop_come_from_there(self):
        self.feed.write({"shop": "external", "url_template": "https://shop.example/{id}"})
        card = html.fromstring(self._create_item(values=VALUES).card)
        self.assertEqual(card.xpath("//img/@src"), [VALUES["image_link"]])

    def test_what_somebody_typed_is_text(self):
        item = self._create_item(values=VALUES)
        for shown in (item.card, item.table):
            self.assertFalse(html.fromstring(shown).xpath("//script"))
            self.assertIn("&lt;script&gt;", shown)

    def test_only_an_address_can_be_clicked(self):
        self.assertIn('href="https://shop.example', self._create_item(values=VALUES).card)
        other = self._create_item(self._create_product("Pane"), values={**VALUES, "link": "javascript:alert(1)"})
        self.assertNotIn("href", other.card)

    def test_the_table_has_every_value_and_the_problems_beside_it(self):
        item = self._create_item(values=VALUES, problems=[issue("missing", "description")])
        rows = {
            row.xpath("./th")[0].text_content(): row.xpath("./td")[0].text_content()
            for row in html.fromstring(item.table).xpath("//tr")
        }
        self.assertIn("2.jpg", rows["additional_image_link"])
        self.assertIn("country: IT", rows["shipping"])
        self.assertIn(item.issue_ids.message, rows["description"])
        self.assertNotIn("gtin", rows)

    def test_an_item_of_which_nothing_is_sent_has_a_card_all_the_same(self):
        for values in (False, {}, {"price": "a lot"}):
            item = self._create_item(self._create_product("Pane"), values=values, state=False)
            self.assertIn("Pane", item.card)
            self.assertTrue(item.table)

    def test_every_channel_has_a_card(self):
        for code in sorted(of_products()):
            feed = self._create_feed(code, code)
            by_role = feed.channel_id._get_specification().by_role
            title, price = by_role.get("title"), by_role.get("price") or by_role.get("current_price")
            values = {field.name: value for field, value in ((title, "Olio d'oliva"), (price, "12.50")) if field}
            item = self._create_item(feed=feed, values=values)
            self.assertEqual("12" in (item.price_text or ""), bool(price), code)
            self.assertEqual("Olio d&#39;oliva" in item.card, bool(title), code)

    def test_a_product_says_in_which_feeds_it_is(self):
        item = self._create_item(values=VALUES, problems=[issue("missing", "description")])
        template = self.product.product_tmpl_id.with_user(self.user)
        self.assertEqual(template.feed_item_ids, item)
        self.assertEqual(template.feed_issue_ids, item.issue_ids)

    def test_a_product_says_nothing_of_the_feeds_of_another_company(self):
        self._create_item(values=VALUES)
        other = self.env["res.company"].create({"name": "Altra"})
        self.user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self.product.product_tmpl_id.with_user(self.user).feed_item_ids)
