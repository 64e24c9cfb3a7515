"""Offers for fans as a channel's feed of offers tells them."""

import json
from datetime import datetime, time, timezone
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.fields import Domain

from ..channels.issues import issue
from ..pricing.fan_offers import Discount, terms, untellable
from ..pricing.window import LAST_MINUTE
from .shop_feed_rows import Told
from .shop_prices import money


class ShopFeedOffer(models.Model):
    _inherit = "shop.feed.offer"

    shows_code = fields.Boolean(
        string="Code Shown to Everybody",
        tracking=True,
        help="In a feed of offers: the channel shows the code on its pages, and the discount is one for everybody. "
        "Otherwise it only takes the code from whoever knows it, and the offer stays one for fans.",
    )

    def _get_discount(self):
        """The terms of the offer; a program that gives a choice of rewards is told by its first.

        :rtype: Discount
        """
        program = self.program_id.sudo()  # of an offer that whoever reads it may know
        reward = program.reward_ids[:1]
        rules = program.rule_ids if self.audience == "link" else program.rule_ids.browse()  # a coupon asks none again
        return Discount(
            reward.reward_type,
            reward.discount_mode,
            reward.discount,
            reward.discount_applicability,
            reward.discount_max_amount,
            max(rules.mapped("minimum_amount"), default=0.0),
            max(rules.mapped("minimum_qty"), default=0),
        )

    def _get_untold_reason(self):
        """Why the offer is in no feed of offers; empty where it is told."""
        if self.audience != "link":
            return "offer_with_own_codes"
        if len(self.program_id.sudo().reward_ids) > 1:  # whoever reads the offer may know what it gives
            return "offer_of_choice"
        if self._asks_for_others():
            return "offer_with_minimum"
        return untellable(self._get_discount())

    def _asks_for_others(self):
        """Whether the code asks for products in the cart that the discount does not name."""
        program = self.program_id.sudo()  # of an offer that whoever reads it may know
        reward = program.reward_ids[:1]
        asked = Domain.OR(Domain(rule._get_valid_product_domain()) for rule in program.rule_ids)
        is_of_some = reward.discount_applicability == "specific"
        named = Domain(reward._get_discount_product_domain()) if is_of_some else Domain.TRUE
        return bool(self.env["product.product"].search_count(named & ~asked, limit=1))

    def _get_row_values(self):
        """What is told, by the meaning of the channel's fields."""
        code, discount = self._get_code(), self._get_discount()
        program = self.program_id
        told = terms(discount, lambda amount: money(amount, program.currency_id))
        if told["target_selection"] == "some":
            told["target_product_retailer_ids"] = self._get_item_ids()
        start, end = self._get_moments()
        codes = {"public_coupon_code": code} if self.shows_code else {"coupon_codes": json.dumps([code])}
        return {"title": self.name, **told, "start_date_time": start, "end_date_time": end, **codes}

    def _get_item_ids(self):
        """The products of the discount as the channel knows them from the offer's feed, as JSON; empty for none."""
        products = self.env["product.product"]._search(self.program_id.reward_ids._get_discount_product_domain())
        sent = Domain("feed_id", "=", self.feed_id.id) & Domain("state", "=", "sent")
        items = self.env["shop.feed.item"].search(sent & Domain("product_id", "in", products), order="external_id")
        return json.dumps(items.mapped("external_id"), ensure_ascii=False) if items else ""

    def _get_moments(self):
        """From the first day to the last, of the offer and of its program, by the company's clocks."""
        zone = ZoneInfo(self._get_zone())
        first, last = self._get_days()
        made = self.create_date.replace(tzinfo=timezone.utc, microsecond=0).astimezone(zone)
        start = datetime.combine(first, time.min, zone) if first else made
        return start, datetime.combine(last, LAST_MINUTE, zone) if last else ""


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_told_offers(self):
        """The offers of the website. One that is over stays: its dates say so, and the file is not emptied by it."""
        own = Domain("website_id", "=", self.website_id.id) & Domain("company_id", "=", self.company_id.id)
        for offer in self.env["shop.feed.offer"].search(own, order="id"):
            reason = offer._get_untold_reason()
            values = {} if reason else offer._get_row_values()
            found = [issue(reason, "offer_id")] if reason else []
            yield Told(offer, offer.name, {"id": f"F{offer.id}", **values}, found)
