"""An item from the product to the piece of the file."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..channels.validate import prepare
from ..share.shelf import Shelf
from .build_common import SITE, BuildCommon, picture


@tagged("post_install", "-at_install")
class TestBuildItems(BuildCommon):
    def values(self, product=None, feed=None):
        self._refresh(feed)
        return self._item(product or self.oil, feed).values

    # === WORDS === #

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

    def test_a_build_puts_an_item_where_computing_would(self):
        self._refresh()
        item, names = self._item(self.oil), list(Shelf._fields)
        built = item.read(names)
        self.assertEqual((item.sort_title, item.category_path), ("olio extra vergine", "Alimentari > Olio"))
        item._compute_shelf()
        self.assertEqual(item.read(names), built)

    def test_what_is_entered_for_channels_goes_before_what_the_shop_says(self):
        self.oil.write({"feed_title": "Olio EVO", "feed_description": "Spremuto a freddo."})
        values = self.values()
        self.assertEqual((values["title"], values["description"]), ("Olio EVO", "Spremuto a freddo."))

    def test_words_are_those_of_the_feeds_language(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.oil.with_context(lang="it_IT").name = "Olio del frantoio"
        self.oil.with_context(lang="en_US").name = "Olive oil of the mill"
        english = self._create_feed("google", lang_id=self.env["res.lang"]._lang_get("en_US").id)
        self.assertEqual(self.values()["title"], "Olio del frantoio")
        self.assertEqual(self.values(feed=english)["title"], "Olive oil of the mill")

    def test_a_product_without_a_description_goes_out_under_its_title_and_its_owner_is_told(self):
        self.oil.description_sale = False
        self.assertEqual(self.values()["description"], "Olio extra vergine")
        self.assertEqual(self._item(self.oil).state, "sent")
        told = self._item(self.oil).issue_ids.filtered(lambda each: each.code == "missing_recommended")
        self.assertIn("description", told.mapped("field_name"))

    def test_tags_for_customers_go_out_and_others_do_not(self):
        Tag = self.env["product.tag"]
        shown = Tag.create({"name": "Biologico", "visible_to_customers": True})
        hidden = Tag.create({"name": "Margine alto", "visible_to_customers": False})
        self.oil.product_tmpl_id.product_tag_ids = shown + hidden
        self.env["shop.feed.map"].create(
            {"feed_id": self.feed.id, "field_name": "custom_label_0", "source_1": "tags"},
        )
        self.assertEqual(self.values()["custom_label_0"], "Biologico")
        self.assertNotIn("Margine", self._item(self.oil).fragment)

    # === VARIANTS === #

    def test_variants_share_a_group_and_tell_what_sets_them_apart(self):
        _attribute, colors = self._create_attribute("Colore", "Rosso", "Blu")
        shirt = self._create_product("Maglia", attribute_line_ids=[self._line(colors)])
        red, blue = shirt.product_variant_ids
        red.default_code, blue.default_code = "M-R", "M-B"
        values = self.values(red)
        self.assertEqual(values["item_group_id"], f"G{shirt.id}")
        self.assertEqual((values["color"], values["title"]), ("Rosso", "Maglia (Rosso)"))
        self.assertEqual(self._item(blue).group_code, self._item(red).group_code)
        self.assertIn(f"attribute_values={colors[0].id}", values["link"])
        self.assertFalse({"variant_alone", "variants_alike"} & self._codes(red))

    def test_variants_that_cannot_be_told_apart_are_named_to_their_owner_until_they_can(self):
        _attribute, finishes = self._create_attribute("Finitura", "Opaca", "Lucida")
        vase = self._create_product("Vaso", attribute_line_ids=[self._line(finishes)])
        first, second = vase.product_variant_ids
        self._refresh()
        self.assertIn("variants_alike", self._codes(first) & self._codes(second))
        self.env["shop.feed.map"].create(
            {"feed_id": self.feed.id, "field_name": "pattern", "source_1": "attribute:Finitura"}
        )
        self._refresh()
        self.assertEqual(self._item(second).values["pattern"], "Lucida")
        self.assertNotIn("variants_alike", self._codes(first) | self._codes(second))

    def test_a_variant_that_is_left_alone_in_the_feed_is_told_so(self):
        _attribute, colors = self._create_attribute("Colore", "Rosso", "Blu")
        shirt = self._create_product("Maglia", attribute_line_ids=[self._line(colors)])
        red, blue = shirt.product_variant_ids
        blue.additional_product_tag_ids = hidden = self.env["product.tag"].create({"name": "Esaurita"})
        self.feed.excluded_tag_ids = hidden
        self._refresh()
        self.assertFalse(self._item(blue))
        self.assertIn("variant_alone", self._codes(red))

    def test_one_variant_may_stand_for_all(self):
        _attribute, colors = self._create_attribute("Colore", "Rosso", "Blu")
        shirt = self._create_product("Maglia", attribute_line_ids=[self._line(colors)])
        self.feed.variants = "first"
        self._refresh()
        red, blue = shirt.product_variant_ids
        self.assertEqual(self._item(red).state, "sent")
        self.assertFalse(self._item(red).group_code)
        self.assertFalse(self._item(blue))
        red.active = False
        self._refresh()
        self.assertEqual((self._item(red).state, self._item(blue).state), ("gone", "sent"))

    # === IDENTIFIERS === #

    def test_an_identifier_that_comes_twice_stays_with_the_first_product_until_it_is_free(self):
        twin = self._create_product("Olio novello", default_code="OLIO-750")
        self._refresh()
        self.assertEqual((self._item(self.oil).state, self._item(twin).state), ("sent", "left_out"))
        self.assertIn("id_twice", self._codes(twin))
        self.assertEqual(self._item(twin).error_count, 1)
        self.oil.default_code = "OLIO-1000"
        self._refresh()
        self.assertEqual(self._item(twin).state, "sent")
        self.assertFalse(self._item(twin).error_count)

    def test_a_product_without_a_reference_has_a_number_that_stays(self):
        self.oil.default_code = False
        self.assertEqual(self.values()["id"], f"P{self.oil.id}")

    # === CATEGORIES === #

    def test_the_channels_category_comes_through_the_shops_tree(self):
        Taxonomy = self.env["shop.feed.taxonomy"]
        food = Taxonomy.create({"number": 412, "path": "Cibi"})
        oils = Taxonomy.create({"number": 1817, "path": "Cibi > Olio"})
        self.assertNotIn("google_product_category", self.values())
        self.food.feed_taxonomy_id = food
        self.assertEqual(self.values()["google_product_category"], "412")
        self.oils.feed_taxonomy_id = oils
        self.assertEqual(self.values()["google_product_category"], "1817")
        self.oil.feed_taxonomy_id = food
        self.assertEqual(self.values()["google_product_category"], "412")

    def test_the_deepest_category_says_most_and_rules_know_them_all(self):
        gifts = self.env["product.public.category"].create({"name": "Regali", "sequence": 1})
        self.oil.public_categ_ids += gifts
        self.assertEqual(self.values()["product_type"], "Alimentari > Olio")
        rule = self.env["shop.feed.rule"].create(
            {
                "feed_id": self.feed.id,
                "name": "No gifts",
                "check_ids": [
                    Command.create({"source": "shop_category_path", "operator": "under", "operand": "Regali"})
                ],
                "action_ids": [Command.create({"kind": "exclude"})],
            }
        )
        self._refresh()
        item = self._item(self.oil)
        self.assertEqual((item.state, item.excluded_by_id), ("excluded", rule))
        self.assertFalse(item.fragment)

    # === LINKS === #

    def test_a_link_carries_the_campaign_and_the_language_of_the_feed(self):
        self.env["res.lang"]._activate_lang("en_US")
        english = self.env["res.lang"]._lang_get("en_US")
        self.website.language_ids += english
        self.feed.utm_source_id = self.env["utm.source"].create({"name": "meta ads"})
        self.feed.utm_medium_id = self.env["utm.medium"].create({"name": "feed"})
        self.assertTrue(self.values()["link"].endswith("?utm_source=meta%20ads&utm_medium=feed"))
        self.feed.lang_id = english
        self.assertTrue(self.values()["link"].startswith(f"{SITE}/{english.url_code}/shop/"))

    def test_a_list_that_visitors_may_choose_is_chosen_by_the_link(self):
        self.pricelist.selectable = True
        self.assertIn(f"?pricelist={self.pricelist.id}", self.values()["link"])

    def test_a_shop_elsewhere_has_its_own_addresses(self):
        feed = self._create_feed(
            "google",
            shop="external",
            website_id=False,
            url_template="https://negozio.example/{default_code}.html",
            image_template="https://negozio.example/foto/{barcode}.jpg",
        )
        values = self.values(feed=feed)
        self.assertEqual(values["link"], "https://negozio.example/OLIO-750.html")
        self.assertEqual(values["image_link"], "https://negozio.example/foto/8000000000026.jpg")
        self.oil.default_code = False
        self._refresh(feed)
        self.assertEqual(self._item(self.oil, feed).state, "left_out")

    def test_an_address_reaches_nothing_but_its_names(self):
        for template in ("https://a.example/{id.__class__}", "https://a.example/{standard_price}", "https://a.example"):
            with self.assertRaises(ValidationError):
                self._create_feed("google", shop="external", url_template=template)

    def test_an_address_is_one_of_the_web_and_the_shop_is_no_gap(self):
        for template in ("javascript:alert({id})", "data:text/html,{id}", "//a.example/{id}", "https://{slug}/x"):
            for name in ("url_template", "image_template"):
                words = {"url_template": "https://a.example/{id}", name: template}
                with self.assertRaises(ValidationError):
                    self._create_feed("google", shop="external", **words)

    # === PICTURES === #

    def test_a_picture_has_another_address_when_it_is_another_one_and_only_then(self):
        before = self.values()["image_link"]
        self.oil.name = "Olio nuovo"
        self.assertEqual(self.values()["image_link"], before)
        self.oil.image_1920 = picture(color="red")
        self.assertNotEqual(self.values()["image_link"], before)

    def test_a_variant_shows_its_own_picture_and_further_ones_of_both(self):
        _attribute, colors = self._create_attribute("Colore", "Rosso", "Blu")
        shirt = self._create_product("Maglia", attribute_line_ids=[self._line(colors)])
        red, blue = shirt.product_variant_ids
        red.image_variant_1920 = picture(color="red")
        Image = self.env["product.image"]
        both = Image.create({"name": "Retro", "product_tmpl_id": shirt.id, "image_1920": picture(700, 700)})
        own = Image.create({"name": "Etichetta", "product_variant_id": red.id, "image_1920": picture(800, 800)})
        values = self.values(red)
        self.assertIn(f"/product.product/{red.id}/image_1024/", values["image_link"])
        further = values["additional_image_link"]
        self.assertEqual(len(further), 2)
        self.assertIn(f"/product.image/{own.id}/", further[0])
        self.assertIn(f"/product.image/{both.id}/", further[1])
        self.assertIn("/product.template/", self._item(blue).values["image_link"])

    def test_a_picture_that_is_too_small_for_the_channel_is_told_by_its_size(self):
        meta = self._create_feed("meta")
        self.oil.image_1920 = picture(300, 400)
        self._refresh(meta)
        item = self._item(self.oil, meta)
        found = item.issue_ids.filtered(lambda each: each.code == "image_too_small")
        self.assertEqual((found.numbers["width"], found.numbers["height"], found.severity), (300, 400, "error"))
        self.assertEqual(item.state, "left_out")

    def test_a_file_that_is_no_picture_is_of_no_known_size(self):
        attachment = self.env["ir.attachment"].create({"name": "x", "raw": b"no picture", "mimetype": "image/png"})
        sizes = self.env["shop.feed.picture"]._get_sizes(attachment)
        self.assertEqual(sizes, {attachment.checksum: (0, 0)})
        self.assertEqual(self.env["shop.feed.picture"]._get_sizes(attachment), sizes)

    # === STOCK === #

    def test_goods_that_are_out_of_stock_are_sent_as_such_or_left_out(self):
        self.oil.write({"is_storable": True, "allow_out_of_stock_order": False})
        self.assertEqual(self.values()["availability"], "out_of_stock")
        self.feed.out_of_stock = "leave"
        self._refresh()
        self.assertEqual(self._item(self.oil).state, "excluded")
        self._stock(self.oil, 3)
        self.assertEqual(self.values()["availability"], "in_stock")

    def test_what_the_shop_sells_without_stock_is_in_stock_as_on_its_page(self):
        self.oil.write({"is_storable": True, "allow_out_of_stock_order": True})
        self.assertEqual(self.values()["availability"], "in_stock")

    def test_only_the_websites_warehouse_counts(self):
        self.oil.write({"is_storable": True, "allow_out_of_stock_order": False})
        other = self.env["stock.warehouse"].create({"name": "Lontano", "code": "LON"})
        self._stock(self.oil, 5, other)
        self.website.warehouse_id = self.env["stock.warehouse"].search([("id", "!=", other.id)], limit=1)
        meta = self._create_feed("meta")
        values = self.values(feed=meta)
        self.assertEqual(values["availability"], "out of stock")
        self.website.warehouse_id = other
        values = self.values(feed=meta)
        self.assertEqual((values["availability"], values["quantity_to_sell_on_facebook"]), ("in stock", "5"))

    # === PRICES === #

    def test_the_explicit_fiscal_position_decides_which_tax_is_in_the_price(self):
        position = self.env["account.fiscal.position"].create({"name": "San Marino"})
        self._create_tax(
            4, fiscal_position_ids=[Command.set(position.ids)], original_tax_ids=[Command.set(self.tax.ids)]
        )
        self.feed.fiscal_position_id = position
        self.assertEqual(self.values()["price"], "10.40 EUR")

    def test_a_net_quantity_brings_its_measure_and_the_price_of_a_litre(self):
        self.oil.write({"feed_quantity": 750, "feed_unit": "ml"})
        values = self.values()
        self.assertEqual((values["unit_pricing_measure"], values["unit_pricing_base_measure"]), ("750ml", "1l"))
        idealo = self._create_feed("idealo")
        self.assertEqual(self.values(feed=idealo)["basePrice"], "16,27 EUR/l")

    # === MAPPING === #

    def test_a_written_row_replaces_what_the_fields_meaning_says(self):
        self.env["shop.feed.map"].create(
            {
                "feed_id": self.feed.id,
                "field_name": "title",
                "template": "{brand} {title}",
                "step_ids": [Command.create({"kind": "upper"})],
            }
        )
        self.assertEqual(self.values()["title"], "FRANTOIO OLIO EXTRA VERGINE")

    def test_a_word_is_replaced_by_nothing(self):
        step = Command.create({"kind": "replace", "argument_1": " vergine"})
        values = {"feed_id": self.feed.id, "field_name": "title", "source_1": "title", "step_ids": [step]}
        self.env["shop.feed.map"].create(values)
        self.assertEqual(self.values()["title"], "Olio extra")

    def test_a_row_for_a_field_that_the_channel_has_renamed_is_told_and_the_build_goes_on(self):
        channel = self.env.ref("shop_feed.channel_google").copy()
        self.feed.channel_id = channel
        self.env["shop.feed.map"].create({"feed_id": self.feed.id, "field_name": "color", "fixed": "verde"})
        channel.field_ids.filtered(lambda each: each.name == "color").name = "colour"
        self._refresh()
        item = self._item(self.oil)
        self.assertEqual(item.state, "sent")
        self.assertIn(("unknown_field", "color"), [(each.code, each.field_name) for each in item.issue_ids])
        self.assertNotIn("<g:color>", item.fragment)

    def test_what_is_stored_is_what_the_channel_takes(self):
        self._refresh()
        item = self._item(self.oil)
        again = prepare(self.feed.channel_id._get_specification(), {"id": item.values["id"]})
        self.assertEqual(again.values["id"], item.external_id)
        self.assertEqual(self.feed._get_shape().item(item.values), item.fragment)


@tagged("post_install", "-at_install")
class TestBuildPages(BuildCommon, HttpCase):
    def test_whoever_follows_an_address_sees_the_product_and_its_pictures(self):
        _attribute, colors = self._create_attribute("Colore", "Rosso", "Blu")
        shirt = self._create_product("Maglia", attribute_line_ids=[self._line(colors)])
        red = shirt.product_variant_ids[0]
        red.image_variant_1920 = picture(color="red")
        self.env["product.image"].create(
            {"name": "Retro", "product_tmpl_id": shirt.id, "image_1920": picture(700, 700)}
        )
        self._refresh()
        values = self._item(red).values
        for address in (values["image_link"], *values["additional_image_link"]):
            answer = self.url_open(address.removeprefix(SITE))
            self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "image/png"), address)
            self.assertEqual(answer.headers.get("Content-Disposition", "").count("placeholder"), 0)
        page = self.url_open(values["link"].removeprefix(SITE))
        self.assertEqual(page.status_code, 200)
        self.assertIn("Maglia", page.text)
