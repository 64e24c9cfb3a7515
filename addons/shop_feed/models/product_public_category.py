"""The channels' categories, through the shop's tree."""

from odoo import api, fields, models


class ProductPublicCategory(models.Model):
    _inherit = "product.public.category"

    feed_taxonomy_id = fields.Many2one(
        "shop.feed.taxonomy",
        string="Channel's Category",
        domain=[("kind", "=", "google")],
        index="btree_not_null",
        ondelete="set null",
        help="Google's, which other channels take as well. Holds for all categories below, unless they have their own.",
    )
    feed_facebook_taxonomy_id = fields.Many2one(
        "shop.feed.taxonomy",
        string="Facebook's Category",
        domain=[("kind", "=", "facebook")],
        index="btree_not_null",
        ondelete="set null",
        help="Of Meta's own list. Holds for all categories below, unless they have their own.",
    )
    feed_taxonomy_path = fields.Char(
        string="What Holds",
        compute="_compute_feed_taxonomy_path",
        recursive=True,
        help="Its own channel's category, or that of the nearest category above.",
    )

    @api.depends("feed_taxonomy_id.path", "parent_id.feed_taxonomy_path")
    def _compute_feed_taxonomy_path(self):
        for category in self:
            category.feed_taxonomy_path = category.feed_taxonomy_id.path or category.parent_id.feed_taxonomy_path
