"""What products cost, day by day: without it no reduction may be announced."""

from collections import defaultdict
from datetime import timezone
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..pricing.history import Event

MONTHS_KEPT = 13
BATCH = 10_000


class PriceSeries(NamedTuple):
    """Whose prices a history tells: one list, sold by one company, with the VAT of one fiscal position."""

    company_id: int
    pricelist_id: int
    fiscal_position_id: int | None
    currency_id: int

    @property
    def condition(self):
        """The rows of the series, in SQL; the currency apart, so that one which was changed is seen."""
        return SQL(
            "company_id = %s AND pricelist_id = %s AND COALESCE(fiscal_position_id, 0) = %s",
            self.company_id,
            self.pricelist_id,
            self.fiscal_position_id or 0,
        )


class ShopFeedPrice(models.Model):
    """A price that began to hold, VAT included, on a list; the same price twice in a row is not written.

    Art. 17-bis Codice del consumo: a reduction is announced beside the lowest price of the thirty days before.
    """

    _name = "shop.feed.price"
    _description = "Price History of a Product"
    _order = "moment desc, id desc"
    _rec_name = "moment"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    pricelist_id = fields.Many2one("product.pricelist", required=True, readonly=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    moment = fields.Datetime(required=True, readonly=True)
    fiscal_position_id = fields.Many2one(
        "account.fiscal.position",
        readonly=True,
        ondelete="cascade",
        help="Under which VAT is included; empty: taxes as they are on the products.",
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True, ondelete="restrict")
    units = fields.Integer(string="Smallest Units", required=True, readonly=True, help="Cents, for euro.")
    price = fields.Monetary(compute="_compute_price")
    is_reduced = fields.Boolean(readonly=True)
    campaign = fields.Char(readonly=True)
    is_gap = fields.Boolean(
        string="Not Known", readonly=True, help="From here to the next row nobody looked: what it cost is not known."
    )

    _moment_unique = models.UniqueIndex(
        "(product_id, pricelist_id, company_id, COALESCE(fiscal_position_id, 0), moment)",
        "A product has one price at a moment on a list.",
    )

    @api.depends("units", "currency_id")
    def _compute_price(self):
        for row in self:
            row.price = row.units / 10**row.currency_id.decimal_places

    # === READ === #

    @api.model
    def _read_events(self, series, product_ids, moment):
        """The prices of products up to a moment, from the last gap or price in another currency on, in one query.

        :param PriceSeries series: whose prices
        :return: for each product id that has any a list of :class:`..pricing.history.Event`, the oldest first
        :rtype: dict
        """
        if not product_ids:
            return {}
        self.flush_model()
        events = defaultdict(list)
        for product_id, at, units, is_reduced, campaign, is_unknown in self.env.execute_query(
            SQL(
                """
                SELECT product_id, moment, units, COALESCE(is_reduced, FALSE), campaign,
                       COALESCE(is_gap, FALSE) OR currency_id != %s
                  FROM shop_feed_price
                 WHERE %s AND product_id = ANY(%s) AND moment <= %s
              ORDER BY product_id, moment
                """,
                series.currency_id,
                series.condition,
                list(product_ids),
                moment,
            )
        ):
            if is_unknown:
                events[product_id].clear()
            else:
                events[product_id].append(Event(at.replace(tzinfo=timezone.utc), units, is_reduced, campaign))
        return events

    # === WRITE === #

    @api.model
    def _append(self, series, moment, prices):
        """Write down the prices that differ from the last ones, in one statement.

        A worker that writes the same moment at the same time finds the row there: a price is never there twice.

        :param dict prices: triples of units, whether it is reduced, and campaign, by product id
        """
        if prices:
            statement = self._get_appending(series, moment, prices)
            self.env.cr.execute(statement, log_exceptions=False)  # two workers may meet: the whole is done again
            self.invalidate_model()

    def _get_appending(self, series, moment, prices):
        units, is_reduced, campaigns = zip(*prices.values(), strict=True)
        return SQL(
            """
            INSERT INTO shop_feed_price (company_id, pricelist_id, fiscal_position_id, product_id, moment,
                                         currency_id, units, is_reduced, campaign,
                                         create_uid, create_date, write_uid, write_date)
            SELECT %(company)s, %(pricelist)s, %(position)s, seen.product_id, %(moment)s,
                   %(currency)s, seen.units, seen.is_reduced, seen.campaign,
                   %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
              FROM unnest(%(products)s::int[], %(units)s::int[], %(reduced)s::bool[], %(campaigns)s::varchar[])
                   AS seen (product_id, units, is_reduced, campaign)
              LEFT JOIN LATERAL (
                   SELECT currency_id, units, is_reduced, campaign, COALESCE(is_gap, FALSE) AS is_gap
                     FROM shop_feed_price
                    WHERE %(condition)s AND product_id = seen.product_id AND moment <= %(moment)s
                 ORDER BY moment DESC
                    LIMIT 1) AS last ON TRUE
             WHERE (last.currency_id, last.units, last.is_reduced, last.campaign, last.is_gap)
                   IS DISTINCT FROM (%(currency)s, seen.units, seen.is_reduced, seen.campaign, FALSE)
            ON CONFLICT DO NOTHING
            """,
            company=series.company_id,
            pricelist=series.pricelist_id,
            position=series.fiscal_position_id,
            currency=series.currency_id,
            condition=series.condition,
            moment=moment,
            uid=self.env.uid,
            products=list(prices),
            units=list(units),
            reduced=list(is_reduced),
            campaigns=list(campaigns),
        )

    @api.model
    def _append_gap(self, series, product_ids, moment):
        """Write down that nobody looked after a moment: what products cost from then on is not known.

        :param product_ids: of which products; None: of all that have a price
        :param datetime moment: of the last look at all products; None: it is that of each product's last row
        """
        products = SQL("TRUE") if product_ids is None else SQL("product_id = ANY(%s)", list(product_ids))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO shop_feed_price (company_id, pricelist_id, fiscal_position_id, product_id, moment,
                                             currency_id, units, is_reduced, is_gap,
                                             create_uid, create_date, write_uid, write_date)
                SELECT company_id, pricelist_id, fiscal_position_id, product_id,
                       GREATEST(max(moment) + interval '1 second', %(moment)s),
                       %(currency)s, 0, FALSE, TRUE,
                       %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                  FROM shop_feed_price
                 WHERE %(condition)s AND %(products)s
              GROUP BY company_id, pricelist_id, fiscal_position_id, product_id
                ON CONFLICT DO NOTHING
                """,
                moment=moment,
                currency=series.currency_id,
                condition=series.condition,
                products=products,
                uid=self.env.uid,
            )
        )
        self.invalidate_model()

    @api.model
    def _remove_gap_to_come(self, series, moment):
        """Somebody looks again before prices are no longer known."""
        self.env.cr.execute(
            SQL("DELETE FROM shop_feed_price WHERE %s AND is_gap AND moment > %s", series.condition, moment)
        )
        self.invalidate_model()

    @api.autovacuum
    def _gc_old_prices(self):
        """Thirteen months are kept, and the price that held when they began.

        :return: how many rows went, and whether more are left
        """
        return self._delete_before(fields.Datetime.now() - relativedelta(months=MONTHS_KEPT))

    @api.model
    def _delete_before(self, limit):
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM shop_feed_price WHERE id IN (
                    SELECT old.id FROM shop_feed_price AS old
                     WHERE old.moment < %(limit)s
                       AND EXISTS (SELECT FROM shop_feed_price AS later
                                    WHERE later.product_id = old.product_id AND later.pricelist_id = old.pricelist_id
                                      AND later.company_id = old.company_id
                                      AND later.fiscal_position_id IS NOT DISTINCT FROM old.fiscal_position_id
                                      AND later.moment > old.moment AND later.moment <= %(limit)s)
                     LIMIT %(batch)s)
                """,
                limit=limit,
                batch=BATCH,
            )
        )
        gone = self.env.cr.rowcount
        self.invalidate_model()
        return gone, gone == BATCH
