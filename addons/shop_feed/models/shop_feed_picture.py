"""How large pictures are."""

import io

from PIL import Image, UnidentifiedImageError

from odoo import api, fields, models
from odoo.tools import SQL

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

        :param attachments: of pictures
        """
        wanted = {attachment.checksum: attachment for attachment in attachments if attachment.checksum}
        known = self.search_fetch([("checksum", "in", list(wanted))], ["checksum", "width", "height"])
        sizes = {picture.checksum: (picture.width, picture.height) for picture in known}
        opened = {checksum: _size_of(wanted[checksum]) for checksum in wanted.keys() - sizes.keys()}
        if opened:
            self._keep(opened)
        return {**sizes, **opened}

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
    """Only the head of the file is read."""
    try:
        with Image.open(io.BytesIO(attachment.raw or b"")) as picture:
            return picture.size
    except READ_FAILS:
        return 0, 0
