"""Rates of exchange that are known beforehand: on their day prices are others, though nobody writes anything then."""

from datetime import datetime, time, timezone

from odoo import models
from odoo.fields import Domain

from .shop_feed_facts import CHANGES


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_rate_facts(self, products, moment):
        """When the company's next rate begins to hold; nothing of prices themselves.

        Odoo's rules take the day of UTC, prices to compare with the seller's: it begins twice.
        """
        now = moment.replace(tzinfo=timezone.utc)
        last_day = min(moment.date(), self._get_day(moment))
        upcoming = self.env["res.currency.rate"].search(
            Domain("name", ">", last_day) & Domain("company_id", "in", (False, self.company_id.root_id.id)),
            order="name",
            limit=1,
        )
        if not upcoming:
            return {}
        beginnings = [datetime.combine(upcoming.name, time.min, zone) for zone in (timezone.utc, self._get_zone())]
        changes = [beginning for beginning in beginnings if beginning > now]
        return {product.id: {CHANGES: changes} for product in products}
