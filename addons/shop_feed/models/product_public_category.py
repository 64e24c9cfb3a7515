"""The channels' categories, through the shop's tree."""

from odoo import api, fields, models

from ..mapping.categories import nearest


class ProductPublicCategory(models.Model):
    _inherit = "product.public.category"

    feed_taxonomy_id = fields.Many2one(
        "shop.feed.taxonomy",
        string="Channel's Category",
        index="btree_not_null",
        ondelete="set null",
        help="Holds for all categories below, unless they have their own.",
    )
    feed_taxonomy_path = fields.Char(
        string="What Holds",
        compute="_compute_feed_taxonomy_path",
        help="Its own channel's category, or that of the nearest category above.",
    )

    @api.depends("feed_taxonomy_id", "parent_id", "parents_and_self.feed_taxonomy_id")
    def _compute_feed_taxonomy_path(self):
        known = self.parents_and_self
        parents = {category: category.parent_id or None for category in known}
        entered = {category: category.feed_taxonomy_id for category in known}
        for category in self:
            found = nearest(category, parents, entered)
            category.feed_taxonomy_path = found.target.path if found else False
