"""How the fields of a channel are filled."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mapping.row import Row
from ..mapping.sources import Mistake
from .feed_sentences import mistake_sentence


class ShopFeedMap(models.Model):
    """A field of a feed: sources tried one after the other, then a template, then a fixed text."""

    _name = "shop.feed.map"
    _description = "Mapping of a Feed's Field"
    _order = "sequence, id"

    feed_id = fields.Many2one("shop.feed", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    field_name = fields.Char(string="Field", required=True, help="As the channel calls it.")
    source_1 = fields.Char(string="From")
    source_2 = fields.Char(string="Otherwise from")
    source_3 = fields.Char(string="Otherwise from this")
    template = fields.Char(help="Otherwise a text in which {title} and the like stand for what is known.")
    fixed = fields.Char(string="Fixed Text")
    step_ids = fields.One2many("shop.feed.map.step", "map_id", copy=True)

    _field_unique = models.Constraint("unique(feed_id, field_name)", "A field of a feed is filled in one way.")

    @api.onchange("field_name")
    def _onchange_field_name(self):
        """A new row starts from what fills the field without it; who empties that has the field left out."""
        if self.field_name and not (self.source_1 or self.template or self.fixed):
            found = self.feed_id.channel_id._get_default_sources(self.field_name)
            self.update({f"source_{number}": source for number, source in enumerate(found, 1)})

    @api.constrains("field_name", "source_1", "source_2", "source_3", "template", "fixed", "step_ids")
    def _check_row(self):
        for row in self:
            try:
                row._get_row()
            except Mistake as mistake:
                raise ValidationError(row._get_mistake_words(mistake)) from mistake

    def _get_row(self):
        """The row as the pure layer reads it.

        :rtype: mapping.row.Row
        """
        self.ensure_one()
        return Row(
            self.field_name,
            [source for source in (self.source_1, self.source_2, self.source_3) if source],
            template=self.template or "",
            fixed=self.fixed or "",
            transforms=[step._get_transform() for step in self.step_ids],
        )

    def _get_mistake_words(self, mistake):
        """What is wrong, in a sentence."""
        problem = mistake_sentence(self.env, mistake)
        return self.env._("%(field)s can't be filled so: %(problem)s", field=self.field_name, problem=problem)
