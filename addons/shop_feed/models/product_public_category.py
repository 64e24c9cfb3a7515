"""The channels' categories, through the shop's tree."""

from odoo import fields, models


class ProductPublicCategory(models.Model):
    _inherit = "product.public.category"

    feed_taxonomy_id = fields.Many2one(
        "shop.feed.taxonomy",
        string="Channel's Category",
        index="btree_not_null",
        ondelete="set null",
        help="Holds for all categories below, unless they have their own.",
    )
