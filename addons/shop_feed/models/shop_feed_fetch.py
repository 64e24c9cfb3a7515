"""Who fetched a feed, and when."""

from odoo import fields, models


class ShopFeedFetch(models.Model):
    """A request for a feed; addresses are shortened, rows are kept for 90 days."""

    _name = "shop.feed.fetch"
    _description = "Fetch of a Shop Feed"
    _order = "moment desc, id desc"
    _rec_name = "moment"

    feed_id = fields.Many2one("shop.feed", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    build_id = fields.Many2one("shop.feed.build", readonly=True, index="btree_not_null", ondelete="set null")
    moment = fields.Datetime(required=True, readonly=True, index=True)
    status = fields.Integer(readonly=True)
    size = fields.Integer(string="Bytes", readonly=True)
    agent = fields.Char(string="Program", readonly=True)
    address = fields.Char(string="Network", readonly=True)
