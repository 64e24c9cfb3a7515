"""Changes of a value on its way into a feed."""

from odoo import fields, models

STEP_NAMES = [
    ("strip_html", "Without HTML"),
    ("one_line", "On one line"),
    ("without_emoji", "Without emoji"),
    ("cut", "Cut at a word"),
    ("sentence_case", "Sentence case"),
    ("upper", "Capitals"),
    ("lower", "Small letters"),
    ("replace", "Replace"),
    ("prefix", "Put before"),
    ("suffix", "Put behind"),
]


class ShopFeedMapStep(models.Model):
    """One change, with up to two arguments."""

    _name = "shop.feed.map.step"
    _description = "Change of a Feed's Value"
    _order = "sequence, id"

    map_id = fields.Many2one("shop.feed.map", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="map_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(STEP_NAMES, required=True)
    argument_1 = fields.Char(string="What", trim=False)
    argument_2 = fields.Char(string="By", trim=False)

    def _get_transform(self):
        """The step as :func:`mapping.transforms.chain` reads it."""
        self.ensure_one()
        if self.kind == "replace":  # by nothing, too
            return (self.kind, self.argument_1 or "", self.argument_2 or "")
        return (self.kind, *(argument for argument in (self.argument_1, self.argument_2) if argument))
