"""Old prices in the shop: its pages strike out what the feed may announce, and nothing else."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.website_sale.tests.common import MockRequest

from ..controllers.product_configurator import GuardedProductConfigurator
from .price_common import GuardCommon, day


@tagged("post_install", "-at_install")
class TestShopGuard(GuardCommon):
    """What the pages of the shop strike out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls._create_product(10.0)
        cls.template = cls.product.product_tmpl_id
        cls.website.show_line_subtotals_tax_selection = "tax_included"

    def _page(self, product=None, quantity=1.0):
        """The price and the old price on the product's page."""
        product = product or self.product
        with self._visit():
            info = product.product_tmpl_id._get_combination_info(product_id=product.id, add_qty=quantity)
        old = info["list_price"] if info["has_discounted_price"] else info.get("compare_list_price") or None
        return info["price"], old

    def _grid(self):
        """The price and the old price in the list of products."""
        with self._visit():
            found = self.template._get_sales_prices(self.website)[self.template.id]
        return found["price_reduce"], found.get("base_price")

    def _visit(self):
        return MockRequest(
            self.env(user=self.website.user_id),
            website=self.website,
            website_sale_current_pl=self.pricelist.id,
        )

    def _cheapen(self):
        """12.20, on day 40 10.98 for five days; on day 60 20 % less: 9.76, against 10.98."""
        self._sell(
            self.product,
            (0, lambda: None),
            (40, self._price(self.product, 9.0)),
            (45, self._price(self.product, 10.0)),
            (60, lambda: self._create_rule(20)),
        )

    def test_a_true_reduction_is_struck_out_as_ever(self):
        self._sell(self.product, (0, lambda: None), (31, lambda: self._create_rule(20)))
        with freeze_time(day(32)):
            self.assertEqual((self._page(), self._grid()), ((9.76, 12.2), (9.76, 12.2)))

    def test_a_reduction_that_is_withheld_shows_its_price_alone(self):
        self._sell(self.product, (0, lambda: None), (10, lambda: self._create_rule(20)))
        with freeze_time(day(11)):
            self.assertEqual((self._page(), self._grid()), ((9.76, None), (9.76, None)))

    def test_the_lower_price_of_thirty_days_is_struck_out_in_place_of_the_full_one(self):
        self._cheapen()
        with freeze_time(day(61)):
            self.assertEqual((self._page(), self._grid()), ((9.76, 10.98), (9.76, 10.98)))

    def test_a_shop_that_shows_net_prices_strikes_out_net_ones(self):
        """8.00 against 9.00."""
        self._cheapen()
        self.website.show_line_subtotals_tax_selection = "tax_excluded"
        with freeze_time(day(61)):
            self.assertEqual((self._page(), self._grid()), ((8.0, 9.0), (8.0, 9.0)))

    def test_a_website_that_does_not_want_the_guard_has_none(self):
        self.website.feed_guards_reductions = False
        self._sell(self.product, (0, lambda: None), (10, lambda: self._create_rule(20)))
        with freeze_time(day(11)):
            self.assertEqual((self._page(), self._grid()), ((9.76, 12.2), (9.76, 12.2)))

    def test_a_visitor_with_another_vat_sees_the_same_share_struck_out(self):
        """10.98 of 12.20 are nine tenths: without VAT 9.00 of 10.00."""
        self._cheapen()
        position = self.env["account.fiscal.position"].create({"name": "No VAT", "company_id": self.company.id})
        with freeze_time(day(61)), self._visit() as request:
            request.fiscal_position = position
            info = self.template._get_combination_info(product_id=self.product.id)
        self.assertEqual((info["price"], info["list_price"]), (8.0, 9.0))

    def test_a_list_without_a_feed_is_left_alone(self):
        self.feed.active = False
        self._create_rule(20)
        with freeze_time(day(11)):
            self.assertEqual((self._page(), self._grid()), ((9.76, 12.2), (9.76, 12.2)))

    def _page_without_list(self):
        """As a visitor of a shop that has no price lists sees it."""
        with self._visit() as request:
            request.pricelist = self.env["product.pricelist"].sudo()
            info = self.template._get_combination_info(product_id=self.product.id)
        return info["price"], info.get("compare_list_price") or None

    def test_a_shop_without_price_lists_is_guarded_by_a_feed_whose_list_has_no_rules(self):
        self.env.ref("base.group_user").implied_ids += self.env.ref("website_sale.group_product_price_comparison")
        self._sell(
            self.product,
            (0, self._price(self.product, 15.0)),
            (40, lambda: self.template.write({"list_price": 10.0, "compare_list_price": 18.3})),
        )
        with freeze_time(day(41)):
            self.assertEqual(self._page_without_list(), (12.2, 18.3))
        self.template.compare_list_price = 25.0
        with freeze_time(day(42)):
            self.assertEqual(self._page_without_list(), (12.2, 18.3))
        self._create_rule(20, date_start=day(90))
        with freeze_time(day(42)):
            self.assertEqual(self._page_without_list(), (12.2, 25.0))

    def test_an_entered_old_price_that_was_never_asked_is_not_shown(self):
        self.env.ref("base.group_user").implied_ids += self.env.ref("website_sale.group_product_price_comparison")
        self._record(self.product, day(0))
        self.template.compare_list_price = 15.0
        with freeze_time(day(40)):
            self.assertEqual((self._page(), self._grid()), ((12.2, None), (12.2, None)))

    def test_prices_for_larger_quantities_are_no_reduction(self):
        """A rule from two pieces on: 9.76 each, 12.20 struck out; what a piece cost before does not matter."""
        self._create_rule(20, min_quantity=2)
        with freeze_time(day(11)):
            self.assertEqual(self._page(), (12.2, None))
            self.assertEqual(self._page(quantity=2.0), (9.76, 12.2))

    def test_a_product_without_a_reduction_costs_no_look_at_the_history(self):
        with patch.object(type(self.feed), "_get_price_stands", autospec=True) as asked:
            self.assertEqual((self._page(), self._grid()), ((12.2, None), (12.2, None)))
        self.assertFalse(asked.mock_calls)

    def test_variants_share_the_least_that_may_be_struck_out(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [Command.create({"name": "S"}), Command.create({"name": "L"})]}
        )
        self.template.attribute_line_ids = [
            Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]})
        ]
        small, large = self.template.product_variant_ids
        self._record(small, day(0))
        self._record(large, day(20))
        self._create_rule(20)
        self._record(small + large, day(31))
        with freeze_time(day(32)):
            self.assertEqual(self._grid(), (9.76, None), "the larger one is known for eleven days only")
            self.assertEqual((self._page(small), self._page(large)), ((9.76, 12.2), (9.76, None)))

    def test_new_goods_have_their_days_named_beside_the_price(self):
        """Par. 4: sold since day 0, reduced on day 10."""
        self.template.feed_market_date = day(0).date()
        self._sell(self.product, (0, lambda: None), (10, lambda: self._create_rule(20)))
        with freeze_time(day(11)), self._visit():
            info = self.template._get_combination_info(product_id=self.product.id)
        self.assertEqual((info["list_price"], info["feed_days"]), (12.2, 10))

    def test_the_setting_is_that_of_the_website(self):
        values = {"website_id": self.website.id, "feed_guards_reductions": False}
        self.env["res.config.settings"].create(values).execute()
        self.assertFalse(self.website.feed_guards_reductions)

    def test_the_cart_strikes_out_what_the_page_does(self):
        self._sell(self.product, (0, lambda: None), (31, lambda: self._create_rule(20)))
        with freeze_time(day(32)):
            line = self._put_into_cart()
            self.assertTrue(line._should_show_strikethrough_price())
            self.env["shop.feed.price"].search([("product_id", "=", self.product.id), ("moment", "=", day(0))]).unlink()
            self.assertFalse(line._should_show_strikethrough_price())

    def _put_into_cart(self):
        self.env.ref("base.group_user").implied_ids += self.env.ref("sale.group_discount_per_so_line")
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Visitor"}).id,
                "website_id": self.website.id,
                "pricelist_id": self.pricelist.id,
                "order_line": [Command.create({"product_id": self.product.id, "discount": 20.0})],
            }
        )
        return order.order_line

    def test_the_configurator_strikes_out_what_the_page_does(self):
        self._cheapen()
        rule = self.pricelist.item_ids
        with freeze_time(day(61)), self._visit():
            old = GuardedProductConfigurator()._get_strikethrough_price(
                self.product, self.pricelist.currency_id, day(61), 9.76, rule.id
            )
        self.assertEqual(old, 10.98)


