"""What feeds are made with: their own settings, mappings and rules, channels and their categories."""

from odoo import models


class ShopFeed(models.Model):
    _name = "shop.feed"
    _inherit = ["shop.feed", "shop.feed.watched"]

    _feed_watched = frozenset(
        {
            "active",
            "backorders",
            "channel_id",
            "company_id",
            "country_id",
            "excluded_category_ids",
            "excluded_tag_ids",
            "fiscal_position_id",
            "format",
            "image_template",
            "lang_id",
            "loyalty_offer_id",
            "loyalty_points_id",
            "loyalty_program_label",
            "loyalty_tier_label",
            "mobile_template",
            "name",
            "out_of_stock",
            "pricelist_id",
            "public_category_ids",
            "shop",
            "tag_ids",
            "url_template",
            "utm_campaign_id",
            "utm_medium_id",
            "utm_source_id",
            "variants",
            "website_id",
        }
    )

    def _note_for_feeds(self, vals=None, before=()):
        # OVERRIDE: what is remembered of all feeds may be true no longer.
        if not vals or not vals.keys().isdisjoint({"active", "backorders"}):
            self.env.registry.clear_cache()
        return super()._note_for_feeds(vals, before)


class ShopFeedMap(models.Model):
    _name = "shop.feed.map"
    _inherit = ["shop.feed.map", "shop.feed.watched"]

    _feed_watched = frozenset(
        {"feed_id", "field_name", "fixed", "sequence", "source_1", "source_2", "source_3", "step_ids", "template"}
    )

    def _get_feed_marks(self, vals):
        return [self.feed_id]


class ShopFeedMapStep(models.Model):
    _name = "shop.feed.map.step"
    _inherit = ["shop.feed.map.step", "shop.feed.watched"]

    _feed_watched = frozenset({"argument_1", "argument_2", "kind", "map_id", "sequence"})

    def _get_feed_marks(self, vals):
        return [self.map_id.feed_id]


class ShopFeedRule(models.Model):
    _name = "shop.feed.rule"
    _inherit = ["shop.feed.rule", "shop.feed.watched"]

    _feed_watched = frozenset({"action_ids", "active", "check_ids", "feed_id", "sequence"})

    def _get_feed_marks(self, vals):
        return [self.feed_id]


class ShopFeedRuleCheck(models.Model):
    _name = "shop.feed.rule.check"
    _inherit = ["shop.feed.rule.check", "shop.feed.watched"]

    _feed_watched = frozenset({"operand", "operator", "rule_id", "sequence", "source"})

    def _get_feed_marks(self, vals):
        return [self.rule_id.feed_id]


class ShopFeedRuleAction(models.Model):
    _name = "shop.feed.rule.action"
    _inherit = ["shop.feed.rule.action", "shop.feed.watched"]

    _feed_watched = frozenset({"argument", "field_name", "kind", "rule_id", "sequence"})

    def _get_feed_marks(self, vals):
        return [self.rule_id.feed_id]


class ShopFeedChannel(models.Model):
    _name = "shop.feed.channel"
    _inherit = ["shop.feed.channel", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"field_ids", "item_tag", "root_tag"})


class ShopFeedChannelField(models.Model):
    _name = "shop.feed.channel.field"
    _inherit = ["shop.feed.channel.field", "shop.feed.watched"]

    _feed_watched = frozenset(
        {
            "channel_id",
            "choices",
            "condition",
            "max_length",
            "max_values",
            "min_pixels",
            "name",
            "parts",
            "requirement",
            "role",
            "separator",
            "sequence",
            "traits",
            "type",
        }
    )

    def _get_feed_marks(self, vals):
        return [self.channel_id]


class ShopFeedTaxonomy(models.Model):
    _name = "shop.feed.taxonomy"
    _inherit = ["shop.feed.taxonomy", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"kind", "number"})
