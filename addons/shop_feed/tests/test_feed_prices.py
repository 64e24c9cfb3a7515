"""What a feed says of prices: with VAT, in the list's currency, to the cent as the shop's page shows it."""

from datetime import datetime

from odoo.fields import Command
from odoo.tests import tagged

from .price_common import PriceCommon, day


@tagged("post_install", "-at_install")
class TestFeedPrices(PriceCommon):
    def test_vat_that_is_not_in_the_price_is_added(self):
        """10.00 and 22 % are 12.20."""
        product = self._create_product(10.0)
        self.assertEqual(self._facts(product, day(0)), {"price": "12.20 EUR", "current_price": "12.20 EUR"})

    def test_vat_that_is_in_the_price_is_not_added_again(self):
        product = self._create_product(10.0, taxes_id=[Command.set(self._create_tax(22, included=True).ids)])
        self.assertEqual(self._facts(product, day(0))["price"], "10.00 EUR")

    def test_half_cents_go_up(self):
        """10.25 and 10 % are 11.275; 0.05 and 10 % are 0.055; 1.15 is 1.15 although it can't be written in binary."""
        vat = self._create_tax(10)
        for price, told in ((10.25, "11.28"), (0.05, "0.06"), (1.15, "1.27"), (8.45, "9.30"), (0.0, "0.00")):
            product = self._create_product(price, taxes_id=[Command.set(vat.ids)])
            self.assertEqual(self._facts(product, day(0))["price"], f"{told} EUR", price)

    def test_an_unrounded_price_of_a_rule_is_rounded_as_the_page_rounds_it(self):
        """A third off 9.99 is 6.66; line by line 6.66 + 1.47 = 8.13; all together 6.66 · 1.22 = 8.1252."""
        product = self._create_product(9.99)
        self._create_rule(100 / 3)
        for method, told in (("round_per_line", "8.13 EUR"), ("round_globally", "8.13 EUR")):
            self.company.tax_calculation_rounding_method = method
            self.assertEqual(self._facts(product, day(0))["current_price"], told)

    def test_the_fiscal_position_of_the_feed_maps_taxes(self):
        """22 % that are in the price become 20 % that are in the price: 12.20 are 10.00 without, 12.00 with it."""
        product = self._create_product(12.2, taxes_id=[Command.set(self._create_tax(22, included=True).ids)])
        position = self._create_position(product.taxes_id, self._create_tax(20, included=True))
        abroad = self._create_feed(fiscal_position_id=position.id)
        self.assertEqual(self._facts(product, day(0))["price"], "12.20 EUR")
        self.assertEqual(self._facts(product, day(0), abroad)["price"], "12.00 EUR")

    def _create_position(self, tax, other):
        position = self.env["account.fiscal.position"].create({"name": "France", "company_id": self.company.id})
        other.write({"fiscal_position_ids": [Command.link(position.id)], "original_tax_ids": [Command.set(tax.ids)]})
        return position
