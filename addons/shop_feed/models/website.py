"""What a website says of its feeds' shop."""

from odoo import fields, models


class Website(models.Model):
    _inherit = "website"

    feed_suspicious_percent = fields.Integer(
        string="Suspicious Discount (%)",
        default=10,
        help="The readiness list of the shop names items that are reduced by more.",
    )
    feed_asks_reviews = fields.Boolean(
        string="Ask Buyers for Reviews", help="One mail after the delivery of an order, with a link for each product."
    )
    feed_review_days = fields.Integer(string="Days after the Delivery", default=10)

    _feed_percent_sound = models.Constraint(
        "CHECK(feed_suspicious_percent BETWEEN 0 AND 100)", "A percentage lies between 0 and 100."
    )
    _feed_days_sound = models.Constraint("CHECK(feed_review_days BETWEEN 0 AND 365)", "A year is the longest wait.")
