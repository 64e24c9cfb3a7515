"""Feeds: which products go to which channel, in which language, at which prices."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..channels.spec import PRODUCTS
from .shop_feed_channel import FORMAT_NAMES


class ShopFeed(models.Model):
    """A feed of a company's products for a channel; whoever fetches it gets the same file."""

    _name = "shop.feed"
    _description = "Shop Feed"
    _inherit = ["mail.thread", "mail.activity.mixin", "shop.feed.guarded"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    channel_id = fields.Many2one("shop.feed.channel", required=True, index=True, ondelete="restrict", tracking=True)
    content = fields.Selection(related="channel_id.content")
    format = fields.Selection(
        FORMAT_NAMES, compute="_compute_format", store=True, precompute=True, readonly=False, required=True
    )
    user_id = fields.Many2one(
        "res.users", string="Owner", default=lambda self: self.env.user, tracking=True, ondelete="set null"
    )

    # === SHOP === #

    shop = fields.Selection(
        [("website", "This website"), ("external", "Another shop")], required=True, default="website", tracking=True
    )
    website_id = fields.Many2one(
        "website", index="btree_not_null", ondelete="restrict", check_company=True, tracking=True
    )
    url_template = fields.Char(help="Address of a product: {default_code}, {barcode}, {id}, {slug} stand for its own.")
    image_template = fields.Char(help="Address of its picture, likewise; empty: the picture in Odoo.")
    lang_id = fields.Many2one(
        "res.lang", string="Language", required=True, ondelete="restrict", default=lambda self: self._get_language()
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="What products cost, and the list on which the history of prices is kept that reductions need (art. "
        "17-bis). A shop without price lists has one without rules here: it says the sales prices, and visitors of the "
        "shop are guarded by it all the same.",
    )
    currency_id = fields.Many2one(related="pricelist_id.currency_id")
    country_id = fields.Many2one(
        "res.country",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.company.account_fiscal_country_id,
        help="Where it is sold: of shipping, and of taxes.",
    )
    fiscal_position_id = fields.Many2one(
        "account.fiscal.position",
        ondelete="restrict",
        check_company=True,
        help="Maps taxes as for a consumer of the country; empty: taxes as they are on the products.",
    )

    # === PRODUCTS === #

    public_category_ids = fields.Many2many(
        "product.public.category", string="Shop Categories", help="With all below them; empty: all."
    )
    excluded_category_ids = fields.Many2many(
        "product.public.category", "shop_feed_excluded_category_rel", string="Categories Left Out"
    )
    tag_ids = fields.Many2many("product.tag", string="Tags", help="Products with one of them; empty: all.")
    excluded_tag_ids = fields.Many2many("product.tag", "shop_feed_excluded_tag_rel", string="Tags Left Out")
    variants = fields.Selection(
        [("all", "Every variant"), ("first", "One variant a product")], required=True, default="all"
    )
    out_of_stock = fields.Selection(
        [("send", "Send as out of stock"), ("leave", "Leave out")], required=True, default="send"
    )

    # === CAMPAIGN === #

    utm_source_id = fields.Many2one("utm.source", ondelete="set null")
    utm_medium_id = fields.Many2one("utm.medium", ondelete="set null")
    utm_campaign_id = fields.Many2one("utm.campaign", ondelete="set null")

    # === BUILDS === #

    build_id = fields.Many2one("shop.feed.build", string="Served", readonly=True, copy=False, ondelete="restrict")
    build_ids = fields.One2many("shop.feed.build", "feed_id")
    item_ids = fields.One2many("shop.feed.item", "feed_id")
    lost_percent = fields.Integer(
        string="Lost at Most (%)", default=20, help="A build that loses more of the items waits for a person."
    )
    left_out_percent = fields.Integer(
        string="Faulty at Most (%)", default=50, help="A build in which more of the items have errors waits likewise."
    )

    _name_unique = models.Constraint("unique(company_id, name)", "A company has one feed of a name.")
    _percents_sound = models.Constraint(
        "CHECK(lost_percent BETWEEN 0 AND 100 AND left_out_percent BETWEEN 0 AND 100)",
        "A percentage lies between 0 and 100.",
    )

    @api.model
    def _get_language(self):
        return self.env["res.lang"]._lang_get(self.env.user.lang or "en_US").id

    @api.depends("channel_id")
    def _compute_format(self):
        for feed in self:
            feed.format = feed.channel_id.format

    def _tells_of_products(self):
        return self.channel_id.content == PRODUCTS

    @api.constrains("shop", "website_id", "url_template", "channel_id")
    def _check_shop(self):
        for feed in self:
            if feed.shop == "external" and not feed._tells_of_products():
                raise ValidationError(
                    self.env._(
                        "%(feed)s tells of offers or reviews, which only a website of Odoo has: choose one.",
                        feed=feed.name,
                    )
                )
            if feed.shop == "website" and not feed.website_id:
                raise ValidationError(self.env._("%(feed)s needs the website on which it is sold.", feed=feed.name))
            if feed.shop == "external" and not feed.url_template:
                raise ValidationError(self.env._("%(feed)s needs the address of a product.", feed=feed.name))