class PagesCommon(GuardCommon, HttpCase):
    """The list is the only one of the website; days are counted from now, as its visitors' are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["product.pricelist"].search([("id", "!=", cls.pricelist.id)]).active = False
        cls.env.ref("base.group_user").implied_ids += cls.env.ref("product.group_product_pricelist")
        cls.pricelist.write({"website_id": cls.website.id, "selectable": True})
        cls.website.show_line_subtotals_tax_selection = "tax_included"
        cls.now = fields.Datetime.now()


@tagged("post_install", "-at_install")
class TestShopPages(PagesCommon):
    """The pages as they are sent."""

    def test_a_page_strikes_out_what_is_borne_out_and_nothing_else(self):
        known, unknown = self._create_product(77.0, name="Known"), self._create_product(88.0, name="Unknown")
        self._record(known, self.now - timedelta(40))
        self._record(unknown, self.now - timedelta(10))
        self._create_rule(50)
        for path in ("/shop", known.website_url, unknown.website_url):
            page = self.url_open(path).text
            self.assertEqual(path != unknown.website_url, "93.94" in page or "93,94" in page, path)
            self.assertFalse("107.36" in page or "107,36" in page, path)
            self.assertTrue(path == known.website_url or "53.68" in page or "53,68" in page, path)

    def test_a_page_names_the_days_of_new_goods(self):
        product = self._create_product(77.0, feed_market_date=(self.now - timedelta(10)).date())
        self._record(product, self.now - timedelta(10))
        self._create_rule(50)
        page = html.fromstring(self.url_open(product.website_url).content)
        [sold] = page.xpath("//small[contains(@class, 'o_feed_days') and not(contains(@class, 'd-none'))]")
        self.assertIn(" 10 ", sold.text_content())


@tagged("post_install", "-at_install", "tour")
class TestShopTour(PagesCommon):
    """What a visitor's browser makes of it."""

    def test_another_variant_has_its_own_price_before(self):
        """14.64 were asked of both; the larger one is known for ten days only. An old price of 20.00 was entered."""
        self.env.ref("base.group_user").implied_ids += self.env.ref("website_sale.group_product_price_comparison")
        product = self._create_product(12.0, name="Tour")
        attribute = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [Command.create({"name": "Small"}), Command.create({"name": "Large"})]}
        )
        template = product.product_tmpl_id
        template.attribute_line_ids = [
            Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]})
        ]
        small, large = template.product_variant_ids
        self._record(small, self.now - timedelta(40))
        self._record(large, self.now - timedelta(10))
        template.write({"list_price": 10.0, "compare_list_price": 20.0})
        self.start_tour(template.website_url, "shop_feed_variants")
