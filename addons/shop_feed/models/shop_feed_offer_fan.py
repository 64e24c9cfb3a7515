"""Fans who logged in for an offer, each with a coupon of his own."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class ShopFeedOfferFan(models.Model):
    """A fan and the coupon he got; once an offer, however often he comes."""

    _name = "shop.feed.offer.fan"
    _description = "Fan of an Offer"
    _order = "id desc"
    _rec_name = "partner_id"

    offer_id = fields.Many2one("shop.feed.offer", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="offer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Fan", required=True, readonly=True, index=True, ondelete="cascade"
    )
    card_id = fields.Many2one(
        "loyalty.card", string="Coupon", required=True, readonly=True, index=True, ondelete="cascade"
    )
    given_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _fan_unique = models.Constraint("unique(offer_id, partner_id)", "A fan gets one coupon of an offer.")


class ShopFeedOffer(models.Model):
    _inherit = "shop.feed.offer"

    fan_ids = fields.One2many("shop.feed.offer.fan", "offer_id", string="Fans")
    fan_count = fields.Integer(string="Coupons Given", readonly=True, copy=False)

    def _is_for(self, partner):
        """Whether somebody who is logged in may have the offer."""
        self.ensure_one()
        if self.audience != "tag":
            return True
        tags = partner.sudo().category_id | partner.sudo().commercial_partner_id.category_id  # his own page asks
        return bool(tags & self.tag_ids)

    def _get_fan_code(self, partner):
        """The code of a fan's coupon, the same whenever he comes; empty where all are given."""
        self.ensure_one()
        fan = self.env["shop.feed.offer.fan"].search([("offer_id", "=", self.id), ("partner_id", "=", partner.id)])
        if not fan:
            if not self._take_one():
                return ""
            fan = self.env["shop.feed.offer.fan"].create(
                {"offer_id": self.id, "partner_id": partner.id, "card_id": self._create_card(partner).id}
            )
        return fan.card_id.code

    def _take_one(self):
        """Count one more coupon, if there is one. Two who come at once write the same row: one of them begins anew."""
        one_more = SQL(
            """UPDATE shop_feed_offer SET fan_count = COALESCE(fan_count, 0) + 1
                WHERE id = %s AND (COALESCE(fan_limit, 0) = 0 OR COALESCE(fan_count, 0) < fan_limit) RETURNING id""",
            self.id,
        )
        self.flush_recordset(["fan_limit", "fan_count"])
        taken = self.env.execute_query(one_more)
        self.invalidate_recordset(["fan_count"], flush=False)
        return bool(taken)

    def _create_card(self, partner):
        program = self.program_id
        points = min(program.reward_ids.mapped("required_points"), default=1)
        _first, last = self._get_days()
        vals = {
            "program_id": program.id,
            "partner_id": partner.id,
            "points": points,
            "expiration_date": last,
        }
        # The fan is on his way to the shop with it: a mail with the coupon would come on top.
        return self.env["loyalty.card"].with_context(action_no_send_mail=True).create(vals)

    @api.model
    def _get_offers_of(self, partner, website):
        """The running offers of a website that are for somebody who is logged in, as his portal shows them."""
        tags = (partner | partner.commercial_partner_id).category_id
        mine = Domain("audience", "=", "login") | (Domain("audience", "=", "tag") & Domain("tag_ids", "in", tags.ids))
        offers = self.sudo().search(mine & Domain("feed_id.website_id", "=", website.id))  # he has no rights on others
        return offers.filtered(lambda offer: offer.state == "running" and offer.feed_id.active)
