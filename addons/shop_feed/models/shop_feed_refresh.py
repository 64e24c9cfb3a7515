"""When items are built: those of which something changed within minutes, all of them looked over nightly."""

import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.service.model import MAX_TRIES_ON_CONCURRENCY_FAILURE
from odoo.tools import SQL

from .shop_feed_recipe import GONE

_logger = logging.getLogger(__name__)


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    sweep_position = fields.Integer(readonly=True, copy=False, help="Product at which the nightly look goes on.")
    swept_on = fields.Datetime(string="Looked Over", readonly=True, copy=False)
    missed_count = fields.Integer(
        string="Missed",
        readonly=True,
        copy=False,
        help="Items that turned out to be others than in the file, though nobody had said so: should be none.",
    )

    # === CRONS === #

    @api.model
    def _cron_refresh(self):
        """Build what has changed, feed by feed, and put together the files of which anything is another."""
        for feed in self.search([("active", "=", True)], order="id"):
            if not feed._refresh():
                return
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _cron_sweep(self):
        """Compare all items with what they would be, and tell of those that changed without a note."""
        for feed in self.search([("active", "=", True)], order="id"):
            if not feed._refresh() or not feed._sweep():
                return
        self.env["ir.cron"]._commit_progress(remaining=0)

    # === REFRESH === #

    def _refresh(self):
        """Bring the items of a feed in line with what has changed; what fails is told and tried again next time.

        :return: whether there is time for more
        """
        self.ensure_one()
        if not self._tells_of_products():
            return self._refresh_rows()
        if not self._attempt(self._take_changes):
            return self._go_on()
        while self._go_on():
            claims = self._attempt(self._build_next)
            if not claims:
                return self._put_together()
        return False

    def _go_on(self):
        """Keep what was done.

        :return: whether there is time for more
        """
        is_time = self.env["ir.cron"]._commit_progress(1, remaining=1)
        self.env.invalidate_all()
        return bool(is_time)

    def _attempt(self, method):
        """What a method of one transaction gives; None where it fails, which is told and undone.

        Where two workers met, it is tried again, in a transaction that sees what the other one did.
        """
        for _try in range(MAX_TRIES_ON_CONCURRENCY_FAILURE):
            try:
                with self.env.cr.savepoint():
                    return method()
            except OperationalError as error:
                _logger.info("Feed %s: %s: %s", self.id, method.__name__, error)
                if not self._go_on():
                    return None
            except Exception:
                _logger.exception("Feed %s: %s", self.id, method.__name__)
                return None
        return None

    def _build_next(self):
        claims, _changed = self._build_chunk(fields.Datetime.now())
        return claims

    def _put_together(self):
        """Have the file put together once nothing waits to be built; it commits, and tells itself of what fails."""
        count = self.change_count
        if count != self.assembled_count and not self._has_dirty() and not self._is_resting():
            build = self._assemble()
            if build is not None and build.state != "failed":
                self._in_own_terms().assembled_count = count
        return self._go_on()

    def _has_dirty(self):
        [(has_dirty,)] = self.env.execute_query(
            SQL("SELECT EXISTS (SELECT FROM shop_feed_item WHERE feed_id = %s AND is_dirty)", self.id)
        )
        return has_dirty

    # === WHAT HAS CHANGED === #

    def _take_changes(self):
        """Find what is to be built: what notes say, what time brings, and which products come and go."""
        feed = self._in_own_terms()
        feed.env["shop.feed.mark"]._take()
        feed._take_moments()
        feed._take_products()
        feed.env["shop.feed.item"].invalidate_model()
        return True

    def _take_moments(self):
        """A sale begins or ends: nobody writes anything then."""
        self.env.cr.execute(
            SQL(
                """UPDATE shop_feed_item SET is_dirty = TRUE, next_change_on = NULL
                    WHERE feed_id = %s AND next_change_on <= %s""",
                self.id,
                fields.Datetime.now(),
            )
        )

    def _take_products(self):
        """Products that came into the feed or left it, whatever brought that about: compared as sets."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH offered AS MATERIALIZED (%(offered)s),
                     moved AS (
                    UPDATE shop_feed_item item SET is_dirty = TRUE
                      FROM (SELECT known.id FROM shop_feed_item known
                         LEFT JOIN offered ON offered.id = known.product_id
                             WHERE known.feed_id = %(feed)s AND NOT known.is_dirty
                               AND (offered.id IS NULL) != (known.state = %(gone)s)) other
                     WHERE item.id = other.id)
                INSERT INTO shop_feed_item (feed_id, company_id, product_id, external_id, is_dirty,
                                            error_count, warning_count)
                SELECT %(feed)s, %(company)s, offered.id, 'P' || offered.id, TRUE, 0, 0
                  FROM offered
                 WHERE NOT EXISTS (SELECT FROM shop_feed_item known
                                    WHERE known.feed_id = %(feed)s AND known.product_id = offered.id)
                ON CONFLICT DO NOTHING
                """,
                offered=self._select_products(),
                feed=self.id,
                company=self.company_id.id,
                gone=GONE,
            )
        )

    # === SWEEP === #

    def _sweep(self):
        """Build all items and compare; goes on where it ended when time was up.

        :return: whether there is time for more
        """
        self.ensure_one()
        if not self._tells_of_products():  # it was looked at as a whole just now
            return True
        position = self.sweep_position
        while position is not None:
            position = self._attempt(self._sweep_next)
            if not self._go_on():
                return False
        return self._put_together()

    def _sweep_next(self):
        """A chunk: what notes tell of is not missed, so they are taken first, as of the same moment.

        :return: the product at which to go on, None at the end
        """
        feed = self._in_own_terms()
        feed.env["shop.feed.mark"]._take()
        feed._take_moments()
        claims, changed = feed._build_chunk(fields.Datetime.now(), after=feed.sweep_position)
        if not feed.sweep_position:
            feed.missed_count = 0
        missed = [claim.product_id for claim, built in changed.items() if GONE not in (claim.state, built.state)]
        if missed:
            _logger.warning("Feed %s: products %s changed without a note", feed.id, missed)
            feed.missed_count += len(missed)
        feed.sweep_position = claims[-1].product_id if claims else 0
        if not claims:
            feed.swept_on = fields.Datetime.now()
            return None
        return feed.sweep_position
