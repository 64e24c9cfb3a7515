"""What nobody looks at by himself: a feed that is no longer fetched, a file that waits, errors that spread."""

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models

from .shop_feed_build_publish import KEPT

_logger = logging.getLogger(__name__)

UNFETCHED_DAYS = 2  # channels fetch at least daily
WAITING_DAYS = 1
GREW_POINTS = 5  # per cent of the items
TAKEN = (200, 206, 304)  # statuses of a client that has the file afterwards
ACTIVITY = "shop_feed.mail_activity_type_{}"


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    watched = fields.Json(readonly=True, copy=False, help="What its owner has been told, and the share of errors then.")

    @api.model
    def _cron_watch(self):
        """Look at all feeds; an owner is told once, and again when it was well in between."""
        self.search([("active", "=", True)], order="id")._look_at_each("_watch")

    def _look_at_each(self, method):
        """Look at one of these feeds after the other; one that fails stops no other.

        :param str method: of a feed, which looks
        """
        for feed in self:
            try:
                with self.env.cr.savepoint():
                    getattr(feed, method)()
            except OperationalError as error:  # somebody writes it just now: next time
                _logger.info("Feed %s: %s: %s", feed.id, method, error)
            except Exception:
                _logger.exception("Feed %s: %s", feed.id, method)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _watch(self):
        self.ensure_one()
        owner, known = self._get_owner(), self.watched or {}
        feed = self.with_context(lang=owner.lang)
        found = {"unfetched": feed._find_unfetched(), "held": feed._find_waiting()}
        for code, sentence in found.items():
            if sentence and not known.get(code):
                feed._tell(code, owner, sentence)
            elif known.get(code) and not sentence:
                feed.activity_unlink([ACTIVITY.format(code)])
        told = {code: bool(sentence) for code, sentence in found.items()}
        told["left_out"] = feed._watch_errors(owner, known.get("left_out"))
        if self.build_id and not self.build_id._is_whole():
            self.change_count += 1  # a file is lost on the disk, and put together anew
        if told != known:
            self.watched = told

    def _tell(self, code, owner, sentence):
        """One activity of a kind: what was told before is replaced."""
        self.activity_unlink([ACTIVITY.format(code)])
        feed = self.with_context(lang=owner.lang)
        feed.activity_schedule(ACTIVITY.format(code), user_id=owner.id, note=sentence)

    # === WHAT IS LOOKED FOR === #

    def _find_unfetched(self):
        """That no channel comes any more, in a sentence; nothing where one does, or could not come yet."""
        if not (self.build_id and self.token_set_on):
            return ""
        last = self._get_last_fetch().moment
        since = max(last or self._get_first_moment(), self.token_set_on)
        days = (fields.Datetime.now() - since).days
        if days < UNFETCHED_DAYS:
            return ""
        if not last:
            return self.env._(
                "Nobody has fetched this feed for %(days)s days, since it has an address and a file: "
                "enter the address at the channel.",
                days=days,
            )
        return self.env._(
            "Nobody has fetched this feed for %(days)s days: prices and stock at the channel are of that day. "
            "Look there for an error, and whether the address is still the one of this feed.",
            days=days,
        )

    def _get_last_fetch(self):
        """The last fetch after which a client had the file."""
        domain = [("feed_id", "=", self.id), ("status", "in", TAKEN)]
        return self.env["shop.feed.fetch"].search(domain, order="moment desc", limit=1)

    def _get_first_moment(self):
        """Since when there is a file; where older ones are kept no more, for longer than the address is there."""
        builds = self.env["shop.feed.build"].search([("feed_id", "=", self.id), ("state", "=", "good")])
        return builds[-1].ended_on if len(builds) < KEPT else self.token_set_on

    def _find_waiting(self):
        """That a file has been waiting for a day, in a sentence."""
        limit = fields.Datetime.now() - timedelta(days=WAITING_DAYS)
        waiting = self._get_waiting_builds().filtered(lambda build: build.ended_on < limit)[:1]
        return waiting._get_question() if waiting else ""

    def _watch_errors(self, owner, before):
        """Tell where the share of products with errors has grown.

        :param float before: the lowest share since its owner was told last; None where nobody has looked yet
        :return: the same afterwards
        """
        domain = [("feed_id", "=", self.id), ("state", "in", ["sent", "left_out"])]
        counts = dict(self.env["shop.feed.item"]._read_group(domain, ["state"], ["__count"]))
        left_out, meant = counts.get("left_out", 0), sum(counts.values())
        share = round(100 * left_out / meant, 1) if meant else 0.0
        if not left_out:
            self.activity_unlink([ACTIVITY.format("left_out")])
        if before is None or share < before + GREW_POINTS:
            return share if before is None else min(before, share)
        sentence = self.env._(
            "%(left_out)s of %(meant)s products are left out because of errors: %(share)s%%; it was %(before)s%%.",
            left_out=left_out,
            meant=meant,
            share=share,
            before=before,
        )
        self._tell("left_out", owner, sentence)
        return share
