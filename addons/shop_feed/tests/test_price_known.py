"""What the form of a feed says of the first thirty days of a list."""

from freezegun import freeze_time

from odoo.tests import tagged

from .price_common import PriceCommon, day


@tagged("post_install", "-at_install")
class TestPricesKnown(PriceCommon):
    def _words(self, number):
        with freeze_time(day(number)):
            self.feed.invalidate_recordset(["prices_known_words"])
            return self.feed.with_context(lang=None).prices_known_words

    def test_before_the_first_build_it_says_that_prices_are_not_known(self):
        self.assertIn("from the first build on", self._words(0))

    def test_until_thirty_days_are_known_it_says_from_when_reductions_are_announced(self):
        self._record(self._create_product(10.0), day(0))
        for number in (0, 29):
            self.assertIn("since 02/03/2026", self._words(number))
            self.assertIn("on 01/04/2026 or later", self._words(number))
        self.assertFalse(self._words(30))

    def test_most_products_count_and_a_gap_begins_anew(self):
        old = self._create_product(10.0) + self._create_product(11.0) + self._create_product(12.0)
        self._record(old, day(0))
        self._record(self._create_product(13.0), day(40))
        self.assertFalse(self._words(41))
        series = self.feed._get_price_series()
        self.env["shop.feed.price"]._append_gap(series, old.ids, day(41))
        old.list_price = 20.0
        self._record(old, day(50))
        self.assertIn("since 21/04/2026", self._words(51))
