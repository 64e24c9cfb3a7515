"""A shop, a list and a feed, whose prices are worked out by hand."""

from datetime import datetime, timedelta
from itertools import count
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import TransactionCase

from ..models.shop_feed_facts import PRICES, PROBLEMS
from ..models.shop_feed_prices import RECORDS

UNITS = {"unit_price", "unit_pricing_measure", "unit_pricing_base_measure"}

# A Monday, at noon of Rome; everything is told in days from here.
NUMBERS = count(1)
START = datetime(2026, 3, 2, 11)


def day(number, hours=0):
    """So many days after the start: UTC, naive, as Odoo tells time."""
    return START + timedelta(days=number, hours=hours)


class PriceCommon(TransactionCase):
    """Products with a VAT of 22 % that is added to their sales price, on a list without rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls._set_zone("Europe/Rome")
        cls.company.tax_calculation_rounding_method = "round_per_line"
        cls.website = cls.env["website"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.vat = cls._create_tax(22)
        cls.pricelist = cls._create_list("Shop")
        cls.feed = cls._create_feed()

    @classmethod
    def _set_zone(cls, name):
        cls.company.partner_id.tz = cls.company.resource_calendar_id.tz = name

    @classmethod
    def _create_tax(cls, percent, *, included=False, **values):
        return cls.env["account.tax"].create(
            {
                "name": f"Feed VAT {percent} {included}",
                "amount": percent,
                "type_tax_use": "sale",
                "price_include_override": "tax_included" if included else "tax_excluded",
                **values,
            }
        )

    @classmethod
    def _create_list(cls, name, **values):
        currency = cls.env.ref("base.EUR")
        return cls.env["product.pricelist"].create(
            {"name": name, "currency_id": currency.id, "company_id": cls.company.id, **values}
        )

    @classmethod
    def _create_feed(cls, **values):
        return cls.env["shop.feed"].create(
            {
                "name": f"Prices {next(NUMBERS)}",
                "company_id": cls.company.id,
                "channel_id": cls.env.ref("shop_feed.channel_google").id,
                "website_id": cls.website.id,
                "pricelist_id": cls.pricelist.id,
                **values,
            }
        )

    @classmethod
    def _create_product(cls, price=10.0, **values):
        """A variant, by its template's values."""
        template = cls.env["product.template"].create(
            {
                "name": "Olio",
                "list_price": price,
                "taxes_id": [Command.set(cls.vat.ids)],
                "is_published": True,
                **values,
            }
        )
        return template.product_variant_id

    @classmethod
    def _create_rule(cls, percent=20.0, **values):
        """A rule of the list that takes a percentage off all products, shown as a discount."""
        return cls.env["product.pricelist.item"].create(
            {
                "pricelist_id": cls.pricelist.id,
                "applied_on": "3_global",
                "compute_price": "percentage",
                "percent_price": percent,
                **values,
            }
        )

    def _ask(self, product, moment, feed=None, **context):
        """A feed and products in the feed's own terms."""
        feed = (feed or self.feed)._in_own_terms().with_context(**context)
        return feed, product.with_env(feed.env), moment

    def _stands(self, products, moment, feed=None):
        feed, products, moment = self._ask(products, moment, feed)
        return feed._get_price_stands(products, moment)

    def _record(self, products, moment, feed=None):
        """What a build writes down at a moment."""
        feed, products, moment = self._ask(products, moment, feed, **{RECORDS: True})
        return feed._get_price_stands(products, moment)

    def _run_night(self, moment, time_left=float("inf")):
        """The scheduled action that writes prices down."""
        progress = patch.object(self.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: time_left)
        with freeze_time(moment), progress:
            self.env["shop.feed"]._cron_note_prices()

    def _get_facts(self, products, moment, feed=None):
        """All facts of prices and units, and what is told beside them, by product id."""
        feed, products, moment = self._ask(products, moment, feed)
        return feed._get_facts(products, moment, PRICES | UNITS)

    def _facts(self, product, moment, feed=None):
        """The facts of a price, amounts as texts."""
        facts = self._get_facts(product, moment, feed)[product.id]
        return {
            name: getattr(value, "text", value) for name, value in facts.items() if value and name in PRICES | UNITS
        }

    def _codes(self, product, moment):
        return [code for code, _role, _numbers in self._get_facts(product, moment)[product.id][PROBLEMS]]

    def _rows(self, product):
        """The history of a product: day, units, whether it is reduced."""
        rows = self.env["shop.feed.price"].search([("product_id", "=", product.id)], order="moment, id")
        return [((row.moment - START).days, row.units, row.is_reduced) for row in rows]


class GuardCommon(PriceCommon):
    """Days on which prices change, and what is told of them."""

    def _sell(self, product, *steps):
        """Write down the prices of days: pairs of the day and what changes on it."""
        for number, change in steps:
            change()
            self._record(product, day(number))

    def _price(self, product, price):
        return lambda: product.product_tmpl_id.write({"list_price": price})

    def _told(self, product, moment):
        facts = self._facts(product, moment)
        return facts["price"], facts.get("sale_price")
