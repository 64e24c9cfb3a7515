"""How large pictures are."""

import io
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every
from odoo.tools.image import get_webp_size

FILES_AT_ONCE = 50
WEBP = "image/webp"
READ_FAILS = (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError)


class ShopFeedPicture(models.Model):
    """Width and height of a file by its checksum, so that each file is opened once, however often it is sent."""

    _name = "shop.feed.picture"
    _description = "Size of a Picture"
    _rec_name = "checksum"

    checksum = fields.Char(required=True, readonly=True)
    width = fields.Integer(readonly=True)
    height = fields.Integer(readonly=True)

    _checksum_unique = models.Constraint("unique(checksum)", "A file has one size.")

    @api.model
    def _get_sizes(self, attachments):
        """Pairs of width and height by checksum; noughts where a file can't be read as a picture.

        :param attachments: of pictures, ``store_fname`` read with them
        """
        wanted = {attachment.checksum: attachment for attachment in attachments if attachment.checksum}
        known = self.search_fetch([("checksum", "in", list(wanted))], ["checksum", "width", "height"])
        sizes = {picture.checksum: (picture.width, picture.height) for picture in known}
        opened = self._open(attachments.browse(wanted[checksum].id for checksum in wanted.keys() - sizes.keys()))
        if opened:
            self._keep(opened)
        return {**sizes, **opened}

    @api.model
    def _open(self, attachments):
        """Sizes by checksum, read from the files; some files at once, so that not all are held in memory."""
        sizes = {}
        for ids in split_every(FILES_AT_ONCE, attachments.ids):
            some = attachments.browse(ids)
            sizes.update((attachment.checksum, _size_of(attachment)) for attachment in some)
            some.invalidate_recordset(["raw", "db_datas"])
        return sizes

    @api.model
    def _keep(self, sizes):
        """Another worker may have opened the same file meanwhile."""
        rows = [SQL("(%s, %s, %s)", checksum, *size) for checksum, size in sizes.items()]
        self.env.cr.execute(
            SQL(
                "INSERT INTO shop_feed_picture (checksum, width, height) VALUES %s ON CONFLICT (checksum) DO NOTHING",
                SQL(", ").join(rows),
            )
        )
        self.invalidate_model()


def _size_of(attachment):
    """Only the head of the file is read, wherever it is kept."""
    try:
        with Image.open(_file_of(attachment)) as picture:
            return picture.size
    except READ_FAILS:
        return _size_of_webp(attachment) if attachment.mimetype == WEBP else (0, 0)


def _size_of_webp(attachment):
    """As Odoo reads it: not every Pillow was built with the format."""
    try:
        return get_webp_size(attachment.raw or b"") or (0, 0)
    except (UserError, IndexError):
        return 0, 0


def _file_of(attachment):
    path = Path(attachment._full_path(attachment.store_fname)) if attachment.store_fname else None
    return path if path and path.is_file() else io.BytesIO(attachment.raw or b"")
