"""Builds: each file that a feed had."""

from odoo import fields, models


class ShopFeedBuild(models.Model):
    """A file as a whole; the last good one is served until a better one is there."""

    _name = "shop.feed.build"
    _description = "Build of a Shop Feed"
    _order = "id desc"
    _rec_name = "started_on"

    feed_id = fields.Many2one("shop.feed", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    state = fields.Selection(
        [
            ("good", "Good"),
            ("held", "Waits for a person"),
            ("rejected", "Rejected"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
    )
    started_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    ended_on = fields.Datetime(readonly=True)
    item_count = fields.Integer(string="Items", readonly=True)
    added_count = fields.Integer(string="Added", readonly=True)
    changed_count = fields.Integer(string="Changed", readonly=True)
    removed_count = fields.Integer(string="Gone", readonly=True)
    left_out_count = fields.Integer(string="Left Out", readonly=True)
    size = fields.Integer(string="Bytes", readonly=True)
    sha256 = fields.Char(readonly=True)
    plain_id = fields.Many2one("ir.attachment", string="File", readonly=True, ondelete="set null")
    packed_id = fields.Many2one("ir.attachment", string="Packed File", readonly=True, ondelete="set null")
    contents_id = fields.Many2one(
        "ir.attachment", string="Items of the File", readonly=True, ondelete="set null", help="To compare builds by."
    )
    extension = fields.Char(readonly=True)
    content_type = fields.Char(readonly=True)
    holds = fields.Json(readonly=True, help="Why it waits for a person, with the numbers.")
    samples = fields.Json(readonly=True, help="Identifiers of some items that are new, gone or changed.")
    remark = fields.Char(readonly=True)
