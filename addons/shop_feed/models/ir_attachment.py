"""Attachments whose content comes from a stream: a feed of a hundred thousand products doesn't pass through memory."""

import os
import secrets
import shutil
from io import BytesIO
from pathlib import Path

from odoo import models
from odoo.tools import SQL

from ..formats.files import digest_of


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _store_stream(self, stream):
        """Take the content of a stream as this attachment's own.

        The file is renamed into its place when it is whole: another attachment of the same content never reads a
        part. Until the transaction is over the garbage collector waits for it, as it does in ``create``.

        :param stream: bytes, open for reading
        """
        self.ensure_one()
        stream.seek(0)
        if self._storage() != "file":  # the database, or a storage that another addon brings
            self.raw = stream.read()
            self.index_content = False  # nobody searches for words in it
            return
        checksum = digest_of(stream, "sha1")  # as Odoo names its files
        name = f"{checksum[:2]}/{checksum}"
        self._set_stored(name, checksum, stream.tell())
        if not Path(self._full_path(name)).exists():
            self._move_into_place(stream, name)
        self.invalidate_recordset()

    def _set_stored(self, name, checksum, size):
        """Say where the content is; ``write`` takes none of these, and would index a text word by word."""
        self.flush_recordset()
        query = "UPDATE ir_attachment SET store_fname = %s, checksum = %s, file_size = %s WHERE id = %s"
        self.env.cr.execute(SQL(query, name, checksum, size, self.id))

    def _move_into_place(self, stream, name):
        part = f"{name}-{secrets.token_hex(4)}"
        for each in (part, name):
            self._mark_for_gc(each)  # in case the transaction aborts, or this process dies
        place, source = Path(self._full_path(name)), Path(self._full_path(part))
        place.parent.mkdir(parents=True, exist_ok=True)
        stream.seek(0)
        with source.open("wb") as target:
            shutil.copyfileobj(stream, target)
            target.flush()
            os.fsync(target.fileno())
        source.replace(place)

    def _open_stream(self):
        """The content, open for reading bytes.

        :raise OSError: where the file is gone
        """
        self.ensure_one()
        return Path(self._full_path(self.store_fname)).open("rb") if self.store_fname else BytesIO(self.raw or b"")
