"""Whatever an item tells of: when it changes, the item is built again."""

from odoo.fields import Command
from odoo.tests import tagged

from .build_common import BuildCommon, picture


@tagged("post_install", "-at_install")
class TestBuildMarks(BuildCommon):
    """Each test changes one thing, and finds that the oil is to be built."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_product("Aceto", public_categ_ids=[Command.set(cls.food.ids)])
        cls.template = cls.oil.product_tmpl_id
        cls._settle()

    @classmethod
    def _settle(cls):
        cls.env.flush_all()
        cls.feed._take_changes()
        while cls.feed._build_next():
            pass
        cls.env.invalidate_all()

    def assertFollowed(self, change, product=None):  # noqa: N802 - as the assertions of unittest
        """A change of one thing, and nothing that is built before it is."""
        product = product or self.oil
        self._settle()
        self.assertFalse(self._is_dirty(product))
        change()
        self.env.flush_all()
        self.assertTrue(self._is_dirty(product))
        self._settle()

    def assertNotFollowed(self, change, product=None):  # noqa: N802 - as the assertions of unittest
        self._settle()
        change()
        self.assertFalse(self._is_dirty(product or self.oil))

    def _write_later(self, records, vals):
        """In a transaction of its own a record has another time: here all is one."""
        records.write(vals)
        self.env.registry.clear_cache()

    # === PRODUCTS === #

    def test_fields_of_a_product_are_followed(self):
        for vals in (
            {"name": "Olio novello"},
            {"list_price": 11},
            {"description_sale": "Nuovo"},
            {"barcode": "8000000000767"},
            {"default_code": "O-1"},
            {"feed_brand": "Mulino"},
            {"feed_gender": "unisex"},
            {"image_1920": picture(color="red")},
            {"is_storable": True},
            {"allow_out_of_stock_order": False},
            {"taxes_id": [Command.clear()]},
            {"weight": 2},
            {"sale_delay": 3},
            {"public_categ_ids": [Command.set(self.food.ids)]},
            {"seo_name": "olio-buono"},
            {"standard_price": 4},
        ):
            with self.subTest(vals=vals):
                self.assertFollowed(lambda vals=vals: self.oil.write(vals))

    def test_what_is_nobody_elses_business_is_not_followed(self):
        for vals in ({"description_purchase": "segreto"}, {"description": "nota"}, {"purchase_ok": False}):
            with self.subTest(vals=vals):
                self.assertNotFollowed(lambda vals=vals: self.oil.write(vals))
        self.assertNotFollowed(lambda: self.other.write({"name": "Aceto balsamico"}))

    def test_a_translation_is_followed(self):
        self.assertFollowed(lambda: self.template.update_field_translations("name", {"it_IT": "Olio tradotto"}))

    def test_a_second_variant_makes_the_first_one_another_item(self):
        _attribute, colors = self._create_attribute("Colore", "Rosso", "Blu")
        shirt = self._create_product("Maglia", attribute_line_ids=[self._line(colors[0])])
        self._settle()
        red = shirt.product_variant_ids
        self.assertFalse(self._item(red).group_code)
        self.assertFollowed(lambda: shirt.attribute_line_ids.write({"value_ids": [Command.link(colors[1].id)]}), red)
        self.assertEqual(self._item(red).group_code, f"G{shirt.id}")

    def test_names_of_attributes_and_values_are_followed(self):
        attribute, colors = self._create_attribute("Colore", "Rosso", "Blu")
        shirt = self._create_product("Maglia", attribute_line_ids=[self._line(colors)])
        red = shirt.product_variant_ids[0]
        self.assertFollowed(lambda: colors[0].write({"name": "Rosso fuoco"}), red)
        self.assertFollowed(lambda: attribute.write({"name": "Tinta"}), red)
        value = red.product_template_attribute_value_ids
        self.assertFollowed(lambda: value.write({"price_extra": 2}), red)

    def test_further_pictures_are_followed(self):
        Image = self.env["product.image"]
        vals = {"name": "Retro", "product_tmpl_id": self.template.id, "image_1920": self.picture}
        self.assertFollowed(lambda: Image.create(vals))
        image = self.template.product_template_image_ids
        self.assertFollowed(lambda: image.write({"image_1920": picture(color="blue")}))
        self.assertFollowed(image.unlink)

    # === CATEGORIES AND TAGS === #

    def test_categories_are_followed_down_their_tree(self):
        self.assertFollowed(lambda: self.food.write({"name": "Cibi"}))
        taxonomy = self.env["shop.feed.taxonomy"].create({"number": 1, "path": "Cibi"})
        self.assertFollowed(lambda: self.food.write({"feed_taxonomy_id": taxonomy.id}))
        self.assertFollowed(lambda: taxonomy.write({"number": 2}))
        self.assertFollowed(taxonomy.unlink)
        self.assertFollowed(lambda: self.oils.write({"product_tmpl_ids": [Command.unlink(self.template.id)]}))
        self.assertFollowed(lambda: self.oils.write({"product_tmpl_ids": [Command.link(self.template.id)]}))
        self.assertFollowed(self.food.unlink)
        self.assertFalse(self._item(self.oil).values.get("product_type", "").startswith("Cibi"))

    def test_internal_categories_are_followed_down_their_tree(self):
        above = self.env["product.category"].create({"name": "Merci"})
        below = self.env["product.category"].create({"name": "Oli", "parent_id": above.id})
        self.assertFollowed(lambda: self.oil.write({"categ_id": below.id}))
        self.assertFollowed(lambda: above.write({"name": "Merce"}))

    def test_tags_are_followed(self):
        tag = self.env["product.tag"].create({"name": "Bio"})
        self.assertFollowed(lambda: tag.write({"product_template_ids": [Command.link(self.template.id)]}))
        self.assertFollowed(lambda: tag.write({"name": "Biologico"}))
        self.assertFollowed(lambda: tag.write({"product_template_ids": [Command.clear()]}))
        self.assertFollowed(lambda: tag.write({"product_product_ids": [Command.link(self.oil.id)]}))
        self.assertFollowed(tag.unlink)

    # === PRICES === #

    def test_rules_of_the_list_are_followed_for_those_whom_they_give_a_price(self):
        self.oil.categ_id = self.env["product.category"].create({"name": "Oli"})
        rules = {
            "product": {"applied_on": "1_product", "product_tmpl_id": self.template.id},
            "variant": {"applied_on": "0_product_variant", "product_id": self.oil.id},
            "category": {"applied_on": "2_product_category", "categ_id": self.oil.categ_id.id},
            "all": {"applied_on": "3_global"},
        }
        for name, scope in rules.items():
            with self.subTest(scope=name):
                vals = {**scope, "pricelist_id": self.pricelist.id, "compute_price": "fixed", "fixed_price": 9}
                self.assertFollowed(lambda vals=vals: self.env["product.pricelist.item"].create(vals))
                rule = self.pricelist.item_ids
                self.assertFollowed(lambda rule=rule: rule.write({"fixed_price": 8}))
                self.assertFollowed(rule.unlink)

    def test_a_rule_for_another_product_is_not_followed(self):
        vals = {"applied_on": "1_product", "product_tmpl_id": self.other.product_tmpl_id.id, "fixed_price": 1}
        vals |= {"pricelist_id": self.pricelist.id, "compute_price": "fixed"}
        self.assertNotFollowed(lambda: self.env["product.pricelist.item"].create(vals))

    def test_lists_on_which_the_feeds_list_is_based_are_followed(self):
        base = self.env["product.pricelist"].create({"name": "Base", "currency_id": self.euro.id})
        self.env["product.pricelist.item"].create(
            {
                "pricelist_id": self.pricelist.id,
                "applied_on": "3_global",
                "compute_price": "formula",
                "base": "pricelist",
                "base_pricelist_id": base.id,
            }
        )
        vals = {"pricelist_id": base.id, "applied_on": "3_global", "compute_price": "percentage", "percent_price": 10}
        self.assertFollowed(lambda: self.env["product.pricelist.item"].create(vals))

    def test_taxes_and_rates_are_followed(self):
        self.assertFollowed(lambda: self.tax.write({"amount": 10}))
        rate = {"name": "2026-01-01", "currency_id": self.env.ref("base.USD").id, "company_id": self.company.id}
        self.assertFollowed(lambda: self.env["res.currency.rate"].create({**rate, "rate": 1.5}))
        self.assertFollowed(self.env["res.currency.rate"].search([("name", "=", "2026-01-01")]).unlink)

    # === STOCK === #

    def test_stock_and_reservations_are_followed(self):
        self.oil.write({"is_storable": True, "allow_out_of_stock_order": False})
        self.assertFollowed(lambda: self._stock(self.oil, 5))
        quant = self.env["stock.quant"].search([("product_id", "=", self.oil.id), ("quantity", ">", 0)])
        self.assertFollowed(lambda: quant.write({"reserved_quantity": 5}))
        self.assertEqual(self._item(self.oil).values["availability"], "out_of_stock")

    # === SETTINGS === #

    def test_settings_of_the_feed_are_followed(self):
        tag = self.env["product.tag"].create({"name": "Bio"})
        source = self.env["utm.source"].create({"name": "meta"})
        for vals in (
            {"out_of_stock": "leave"},
            {"format": "csv"},
            {"channel_id": self.env.ref("shop_feed.channel_meta").id},
            {"utm_source_id": source.id},
            {"excluded_tag_ids": [Command.set(tag.ids)]},
        ):
            with self.subTest(vals=vals):
                self.assertFollowed(lambda vals=vals: self.feed.write(vals))
        self.assertFollowed(lambda: source.write({"name": "instagram"}))
        self.assertFollowed(source.unlink)
        self.assertNotFollowed(lambda: self.feed.write({"lost_percent": 30}))

    def test_maps_and_rules_are_followed(self):
        vals = {"feed_id": self.feed.id, "field_name": "custom_label_0", "fixed": "bio"}
        self.assertFollowed(lambda: self.env["shop.feed.map"].create(vals))
        row = self.env["shop.feed.map"].search([("feed_id", "=", self.feed.id)])
        self.assertFollowed(lambda: row.step_ids.create({"map_id": row.id, "kind": "upper"}))
        self.assertFollowed(lambda: row.step_ids.write({"kind": "lower"}))
        self.assertFollowed(row.unlink)
        action = {"kind": "set", "field_name": "custom_label_1", "argument": "x"}
        vals = {"feed_id": self.feed.id, "name": "Rule", "action_ids": [Command.create(action)]}
        self.assertFollowed(lambda: self.env["shop.feed.rule"].create(vals))
        rule = self.env["shop.feed.rule"].search([("feed_id", "=", self.feed.id)])
        self.assertFollowed(lambda: rule.action_ids.write({"argument": "y"}))
        self.assertFollowed(
            lambda: rule.check_ids.create({"rule_id": rule.id, "source": "title", "operator": "is_set"})
        )
        self.assertFollowed(rule.unlink)

    def test_a_new_specification_of_the_channel_is_followed(self):
        channel = self.env.ref("shop_feed.channel_google").copy()
        self.feed.channel_id = channel
        field = channel.field_ids.filtered(lambda each: each.name == "title")
        self.assertFollowed(lambda: self._write_later(field, {"max_length": 10}))
        self.assertEqual(self._item(self.oil).values["title"], "Olio extra")

    def test_a_new_form_of_the_file_makes_new_pieces_of_the_same_words(self):
        before = self._item(self.oil)
        values, piece = before.values, before.fragment
        self.feed.format = "csv"
        self._settle()
        after = self._item(self.oil)
        self.assertEqual(after.values, values)
        self.assertNotEqual(after.fragment, piece)

    def test_the_address_of_a_shop_without_one_of_its_own_is_followed(self):
        self.website.domain = False
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", "https://uno.example")
        self.assertFollowed(lambda: parameters.set_param("web.base.url", "https://due.example"))
        self.assertTrue(self._item(self.oil).values["link"].startswith("https://due.example/"))
        self.assertNotFollowed(lambda: parameters.set_param("shop_feed.test", "1"))
        self.assertNotFollowed(lambda: parameters.set_param("shop_feed.test", False))

    def test_the_websites_own_settings_are_followed(self):
        self.assertFollowed(lambda: self.website.write({"domain": "https://nuovo.example"}))
        self.assertTrue(self._item(self.oil).values["link"].startswith("https://nuovo.example/"))

    # === COMING AND GOING === #

    def test_a_new_product_comes_into_the_feed(self):
        vinegar = self._create_product("Aceto di mele")
        self._settle()
        self.assertEqual(self._item(vinegar).state, "sent")

    def test_what_is_not_offered_any_more_leaves_the_feed_and_may_come_back(self):
        for vals in (
            {"active": False},
            {"is_published": False},
            {"sale_ok": False},
            {"feed_is_excluded": True},
            {"type": "service"},
        ):
            name = next(iter(vals))
            with self.subTest(vals=vals):
                before = self.oil[name]
                self.oil.write(vals)
                self._settle()
                item = self._item(self.oil)
                self.assertEqual((item.state, item.fragment, item.values), ("gone", False, False))
                self.assertFalse(item.issue_ids)
                self.oil.write({name: before})
                self._settle()
                self.assertEqual(self._item(self.oil).state, "sent")

    def test_a_products_category_decides_without_a_word_about_the_product(self):
        self.feed.public_category_ids = self.oils
        self._settle()
        self.assertEqual((self._item(self.oil).state, self._item(self.other).state), ("sent", "gone"))
        self.feed.public_category_ids = self.food
        self._settle()
        self.assertEqual((self._item(self.oil).state, self._item(self.other).state), ("sent", "sent"))
        self.oils.parent_id = False
        self._settle()
        self.assertEqual((self._item(self.oil).state, self._item(self.other).state), ("gone", "sent"))
        self.feed.write(
            {"public_category_ids": [Command.clear()], "excluded_category_ids": [Command.set(self.food.ids)]}
        )
        self._settle()
        self.assertEqual((self._item(self.oil).state, self._item(self.other).state), ("sent", "gone"))

    def test_products_of_another_company_or_website_are_not_in_the_feed(self):
        elsewhere = self.env["res.company"].create({"name": "Altrove"})
        website = self.env["website"].create({"name": "Altro", "company_id": self.company.id})
        self.oil.company_id = elsewhere
        self.other.website_id = website
        self._settle()
        self.assertEqual({self._item(self.oil).state, self._item(self.other).state}, {"gone"})

    def test_a_deleted_product_takes_its_item_along_and_the_file_is_put_together_without_it(self):
        feed, count = self.feed, self.feed.change_count
        self.other.unlink()
        feed._take_changes()
        self.env.invalidate_all()
        self.assertGreater(feed.change_count, count)
        count = feed.change_count
        self.template.unlink()
        feed._take_changes()
        self.env.invalidate_all()
        self.assertGreater(feed.change_count, count)
        self.assertFalse(feed.item_ids.filtered("fragment"))

    def test_nothing_is_noted_where_there_is_no_feed(self):
        self.feed.active = False
        self.env["shop.feed"].search([]).active = False
        self.env.flush_all()
        self.env["shop.feed.mark"]._take()
        self.oil.name = "Olio"
        self.assertFalse(self.env["shop.feed.mark"].search([]))
