"""Files of a feed: which columns they have, and how they are written."""

from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..channels.spec import REVIEWS
from ..formats.columns import Column
from ..formats.reviews import ReviewShape
from ..formats.table import comma_separated, tsv
from ..formats.xml import Feed, atom, elements, rss


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    @api.constrains("format", "channel_id")
    def _check_format(self):
        for feed in self:
            if feed.channel_id.content == REVIEWS and feed.format != "xml":
                raise ValidationError(
                    self.env._("Reviews go out in the XML of the channel's own schema: no other format holds them.")
                )
            if feed.format == "xml" and not (feed.channel_id.root_tag and feed.channel_id.item_tag):
                raise ValidationError(
                    self.env._(
                        "%(channel)s doesn't say how its XML is called: choose RSS, Atom or a table, "
                        "or a channel that has the names of its elements.",
                        channel=feed.channel_id.name,
                    )
                )

    def _get_shape(self):
        """How the file is written. Pieces of items are made and joined by one and the same.

        An Excel file has no pieces: its items are kept as lines of a table and written by their values.

        :rtype: a shape of :mod:`formats`
        """
        self.ensure_one()
        columns, channel = self._get_columns(), self.channel_id
        if channel.content == REVIEWS:
            return ReviewShape(self.website_id.name or self.company_id.name)
        match self.format:
            case "rss":
                return rss(columns, self._get_description())
            case "atom":
                return atom(columns, self._get_description())
            case "xml":
                return elements(columns, channel.root_tag, channel.item_tag)
            case "tsv":
                return tsv(columns)
        return comma_separated(columns)

    def _get_columns(self):
        """All fields of the channel, filled or not: a file keeps its form whatever is mapped.

        :rtype: list of formats.columns.Column
        """
        return [
            Column(field.name, field.separator, field.parts) for field in self.channel_id._get_specification().fields
        ]

    def _get_description(self):
        """What an XML file says of itself; nothing that changes by itself, as the same items give the same bytes.

        :rtype: formats.xml.Feed
        """
        return Feed(
            self.name,
            self._get_shop_url(),
            self.company_id.name,
            f"{fields.Datetime.to_string(self.create_date).replace(' ', 'T')}Z",
        )

    def _get_shop_url(self):
        """Where the shop is, without a path."""
        if self.shop == "website":
            return self.website_id.get_base_url()
        parts = urlsplit(self.url_template)
        return f"{parts.scheme}://{parts.netloc}"
