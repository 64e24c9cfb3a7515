"""Channels: what each shop window asks of a feed, as data."""

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..channels.spec import Channel

FORMAT_NAMES = [
    ("rss", "RSS 2.0"),
    ("atom", "Atom 1.0"),
    ("xml", "XML"),
    ("csv", "CSV"),
    ("tsv", "TSV (text with tabs)"),
    ("xlsx", "Excel"),
]
CONTENT_NAMES = [("products", "Products"), ("offers", "Offers for fans"), ("reviews", "Reviews of products")]


class ShopFeedChannel(models.Model):
    """A channel with the version of its specification; those that the addon brings follow it at each upgrade."""

    _name = "shop.feed.channel"
    _description = "Feed Channel"
    _order = "sequence, name"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=100)
    version = fields.Char(string="Version of the Specification")
    source = fields.Char(string="Source Page")
    is_template = fields.Boolean(string="Template to Edit", default=True)
    format = fields.Selection(FORMAT_NAMES, required=True, default="csv")
    content = fields.Selection(CONTENT_NAMES, string="Tells of", required=True, default="products")
    root_tag = fields.Char(help="Of an XML file: what holds all items.")
    item_tag = fields.Char(help="Of an XML file: what holds one item.")
    field_ids = fields.One2many("shop.feed.channel.field", "channel_id", copy=True)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("unique(code)", "There is one channel of a code.")

    @api.constrains("code", "format", "root_tag", "item_tag", "content", "field_ids")
    def _check_specification(self):
        for channel in self:
            try:
                channel._read_specification()
            except ValueError as error:
                raise ValidationError(
                    self.env._("%(channel)s can't be read: %(problem)s", channel=channel.name, problem=error)
                ) from error

    def write(self, vals):
        # OVERRIDE: a specification is the channel's, not ours to change; a copy is.
        self._check_editable(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        self._check_editable({"name"})

    def copy_data(self, default=None):
        # OVERRIDE: a copy is somebody's own, with a code that is free.
        vals_list = super().copy_data(default)
        for channel, vals in zip(self, vals_list, strict=True):
            vals.update(is_template=True, code=self._get_free_code(channel.code))
            vals["name"] = self.env._("%(channel)s (copy)", channel=channel.name)
        return vals_list

    def _check_editable(self, names):
        if not self.env.su and set(names) - {"active", "sequence"} and any(not each.is_template for each in self):
            raise UserError(
                self.env._("This specification is the channel's own and is kept up to date: duplicate it to change it.")
            )

    @api.model
    def _get_free_code(self, code):
        taken = set(self.with_context(active_test=False).search(Domain("code", "=like", f"{code}%")).mapped("code"))
        number = 2
        while f"{code}_{number}" in taken:
            number += 1
        return f"{code}_{number}"

    # === SPECIFICATION === #

    def _get_specification(self):
        """The channel as the pure layer reads it.

        :rtype: channels.spec.Channel
        """
        self.ensure_one()
        stamps = [self.write_date, *self.field_ids.mapped("write_date")]
        return self._get_cached_specification(max(stamps), len(stamps))

    @tools.ormcache("self.id", "stamp", "count")
    def _get_cached_specification(self, stamp, count):
        return self._read_specification()

    def _read_specification(self):
        return Channel(
            self.code,
            [field._get_field() for field in self.field_ids],
            name=self.name,
            version=self.version or "",
            source=self.source or "",
            file_format=self.format,
            root_tag=self.root_tag or "",
            item_tag=self.item_tag or "",
            content=self.content,
        )
