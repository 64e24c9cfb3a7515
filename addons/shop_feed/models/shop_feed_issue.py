"""What is wrong with an item."""

from odoo import fields, models

SEVERITY_NAMES = [("error", "Error"), ("warning", "Warning"), ("hint", "Hint")]


class ShopFeedIssue(models.Model):
    """A problem of an item: what it is, how grave, and the numbers its sentence names."""

    _name = "shop.feed.issue"
    _description = "Problem of a Feed's Item"
    _order = "severity, code, id"
    _rec_name = "code"

    item_id = fields.Many2one("shop.feed.item", required=True, readonly=True, index=True, ondelete="cascade")
    feed_id = fields.Many2one("shop.feed", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    code = fields.Char(required=True, readonly=True)
    field_name = fields.Char(string="Field", required=True, readonly=True)
    severity = fields.Selection(SEVERITY_NAMES, required=True, readonly=True)
    numbers = fields.Json(readonly=True)

    _feed_index = models.Index("(feed_id, severity, code)")
