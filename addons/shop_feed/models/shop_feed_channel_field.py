"""Fields of channels."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..channels.spec import field_of

REQUIREMENT_NAMES = [
    ("required", "Required"),
    ("recommended", "Recommended"),
    ("conditional", "Required at times"),
    ("optional", "Optional"),
]
TYPE_NAMES = [
    ("text", "Text"),
    ("url", "Address"),
    ("image", "Picture"),
    ("gtin", "Barcode"),
    ("money", "Amount with currency"),
    ("amount", "Amount"),
    ("choice", "Choice"),
    ("boolean", "Yes or no"),
    ("integer", "Whole number"),
    ("date", "Date"),
    ("interval", "From and to"),
    ("measure", "Measure"),
    ("category", "Category"),
    ("group", "Group"),
]
COLUMNS = (
    "name",
    "role",
    "requirement",
    "condition",
    "type",
    "max_length",
    "max_values",
    "separator",
    "choices",
    "parts",
    "traits",
    "min_pixels",
    "note",
)


class ShopFeedChannelField(models.Model):
    """A field of a channel, in the columns that :func:`channels.spec.field_of` reads."""

    _name = "shop.feed.channel.field"
    _description = "Field of a Feed Channel"
    _order = "sequence, id"

    channel_id = fields.Many2one("shop.feed.channel", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, help="As the channel calls it.")
    role = fields.Char(help="What it means, whatever the channel calls it; empty: its name says it.")
    requirement = fields.Selection(REQUIREMENT_NAMES, required=True, default="optional")
    condition = fields.Char(help="When it is required: names of fields that are filled, !name for empty, name=a|b.")
    type = fields.Selection(TYPE_NAMES, required=True, default="text")
    max_length = fields.Integer(help="Characters; 0: no limit.")
    max_values = fields.Integer(default=1)
    separator = fields.Char(default=",", trim=False)
    choices = fields.Char(help="The channel's words parted by |, ours after < where they differ.")
    parts = fields.Char(help="Of a group: the names of its parts.")
    traits = fields.Char()
    min_pixels = fields.Integer(help="Width and height of a picture, at least.")
    note = fields.Char()

    _name_unique = models.Constraint("unique(channel_id, name)", "A channel has one field of a name.")

    @api.constrains(*COLUMNS)
    def _check_field(self):
        for field in self:
            try:
                field._get_field()
            except ValueError as error:
                raise ValidationError(self.env._("This field can't be read: %(problem)s", problem=error)) from error
        self.channel_id._check_specification()

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: what holds for a channel holds for its fields.
        fields_ = super().create(vals_list)
        fields_.channel_id._check_editable({"field_ids"})
        return fields_

    def write(self, vals):
        # OVERRIDE: what holds for a channel holds for its fields.
        self.channel_id._check_editable({"field_ids"})
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        self.channel_id._check_editable({"field_ids"})

    def _get_field(self):
        """The field as the pure layer reads it.

        :rtype: channels.spec.Field
        """
        self.ensure_one()
        return field_of({name: self[name] for name in COLUMNS})
