"""What feeds tell of programs for members."""

from odoo import models
from odoo.fields import Domain


class ShopFeedOffer(models.Model):
    _name = "shop.feed.offer"
    _inherit = ["shop.feed.offer", "shop.feed.watched"]

    _feed_watches_new = False  # a feed that tells of it is written itself
    _feed_watched = frozenset({"active", "audience", "date_from", "date_to", "fan_limit", "program_id"})

    def _get_feed_marks(self, vals):
        feeds = self.env["shop.feed"].sudo()  # whoever makes offers need not see all feeds
        return [feeds.search([("loyalty_offer_id", "in", self.ids)])]


class LoyaltyProgram(models.Model):
    _name = "loyalty.program"
    _inherit = ["loyalty.program", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset(
        {"active", "currency_id", "date_from", "date_to", "limit_usage", "pricelist_ids", "reward_ids", "rule_ids"}
    )

    def _get_feed_marks(self, vals):
        of_program = Domain("loyalty_points_id", "in", self.ids) | Domain("loyalty_offer_id.program_id", "in", self.ids)
        feeds = self.env["shop.feed"].sudo()  # whoever makes programs need not see feeds
        return [feeds.search(of_program)]


class LoyaltyReward(models.Model):
    _name = "loyalty.reward"
    _inherit = ["loyalty.reward", "shop.feed.watched"]

    _feed_watched = frozenset(
        {
            "active",
            "discount",
            "discount_applicability",
            "discount_max_amount",
            "discount_mode",
            "discount_product_category_id",
            "discount_product_domain",
            "discount_product_ids",
            "discount_product_tag_id",
            "reward_type",
        }
    )

    def _get_feed_marks(self, vals):
        return self.program_id._get_feed_marks(vals)


class LoyaltyRule(models.Model):
    _name = "loyalty.rule"
    _inherit = ["loyalty.rule", "shop.feed.watched"]

    _feed_watched = frozenset(
        {
            "active",
            "minimum_amount",
            "minimum_amount_tax_mode",
            "minimum_qty",
            "mode",
            "product_category_id",
            "product_domain",
            "product_ids",
            "product_tag_id",
            "reward_point_amount",
            "reward_point_mode",
        }
    )

    def _get_feed_marks(self, vals):
        return self.program_id._get_feed_marks(vals)
