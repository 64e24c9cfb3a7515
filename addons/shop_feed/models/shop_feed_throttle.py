"""How often one network may ask for a public page."""

import ipaddress

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_HOURS = 24
IPV4_BITS, IPV6_BITS = 24, 48  # of an address that are kept: enough to tell networks apart, too few to tell people


class ShopFeedThrottle(models.Model):
    """A bucket of tokens for each network and kind of page: each request takes one, time brings them back."""

    _name = "shop.feed.throttle"
    _description = "Requests of a Network"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    tokens = fields.Float(required=True, readonly=True)
    moment = fields.Datetime(required=True, readonly=True, index=True)

    _key_unique = models.Constraint("unique(key)", "A network has one bucket for a kind of page.")

    @api.model
    def _take(self, kind, address, *, burst, per_minute):
        """Whether the request may be answered.

        :param str kind: of page
        :param str address: whoever asks; only its network is kept
        :param int burst: requests that may come at once
        :param float per_minute: requests that may come for good
        """
        now = fields.Datetime.now()
        take = SQL(
            """
            INSERT INTO shop_feed_throttle AS bucket (key, tokens, moment) VALUES (%(key)s, %(burst)s - 1, %(now)s)
            ON CONFLICT (key) DO UPDATE SET moment = %(now)s, tokens = GREATEST(-1, LEAST(%(burst)s, bucket.tokens
                + EXTRACT(EPOCH FROM (%(now)s - bucket.moment)) / 60 * %(rate)s) - 1)
            RETURNING tokens >= 0""",
            key=f"{kind} {self._get_network(address)}",
            burst=burst,
            rate=per_minute,
            now=now,
        )
        [(is_allowed,)] = self.env.execute_query(take)
        return is_allowed

    @api.model
    def _get_network(self, address):
        """The network of an address, as far as it is kept."""
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return "unknown"
        bits = IPV4_BITS if found.version == 4 else IPV6_BITS
        return str(ipaddress.ip_network((found, bits), strict=False))

    @api.autovacuum
    def _gc_full(self):
        """A bucket that nobody used for a day is full: it need not be kept."""
        self.env.execute_query(
            SQL(
                "DELETE FROM shop_feed_throttle WHERE moment < %s RETURNING id",
                fields.Datetime.subtract(fields.Datetime.now(), hours=KEPT_HOURS),
            )
        )
