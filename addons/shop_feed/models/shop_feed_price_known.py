"""From when on a feed may announce reductions: the first thirty days of a list's price history."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..pricing.history import DAYS


class ShopFeed(models.Model):
    """Whoever makes a first feed must not wonder why none of his reductions is sent."""

    _inherit = "shop.feed"

    prices_known_words = fields.Char(string="Reductions", compute="_compute_prices_known_words")

    @api.depends("pricelist_id", "company_id", "fiscal_position_id", "currency_id")
    @api.depends_context("lang", "tz")
    def _compute_prices_known_words(self):
        for feed in self:
            known_since = feed._get_prices_known_since() if feed.pricelist_id and feed.company_id else None
            feed.prices_known_words = feed._get_known_words(known_since)

    def _get_known_words(self, known_since):
        """What becomes of reductions; False where the prices of most products are known for long enough.

        :param datetime known_since: UTC, without a zone; None: no price is known
        """
        if not known_since:
            return self.env._(
                "Prices of this list are written down from the first build on. A reduction is announced where the "
                "prices of the thirty days before it are known: those that begin earlier go out at the price that is "
                "paid, with nothing struck out. Perishable goods, and goods whose market date is entered, need not "
                "wait."
            )
        local = fields.Datetime.context_timestamp(self, known_since)
        first_day = local.date() + timedelta(days=DAYS)
        if first_day <= fields.Date.context_today(self):
            return False
        return self.env._(
            "Prices of this list are known since %(since)s. A reduction that begins on %(first)s or later is "
            "announced; an earlier one goes out at the price that is paid, with nothing struck out, as the prices of "
            "the thirty days before it are not known. Perishable goods, and goods whose market date is entered, need "
            "not wait.",
            since=format_date(self.env, local.date()),
            first=format_date(self.env, first_day),
        )

    def _get_prices_known_since(self):
        """Since when the prices of half the products of the list are known without a gap."""
        self.env["shop.feed.price"].flush_model()
        [(since,)] = self.env.execute_query(
            SQL(
                """
                SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY known.since)
                  FROM (SELECT MIN(price.moment) FILTER (
                                   WHERE NOT COALESCE(price.is_gap, FALSE)
                                     AND price.moment > COALESCE(gap.moment, '-infinity')) AS since
                          FROM shop_feed_price price
                     LEFT JOIN (SELECT product_id, MAX(moment) AS moment FROM shop_feed_price
                                 WHERE %(series)s AND is_gap GROUP BY product_id) gap USING (product_id)
                         WHERE %(series)s
                      GROUP BY product_id) known
                """,
                series=self._get_price_series().condition,
            )
        )
        return since
