"""The last day on which channels show a product."""

from datetime import datetime, timedelta, timezone

from odoo import fields, models

from ..pricing.window import LAST_MINUTE
from .shop_feed_facts import CHANGES


class ProductTemplate(models.Model):
    _inherit = "product.template"

    feed_last_date = fields.Date(
        string="Last Day in Channels",
        help="Of goods of a season or the like: channels are told the day, and afterwards the product is in no feed. "
        "It says nothing of how long the goods keep.",
    )


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_end_facts(self, products, moment):
        """The end of the last day by the seller's clocks, at which the item goes."""
        zone = self._get_zone()
        facts = {}
        for product in products.filtered("feed_last_date"):
            last = datetime.combine(product.feed_last_date, LAST_MINUTE, zone)
            over = last + timedelta(minutes=1)
            facts[product.id] = {
                "expiration_date": last,
                CHANGES: [over] if over > moment.replace(tzinfo=timezone.utc) else [],
            }
        return facts

    def _is_over(self, facts, moment):
        """Whether the last day has gone by."""
        last = facts.get("expiration_date")
        return last is not None and last < moment.replace(tzinfo=timezone.utc)
