"""Who fetched a feed, and when."""

import logging

from psycopg2 import Error

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.listino_pricelist.layout.words import one_line

_logger = logging.getLogger(__name__)

KEPT_DAYS = 90
AT_ONCE = 10_000  # rows deleted


class ShopFeedFetch(models.Model):
    """A request for a feed; addresses are shortened, rows are kept for 90 days."""

    _name = "shop.feed.fetch"
    _description = "Fetch of a Shop Feed"
    _order = "moment desc, id desc"
    _rec_name = "moment"

    feed_id = fields.Many2one("shop.feed", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    build_id = fields.Many2one("shop.feed.build", readonly=True, index="btree_not_null", ondelete="set null")
    moment = fields.Datetime(required=True, readonly=True, index=True)
    status = fields.Integer(readonly=True)
    size = fields.Integer(string="Bytes", readonly=True)
    agent = fields.Char(string="Program", readonly=True)
    address = fields.Char(string="Network", readonly=True)

    _client_unique = models.UniqueIndex(
        "(feed_id, address, agent, status, DATE_TRUNC('minute', moment))", "A client is noted once a minute."
    )

    @api.model
    def _log(self, served, status, size, address, agent):
        """Note a fetch, in a transaction of its own: what goes wrong here is no concern of the client's.

        :param dict served: by ``shop.feed._find_served``
        :param int size: bytes that are sent
        """
        query = SQL(
            """
            INSERT INTO shop_feed_fetch (feed_id, company_id, build_id, moment, status, size, agent, address)
            SELECT id, company_id, %s, %s, %s, %s, %s, %s FROM shop_feed WHERE id = %s
            ON CONFLICT DO NOTHING
            """,
            served["build_id"],
            fields.Datetime.now(),
            status,
            size,
            one_line(agent),
            address,
            served["feed_id"],
        )
        try:
            with self.env.registry.cursor() as cr:
                cr.execute(query, log_exceptions=False)
        except Error as error:
            _logger.info("A fetch of feed %s was not noted: %s", served["feed_id"], error)

    @api.autovacuum
    def _gc_fetches(self):
        """Forget who fetched long ago."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.env.cr.execute(
            SQL(
                "DELETE FROM shop_feed_fetch WHERE id IN (SELECT id FROM shop_feed_fetch WHERE moment < %s LIMIT %s)",
                limit,
                AT_ONCE,
            )
        )
        self.invalidate_model()
        return self.env.cr.rowcount, self.env.cr.rowcount == AT_ONCE
