"""Assembly: pieces of items become a file, which is served once it is whole and nothing speaks against it."""

import logging
from datetime import timedelta
from tempfile import TemporaryFile
from typing import NamedTuple

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.tools import SQL

from ..builds import contents
from ..builds.difference import difference
from ..builds.guard import Limits, holds
from ..formats.files import Written, gzipped, join, pack
from ..formats.sheet import CONTENT_TYPE, EXTENSION, write_xlsx

_logger = logging.getLogger(__name__)

LOCK = 0x5F33D  # the name of the lock; its number is the feed's
ROWS = 2000  # items read at once
REST = 100_000  # bytes a second that files may grow the disk by


class Files(NamedTuple):
    """The files of a build, and what was written to them."""

    written: Written
    plain: object
    packed: object
    contents: object


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _assemble(self):
        """Put the file together from what is built, and serve it unless it waits for a person.

        Commits: what the caller built is read as all others see it; then the files are there for good; only then,
        in a transaction of its own, does the feed point to them. A worker that is killed in between leaves a file
        that the next one points to; a person who changes the feed meanwhile makes no work undone.

        :return: the new build: served, held or failed; an empty one where nothing is new; None where it can't be said
            yet, as another worker is at it, or items are not built
        """
        self.ensure_one()
        commit = self.env["ir.cron"]._commit_progress
        commit()
        self._serve_newest()
        commit()
        build = self._make_build() if self._lock_assembly() else None
        commit()
        self._serve_newest()
        commit()
        return build

    def _is_resting(self):
        """Whether the last file is so new that the next one waits a while: the larger it is, the longer.

        A file of 150 MB every five minutes would fill 40 GB a day, and no channel fetches more often than hourly.
        """
        newest = self._get_newest_build()
        return bool(newest) and fields.Datetime.now() < newest.ended_on + timedelta(seconds=newest.size // REST)

    def _lock_assembly(self):
        """Take the right to assemble this feed until the end of the transaction.

        It comes first in the transaction: what its holder reads is never older than what another one has read.

        :return: whether nobody else has it
        """
        [[is_locked]] = self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, self.id))
        return is_locked

    def _make_build(self):
        """A build of what there is, or a failed one; what is served stays."""
        started = fields.Datetime.now()
        try:
            with (
                self.env.cr.savepoint(),
                TemporaryFile() as plain,
                TemporaryFile() as packed,
                TemporaryFile() as lines,
            ):
                return self._build_from(started, plain, packed, lines)
        except OperationalError:  # it is tried again as a whole
            raise
        except Exception as error:
            _logger.exception("The file of %s could not be made", self.name)
            return self._keep_failure(started, str(error))

    def _keep_failure(self, started, remark):
        """The same failure is kept once, however often it comes."""
        Build = self.env["shop.feed.build"].sudo()  # builds are the server's
        last = Build.search([("feed_id", "=", self.id)], limit=1)
        if last.state == "failed" and last.remark == remark:
            last.ended_on = fields.Datetime.now()
            return last
        vals = {"feed_id": self.id, "state": "failed", "started_on": started, "remark": remark}
        return Build.create({**vals, "ended_on": fields.Datetime.now()})

    def _build_from(self, started, plain, packed, lines):
        Build = self.env["shop.feed.build"].sudo()  # builds are the server's
        unbuilt, left_out = self._count_items()
        if unbuilt:
            return None
        files = self._write_files(plain, packed, lines)
        newest, waiting = self._get_newest_build(), self._get_waiting_builds()
        if newest.sha256 == files.written.sha256 and newest._is_whole():
            waiting._supersede()
            return Build
        if not (newest or files.written.count or left_out):
            return Build  # a feed that has no products yet asks nobody
        change = self._compare(newest, lines)
        found = holds(change, left_out, Limits(self.lost_percent, self.left_out_percent))
        if found and files.written.sha256 == self._get_last_asked(newest).sha256:
            return Build  # a person knows of it
        waiting._supersede()
        build = Build.create(self._prepare_build_vals(started, files, change, left_out, found))
        build._attach(files)
        if found:
            build._ask()
        return build

    def _prepare_build_vals(self, started, files, change, left_out, found):
        shape = self._get_shape()
        return {
            "feed_id": self.id,
            "started_on": started,
            "ended_on": fields.Datetime.now(),
            "state": "held" if found else "good",
            "item_count": files.written.count,
            "added_count": change.added,
            "changed_count": change.changed,
            "removed_count": change.removed,
            "left_out_count": left_out,
            "size": files.written.size,
            "sha256": files.written.sha256,
            "extension": EXTENSION if self.format == "xlsx" else shape.extension,
            "content_type": CONTENT_TYPE if self.format == "xlsx" else shape.content_type,
            "holds": [{"code": each.code, "numbers": each.numbers} for each in found],
            "samples": change.samples,
        }

    def action_download_sheet(self):
        """What is sent as an Excel file, for people."""
        self.ensure_one().check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/shop_feed/{self.id}/items.xlsx", "target": "download"}

    # === BUILDS BEFORE === #

    def _get_newest_build(self):
        """The build that is served, or is about to be."""
        return self.env["shop.feed.build"].search([("feed_id", "=", self.id), ("state", "=", "good")], limit=1)

    def _get_waiting_builds(self):
        return self.env["shop.feed.build"].search([("feed_id", "=", self.id), ("state", "=", "held")])

    def _get_last_asked(self, newest):
        """The file that a person was asked about last, and has refused or not answered, since the newest good one."""
        domain = [("feed_id", "=", self.id), ("state", "in", ["held", "rejected"]), ("id", ">", newest.id or 0)]
        return self.env["shop.feed.build"].search(domain, limit=1)

    def _compare(self, newest, lines):
        """What a new file changes; where there is none before, or it is lost, everything is new.

        :rtype: builds.difference.Difference
        """
        lines.seek(0)
        if not newest._is_whole():
            return difference([], contents.read(lines))
        with newest.contents_id._open_stream() as before:
            return difference(contents.read(before), contents.read(lines))

    # === FILES === #

    def _get_pieces(self):
        """The model that keeps what the file is put together from."""
        return "shop.feed.item" if self._tells_of_products() else "shop.feed.row"

    def _count_items(self):
        """How many items wait for their first piece, and how many are left out because of errors."""
        table = self._get_pieces()
        self.env[table].flush_model(["feed_id", "state", "fragment", "values"])
        [counts] = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(*) FILTER (WHERE state = 'sent' AND fragment IS NULL),
                       COUNT(*) FILTER (WHERE state = 'left_out')
                  FROM %s
                 WHERE feed_id = %s
                """,
                SQL.identifier(self.env[table]._table),
                self.id,
            )
        )
        return counts

    def _write_files(self, plain, packed, lines):
        """Write the file, the same packed, and the list of what is in it."""
        if self.format == "xlsx":
            count = self._write_sheet(plain, lines)
            written = pack(plain, packed, count)
        else:
            pieces = self._note_down(self._fetch_sent("fragment"), lines)
            with gzipped(packed) as inner:
                written = join(self._get_shape(), pieces, plain, inner)
        return Files(written, plain, packed, lines)

    def _write_sheet(self, stream, lines=None):
        """Write what is sent as an Excel file, in which no text is a formula or a link.

        :return: how many items it has
        """
        return write_xlsx(self._get_columns(), self._note_down(self._fetch_sent("values"), lines), stream)

    def _note_down(self, rows, lines):
        for external_id, content_hash, piece in rows:
            if lines:
                lines.write(contents.line(external_id, content_hash or "").encode())
            yield piece

    def _fetch_sent(self, piece):
        """Identifier, hash and one column of all that is sent, in the order of bytes; read from the server bit by bit.

        Of several items with one identifier the first is sent: a channel takes one of them anyway.
        """
        table = self._get_pieces()
        self.env[table].flush_model()
        cursor = SQL.identifier(f"shop_feed_sent_{self.id}")
        self.env.cr.execute(
            SQL(
                """
                DECLARE %s NO SCROLL CURSOR FOR
                SELECT DISTINCT ON (external_id COLLATE "C") external_id, content_hash, %s
                  FROM %s
                 WHERE feed_id = %s AND state = 'sent'
                 ORDER BY external_id COLLATE "C", id
                """,
                cursor,
                SQL.identifier(piece),
                SQL.identifier(self.env[table]._table),
                self.id,
            )
        )
        while rows := self.env.execute_query(SQL("FETCH %s FROM %s", ROWS, cursor)):
            yield from rows
        self.env.cr.execute(SQL("CLOSE %s", cursor))

    # === SERVING === #

    def _serve_newest(self):
        """Point to the newest good build: from now on it is what everybody gets."""
        newest = self._get_newest_build()
        if newest and newest != self.build_id:
            newest._publish()
