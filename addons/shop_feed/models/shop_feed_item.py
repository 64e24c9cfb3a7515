"""Items: a product in a feed, as it was built last."""

from odoo import fields, models


class ShopFeedItem(models.Model):
    """What is sent of a product, kept piece by piece, so that a file is put together without building anything."""

    _name = "shop.feed.item"
    _description = "Item of a Shop Feed"
    _rec_name = "external_id"
    _order = "feed_id, external_id"

    feed_id = fields.Many2one("shop.feed", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    external_id = fields.Char(string="Identifier", required=True, readonly=True, help="As the channel knows it.")
    group_code = fields.Char(string="Group", readonly=True)
    values = fields.Json(readonly=True, help="What is sent, by the channel's names.")
    fragment = fields.Text(readonly=True)
    content_hash = fields.Char(readonly=True)
    state = fields.Selection(
        [("sent", "Sent"), ("left_out", "Left out: errors"), ("excluded", "Excluded"), ("gone", "Not offered")],
        readonly=True,
        index="btree_not_null",
    )
    excluded_by_id = fields.Many2one("shop.feed.rule", readonly=True, index="btree_not_null", ondelete="set null")
    is_dirty = fields.Boolean(string="To Be Built", readonly=True, default=True)
    next_change_on = fields.Datetime(readonly=True, help="A sale begins or ends: it is built anew.")
    built_on = fields.Datetime(readonly=True)
    error_count = fields.Integer(string="Errors", readonly=True)
    warning_count = fields.Integer(string="Warnings", readonly=True)
    issue_ids = fields.One2many("shop.feed.issue", "item_id", readonly=True)

    _product_unique = models.Constraint("unique(feed_id, product_id)", "A product is in a feed once.")
    _dirty_index = models.Index("(feed_id) WHERE is_dirty")
    _change_index = models.Index("(next_change_on) WHERE next_change_on IS NOT NULL")
    _served_index = models.Index("(feed_id, external_id COLLATE \"C\", id) WHERE state = 'sent'")
    _external_index = models.Index("(feed_id, external_id)")
    _group_index = models.Index("(feed_id, group_code) WHERE group_code IS NOT NULL")
