"""The shop's settings: discounts that look suspicious, and reviews."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    feed_suspicious_percent = fields.Integer(related="website_id.feed_suspicious_percent", readonly=False)
    feed_asks_reviews = fields.Boolean(related="website_id.feed_asks_reviews", readonly=False)
    feed_rewards_reviews = fields.Boolean(related="website_id.feed_rewards_reviews", readonly=False)
    feed_review_days = fields.Integer(related="website_id.feed_review_days", readonly=False)
