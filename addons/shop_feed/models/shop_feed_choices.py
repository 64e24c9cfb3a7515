"""What may be chosen where a field of a channel or a source is asked for."""

from odoo import api, fields, models

from ..mapping.row import default_sources
from ..mapping.sources import ATTRIBUTE, SOURCES
from .feed_source_names import SOURCE_NAMES

ATTRIBUTES = 1_000  # that are offered


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    @api.model
    def get_choices(self, kind, feed_id=None):
        """What the widget ``feed_choice`` offers.

        :param str kind: ``source``, or ``field`` for the fields of a feed's channel
        :param feed_id: whose channel it is; none: all channels
        :return: pairs of a value and what people read
        """
        self.browse().check_access("read")
        if kind == "source":
            return self._get_source_choices()
        domain = [("channel_id.feed_ids", "in", [feed_id])] if feed_id else []
        names = self.env["shop.feed.channel.field"].search(domain).mapped("name")
        return [(name, name) for name in dict.fromkeys(names)]

    @api.model
    def _get_source_choices(self):
        own = sorted(((name, self.env._(SOURCE_NAMES[name])) for name in SOURCES), key=lambda choice: choice[1])
        attributes = self.env["product.attribute"].search_fetch([], ["name"], limit=ATTRIBUTES).mapped("name")
        word = self.env._("Attribute")
        return own + [(f"{ATTRIBUTE}{name}", f"{word}: {name}") for name in dict.fromkeys(attributes)]


class ShopFeedChannel(models.Model):
    _inherit = "shop.feed.channel"

    feed_ids = fields.One2many("shop.feed", "channel_id")

    def _get_default_sources(self, field_name):
        """What fills a field that nobody has mapped, the best first."""
        field = self._get_specification().by_name.get(field_name)
        return default_sources(field.role) if field else ()

    def action_duplicate(self):
        """A copy that people may change."""
        self.ensure_one()
        return self.copy()._get_records_action()
