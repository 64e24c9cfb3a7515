"""Offers for fans: a discount behind a link to post, never in a price that a feed announces."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..links.codes import short_code

AUDIENCES = [
    ("link", "Whoever has the link"),
    ("login", "Fans who log in"),
    ("tag", "Customers with a tag, once logged in"),
]
# Codes that everybody knows are no secret of those who log in; own codes are not given to whoever asks.
PROGRAM_TYPES = {"link": "promo_code", "login": "coupons", "tag": "coupons"}


class ShopFeedOffer(models.Model):
    """A loyalty program, for whom it is and how long, and the link by which it is told.

    The discount is the program's and is taken off in the cart. Prices in feeds stay what everybody pays: what only fans
    pay is no public price (art. 17-bis Codice del consumo), and Google refuses it as one.
    """

    _name = "shop.feed.offer"
    _description = "Offer for Fans"
    _inherit = ["mail.thread", "shop.feed.guarded"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True, help="As fans read it.")
    active = fields.Boolean(default=True)
    feed_id = fields.Many2one(
        "shop.feed", required=True, index=True, ondelete="cascade", domain=[("website_id", "!=", False)]
    )
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    website_id = fields.Many2one(related="feed_id.website_id")
    program_id = fields.Many2one(
        "loyalty.program",
        string="Discount",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('program_type', '=', audience == 'link' and 'promo_code' or 'coupons')]",
        help="A code that all use, or a program of coupons of which each fan gets one of his own.",
    )
    audience = fields.Selection(AUDIENCES, string="For", required=True, default="link", tracking=True)
    tag_ids = fields.Many2many("res.partner.category", string="Customers' Tags")
    date_from = fields.Date(string="From", tracking=True)
    date_to = fields.Date(string="To", tracking=True, help="The last day on which the link leads to the discount.")
    use_limit = fields.Integer(
        string="Uses at Most",
        related="program_id.max_usage",
        help="The program's own limit, of orders with the discount.",
    )
    has_use_limit = fields.Boolean(related="program_id.limit_usage")
    fan_limit = fields.Integer(string="Fans at Most", help="Coupons given at most; 0: as many as come.")
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Leads to",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        help="The product on whose page fans arrive; empty: the shop.",
    )
    utm_source_id = fields.Many2one("utm.source", string="Where It Is Posted", ondelete="set null")
    utm_medium_id = fields.Many2one("utm.medium", string="Medium", ondelete="set null")
    utm_campaign_id = fields.Many2one(
        "utm.campaign",
        string="Campaign",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="By it orders are known to come through the link; empty: one of its own.",
    )
    short_code = fields.Char(string="Code of the Link", readonly=True, copy=False)
    click_count = fields.Integer(string="Clicks", readonly=True, copy=False)
    state = fields.Selection(
        [("waiting", "Not begun"), ("running", "Running"), ("over", "Over")], compute="_compute_state"
    )

    _code_unique = models.Constraint("unique(short_code)", "A link has a code of its own.")
    _limit_positive = models.Constraint("CHECK(fan_limit >= 0)", "A limit is 0 or more.")
    _dates_sound = models.Constraint("CHECK(date_from <= date_to)", "An offer ends on the day it begins, or later.")

    @api.depends("date_from", "date_to", "active", "program_id")
    def _compute_state(self):
        for offer in self:
            today = fields.Date.context_today(offer.with_context(tz=offer._get_zone()))
            first, last = offer._get_days()
            program = offer.program_id.sudo()  # whoever sees the offer may know whether it runs
            is_over = not offer.active or not program.active or (last and last < today)
            if is_over or offer._is_used_up():
                offer.state = "over"
            else:
                offer.state = "waiting" if first and first > today else "running"

    def _get_days(self):
        """The first and the last day on which both the offer and its program run; None where neither names one."""
        program = self.program_id.sudo()  # whoever sees the offer may know when it runs
        starts = filter(None, (self.date_from, program.date_from))
        ends = filter(None, (self.date_to, program.date_to))
        return max(starts, default=None), min(ends, default=None)

    def _is_used_up(self):
        """Whether the discount has been used as often as it may be; what each fan got is his to use or not."""
        program = self.program_id.sudo()  # whoever sees the offer may know whether it runs
        return bool(program.limit_usage and program.total_order_count >= program.max_usage)

    @api.constrains("audience", "program_id", "feed_id", "tag_ids")
    def _check_program(self):
        for offer in self:
            if fault := offer._get_fault(offer.program_id.sudo()):  # whoever may choose it may know what kind it is
                raise ValidationError(fault)

    def _get_fault(self, program):
        """Why there can be no such offer, in a whole sentence; None where there can."""
        words = {"program": program.name, "offer": self.name, "feed": self.feed_id.name}
        if program.program_type != PROGRAM_TYPES[self.audience]:
            return self._get_type_fault()
        if not program.reward_ids:
            return self.env._("The program %(program)s gives nothing.", **words)
        if self.audience == "link" and not self._get_code():
            return self.env._("The program %(program)s has no code.", **words)
        if self.audience == "tag" and not self.tag_ids:
            return self.env._("%(offer)s needs the tags of its customers.", **words)
        if self.feed_id.shop != "website":
            return self.env._("%(feed)s sells in another shop, where Odoo's codes mean nothing.", **words)
        if program.website_id and program.website_id != self.website_id:
            return self.env._("The program %(program)s is for another website.", **words)
        return None

    def _get_type_fault(self):
        if self.audience == "link":
            return self.env._("Whoever has the link gets a code that all use: choose a program of discount codes.")
        return self.env._("Fans who log in get a code of their own: choose a program of coupons.")

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: an offer has its link, and a campaign by which orders are known, from the beginning.
        offers = super().create(vals_list)
        for offer in offers.sudo():  # the code is the server's, and so is a campaign that nobody named
            offer.short_code = offer._get_free_code()
            if not offer.utm_campaign_id:
                offer.utm_campaign_id = self.env["utm.campaign"].sudo().create({"title": offer.name})
        return offers

    def _get_free_code(self):
        parameters = self.env["ir.config_parameter"].sudo()  # the code tells nothing of the secret
        secret = parameters.get_param("database.secret").encode()
        attempt = 0
        taken = self.with_context(active_test=False)
        while taken.search_count(Domain("short_code", "=", code := short_code(secret, self.id, attempt)), limit=1):
            attempt += 1
        return code

    def _get_zone(self):
        """The clocks by which an offer begins and ends: the company's."""
        return self.company_id.partner_id.tz or self.env.user.tz or "Europe/Rome"

    def _get_code(self):
        """The code that all use; empty where each fan has his own."""
        self.ensure_one()
        if self.audience != "link":
            return ""
        rules = self.program_id.sudo().rule_ids  # of a program that whoever may read the offer posts
        return rules.filtered("code")[:1].code or ""

    # === CLICKS === #

    @api.model
    def _find_by_code(self, code):
        """The offer of a link, as the server; empty where there is none that may be told of.

        :param str code: as :func:`links.codes.typed` leaves it
        """
        offers = self.sudo()  # fans have no rights on offers: the code is the right
        offer = offers.search([("short_code", "=", code)], limit=1) if code else offers
        return offer if offer.state in {"running", "over"} and offer.feed_id.active else offers.browse()

    def _count_click(self):
        """One more, by SQL: nothing else of the record is written, and no cache is in the way."""
        one_more = "UPDATE shop_feed_offer SET click_count = COALESCE(click_count, 0) + 1 WHERE id = %s"
        self.env.cr.execute(SQL(one_more, self.id))
        self.invalidate_recordset(["click_count"], flush=False)
