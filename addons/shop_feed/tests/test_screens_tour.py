"""What a shopkeeper clicks: a feed out of three answers, and a problem mended from its button."""

from odoo.tests import HttpCase, tagged

from ..channels.issues import issue
from .screens_common import ScreensCommon
from .tour_common import speak_english


@tagged("post_install", "-at_install", "tour")
class TestScreensTour(ScreensCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        speak_english(cls.manager)

    def test_a_feed_out_of_three_answers(self):
        self.feed.unlink()
        self.start_tour("/odoo/shop-feeds", "shop_feed_start", login=self.manager.login)
        feed = self.env["shop.feed"].search([])
        self.assertRecordValues(feed, [{"shop": "website", "website_id": self.website.id, "format": "csv"}])
        self.assertRecordValues(feed.map_ids, [{"field_name": "brand", "fixed": "Frantoio"}])

    def test_a_problem_is_mended_from_its_button(self):
        values = {"title": "Olio extra vergine", "image_link": "/web/static/img/placeholder.png", "price": "12.50 EUR"}
        problem = issue("gtin_check_digit", "gtin", value="8000000000027")
        self._create_item(values=values, problems=[problem])
        self.start_tour("/odoo/shop-feed-problems", "shop_feed_mending", login=self.manager.login)
        self.assertEqual(self.product.barcode, "8000000000033")
