"""What a manager clicks to have an address made."""

from odoo.tests import tagged

from .serve_common import ServeHttpCase
from .tour_common import speak_english


@tagged("post_install", "-at_install", "tour")
class TestAddressTour(ServeHttpCase):
    def test_an_address_is_made_and_shown_once(self):
        speak_english(self.manager)
        self._assemble()
        self.start_tour(f"/odoo/shop-feeds/{self.feed.id}", "shop_feed_address", login=self.manager.login)
        self.feed.invalidate_recordset()
        self.assertTrue(self.feed.token_hash and self.feed.password_hash and self.feed.token_set_on)
