"""Categories of channels."""

from odoo import fields, models


class ShopFeedTaxonomy(models.Model):
    """A category of a public taxonomy, as its file was imported."""

    _name = "shop.feed.taxonomy"
    _description = "Category of a Channel"
    _order = "path"
    _rec_name = "path"

    kind = fields.Selection([("google", "Google"), ("facebook", "Facebook")], required=True, default="google")
    number = fields.Integer(required=True, aggregator=None)
    path = fields.Char(required=True, index="trigram")
    version = fields.Char()
    active = fields.Boolean(default=True)

    _number_unique = models.Constraint("unique(kind, number)", "A category of a taxonomy has one number.")
