"""Pages of products as visitors see them, beside what the feed says."""

import threading
from unittest.mock import patch

from odoo.tests import tagged

from .build_common import BuildCommon

ACTIVITY = "shop_feed.mail_activity_type_landing"


@tagged("post_install", "-at_install")
class TestLanding(BuildCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website.show_line_subtotals_tax_selection = "tax_included"
        cls.pricelist.write({"selectable": True, "website_id": cls.website.id})

    def setUp(self):
        super().setUp()
        self._refresh()

    def _check(self, feed=None):
        self.http_request_allow_all = True
        with self.enter_registry_test_mode():
            landings = (feed or self.feed)._check_pages()
        self.http_request_allow_all = False
        return landings

    def _set(self, **values):
        item = self._item(self.oil)
        item.values = {**item.values, **values}
        return item

    def _get_codes(self):
        landing = self._check()
        return [finding["code"] for finding in landing.findings or []]

    def test_a_page_that_says_the_same(self):
        landing = self._check()
        self.assertEqual(landing.state, "same", landing.remark)
        self.assertEqual(landing.product_id, self.oil)
        self.assertFalse(self.feed.activity_ids)

    def test_another_price(self):
        self._set(price="15.00 EUR")
        self.assertEqual(self._get_codes(), ["price_differs", "shown_price_differs"])
        landing = self.env["shop.feed.landing"].search([("feed_id", "=", self.feed.id)])
        self.assertEqual(landing.state, "differs")
        self.assertIn("The feed says 15.00, the page's data say 12.2", landing.with_context(lang="en_US").remark)

    def test_a_website_that_shows_prices_without_vat(self):
        self.website.show_line_subtotals_tax_selection = "tax_excluded"
        self.assertIn("shown_price_differs", self._get_codes())

    def test_another_currency(self):
        self._set(price="12.20 USD")
        self.assertEqual(self._get_codes(), ["currency_differs"])

    def test_a_product_that_is_sold_out_on_the_page(self):
        self.oil.write({"is_storable": True, "allow_out_of_stock_order": False})
        self._set(availability="in_stock")
        self.assertEqual(self._get_codes(), ["availability_differs"])

    def test_a_page_that_visitors_do_not_see(self):
        self.oil.is_published = False
        self.assertEqual(self._get_codes(), ["unreachable"])

    def test_a_page_without_data_for_machines(self):
        page = "<html><span class='oe_price'><span class='oe_currency_value'>12,20</span></span></html>"
        with patch.object(self.registry["shop.feed"], "_render_page", return_value=(200, page)):
            self.assertEqual(self._get_codes(), ["no_data"])

    def test_a_variant_is_found_among_the_others(self):
        _size, sizes = self._create_attribute("Formato", "Piccolo", "Grande")
        template = self._create_product("Olio in due formati", 10, attribute_line_ids=[self._line(sizes)])
        template.attribute_line_ids.product_template_value_ids[1].price_extra = 5
        self.oil.is_published = False
        self._refresh()
        landings = self._check()
        self.assertEqual(len(landings), 2)
        self.assertEqual(set(landings.mapped("state")), {"same"}, landings.mapped("remark"))

    def test_those_are_looked_at_first_that_were_not_for_longest(self):
        for number in range(3):
            self._create_product(f"Olio {number}", default_code=f"O{number}")
        self._refresh()
        seen = [self.feed._sample_items(2)]
        with patch.object(self.registry["shop.feed"], "_render_page", return_value=(404, "")):
            self.feed._check_pages(2)
        seen.append(self.feed._sample_items(2))
        self.assertFalse(seen[0] & seen[1])
        self.assertEqual(len(seen[0] | seen[1]), 4)

    def test_the_owner_is_told_once_and_no_more_when_it_is_well(self):
        self._set(price="15.00 EUR")
        for _night in range(2):
            self._check()
        [told] = self.feed.activity_ids
        self.assertEqual(told.activity_type_id, self.env.ref(ACTIVITY))
        self._set(price="12.20 EUR")
        self._check()
        self.assertFalse(self.feed.activity_ids)

    def test_a_shop_elsewhere_has_no_pages_here(self):
        feed = self._create_feed(
            "google", shop="external", website_id=False, url_template="https://shop.example/{default_code}"
        )
        with patch.object(self.registry["shop.feed"], "_render_page", side_effect=AssertionError):
            self.assertFalse(feed._check_pages())

    def test_no_other_host_is_followed(self):
        with patch("odoo.addons.shop_feed.models.inner_client.get") as get:
            response = get.return_value
            response.location, response.status_code = "https://elsewhere.example/", 302
            self.assertEqual(self.feed._render_page("https://frantoio.example/shop/olio"), (302, ""))
            get.assert_called_once()

    def test_looking_at_pages_leaves_no_mark_on_the_thread(self):
        marks = vars(threading.current_thread())
        before = {name: marks.get(name) for name in ("dbname", "uid", "url")}
        self.assertEqual(self._check().state, "same")
        self.assertEqual({name: marks.get(name) for name in before}, before)
