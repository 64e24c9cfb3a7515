"""What members pay and earn: told to channels that have a place of its own for it, never as a price."""

from datetime import datetime, time, timedelta, timezone
from functools import partial
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..channels.amounts import Money, moment
from ..pricing.fan_offers import Discount, Earning, member_share, points_of
from .shop_feed_facts import CHANGES, PROBLEMS
from .shop_feed_prices import PRICE_UNIT

MEMBERS = "members"  # no source: terms from which the price for members follows once the product's own is known
XML = ("rss", "atom", "xml")


class Terms(NamedTuple):
    """What members have of a product.

    :param str window: from when to when the price holds, as channels write it; empty where no end is known
    :param list earnings: rules by which the purchase gives points
    :param less: what is paid for a piece at a price of the list of which a share is taken off
    """

    discount: Discount | None
    window: str
    earnings: list
    less: object


class ShopFeed(models.Model):
    """A member is whoever the program makes one: the offer's fans who log in, or holders of the loyalty card.

    Google refuses what only members pay as a price or sale price (answer 12922446), and art. 17-bis Codice del consumo
    would make it a reduction for everybody.
    """

    _inherit = "shop.feed"

    loyalty_offer_id = fields.Many2one(
        "shop.feed.offer",
        string="Price for Members",
        domain="[('website_id', '=', website_id), ('audience', 'in', ['login', 'tag'])]",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="The offer for fans who log in whose discount is told as the price for members. It is told only of "
        "products of which it is a share of the price, without limits and minimums: then it is true for each piece.",
    )
    loyalty_points_id = fields.Many2one(
        "loyalty.program",
        string="Points for Members",
        domain="[('program_type', '=', 'loyalty')]",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="The program of loyalty cards whose points are told.",
    )
    loyalty_program_label = fields.Char(
        string="Programme's Label", help="As it is called in Merchant Center, under Loyalty programme."
    )
    loyalty_tier_label = fields.Char(string="Tier's Label", help="Likewise; empty where there is one tier.")

    has_members = fields.Boolean(compute="_compute_has_members")

    @api.depends("channel_id")
    def _compute_has_members(self):
        for feed in self:
            channel = feed.channel_id and feed.channel_id._get_specification()
            feed.has_members = bool(channel) and "loyalty_program" in channel.by_role

    @api.constrains("loyalty_offer_id", "loyalty_points_id", "loyalty_program_label", "format", "website_id")
    def _check_loyalty(self):
        for feed in self.filtered(lambda feed: feed.loyalty_offer_id or feed.loyalty_points_id):
            if fault := feed._get_loyalty_fault():
                raise ValidationError(fault)

    def _get_loyalty_fault(self):
        """Why members can't be told of, in a whole sentence; None where they can."""
        offer = self.loyalty_offer_id
        if not self.loyalty_program_label:
            return self.env._("Write the label that the programme has in Merchant Center: Google knows it by that.")
        if self.format not in XML:
            return self.env._("What members pay goes out in RSS or Atom: in a table its dates could not be read.")
        if offer and offer.audience == "link":
            return self.env._("%(offer)s is for whoever has the link: members are fans who log in.", offer=offer.name)
        if offer and offer.website_id != self.website_id:
            return self.env._("%(offer)s is an offer of another website.", offer=offer.name)
        return None

    # === FACTS === #

    def _get_loyalty_facts(self, products, moment):
        """The terms for members of each product; nothing where the feed tells of no members."""
        if not (self.loyalty_offer_id or self.loyalty_points_id):
            return {}
        discount, window, moments = self._get_member_discount()
        now = moment.replace(tzinfo=timezone.utc)
        changes = [each for each in (*moments, *self._get_moments_of_points()) if each > now]
        members = self._get_discounted(products) if discount else products.browse()
        earnings, prices = self._get_earnings(products), self._read_shop_prices(moment)
        facts = {}
        for product in products:
            own = discount if product in members else None
            less = partial(prices.less, product.product_tmpl_id)
            facts[product.id] = {
                MEMBERS: Terms(own, window, earnings.get(product.id, []), less),
                CHANGES: [*changes],
            }
            if own and member_share(own, own.minimum) is None:
                facts[product.id][PROBLEMS] = [("member_price_unknown", "loyalty_program", {})]
        return facts

    def _get_member_discount(self):
        """The discount as it is now, its window, and the moments at which it begins or ends.

        One that is limited to a number of fans or orders is not every member's: it is no price of theirs.
        """
        offer = self.loyalty_offer_id
        program = offer.program_id
        is_limited = offer.fan_limit or program.limit_usage or len(program.reward_ids) > 1
        is_of_list = not program.pricelist_ids or self.pricelist_id in program.pricelist_ids
        if not offer or is_limited or not is_of_list or not offer.active or not program.active:
            return None, "", []
        start, end = offer._get_moments()
        changes = [start, end + timedelta(minutes=1)] if end else [start]
        window = f"{moment(start)}/{moment(end)}" if end else ""
        return (offer._get_discount() if offer.state == "running" else None), window, changes

    def _get_discounted(self, products):
        """Those of some products from whose price the discount takes something."""
        reward = self.loyalty_offer_id.program_id.reward_ids
        if reward.discount_applicability != "specific":
            return products
        return products.search(Domain("id", "in", products.ids) & Domain(reward._get_discount_product_domain()))

    def _get_earnings(self, products):
        """Rules by which products give points, by product id; of a program in the list's currency that is on."""
        program = self.loyalty_points_id
        today = fields.Date.context_today(self.with_context(tz=self._get_zone().key))
        is_on = program.active and (program.date_from or today) <= today <= (program.date_to or today)
        if not is_on or program.currency_id != self.currency_id:
            return {}
        earnings = {}
        for rule in program.rule_ids.filtered(lambda rule: rule.active and rule.mode == "auto"):
            if rule.minimum_amount and rule.minimum_amount_tax_mode == "excl":
                continue  # a feed knows prices with VAT alone
            earning = Earning(rule.reward_point_mode, rule.reward_point_amount, rule.minimum_amount, rule.minimum_qty)
            whose = products.search(Domain("id", "in", products.ids) & Domain(rule._get_valid_product_domain()))
            for product in whose:
                earnings.setdefault(product.id, []).append(earning)
        return earnings

    def _get_moments_of_points(self):
        """When the program of points begins and ends, by the seller's clocks."""
        program, zone = self.loyalty_points_id, self._get_zone()
        days = [program.date_from, program.date_to and program.date_to + timedelta(days=1)]
        return [datetime.combine(day, time.min, zone) for day in days if day]

    def _get_member_facts(self, facts):
        """What members pay and earn for one piece, which follows from what everybody pays."""
        terms, price = facts.get(MEMBERS), facts.get("current_price")
        if not terms or not isinstance(price, Money):
            return {}
        amount = price.units / 10**price.decimals
        told = {}
        if share := member_share(terms.discount, amount) if terms.discount else None:
            paid = terms.less(facts[PRICE_UNIT], share)
            if 0 < paid.units < price.units:
                told = {"price": paid, "member_price_effective_date": terms.window}
        if points := points_of(terms.earnings, amount):
            told["loyalty_points"] = str(points)
        if not told:
            return {}
        labels = {"program_label": self.loyalty_program_label, "tier_label": self.loyalty_tier_label or ""}
        return {"loyalty_program": [{**labels, **told}]}
