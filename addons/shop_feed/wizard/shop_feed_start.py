"""First steps: a feed out of three answers."""

from itertools import chain

from odoo import api, fields, models
from odoo.fields import Domain

MEDIUM = "feed"  # what visits by feeds are counted under


class ShopFeedStart(models.TransientModel):
    """Asks where the products go, which shop they are in, and at which prices; the rest follows from these."""

    _name = "shop.feed.start"
    _description = "New Shop Feed"

    channel_id = fields.Many2one("shop.feed.channel", string="Where to?", required=True)
    shop = fields.Selection(
        [("website", "Our shop on this website"), ("external", "Another shop of ours, elsewhere")],
        string="Which shop does a click lead to?",
        required=True,
        default="website",
    )
    website_id = fields.Many2one("website", default=lambda self: self._get_website())
    url_template = fields.Char(string="Address of a Product")
    image_template = fields.Char(string="Address of Its Picture")
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="At which prices?",
        compute="_compute_pricelist_id",
        store=True,
        compute_sudo=False,
        precompute=True,
        readonly=False,
        domain="[('company_id', 'in', [company_id, False])]",
        help="Empty: at the sales prices, by a list without rules, on which their history is kept.",
    )
    has_feed = fields.Boolean(compute="_compute_has_feed")

    @api.model
    def _get_website(self):
        return self.env["website"].search([("company_id", "=", self.env.company.id)], limit=1)

    @api.depends("shop", "website_id")
    def _compute_company_id(self):
        for wizard in self:
            own = wizard.website_id.company_id if wizard.shop == "website" else self.env.company
            wizard.company_id = own or self.env.company

    @api.depends("shop", "website_id")
    def _compute_pricelist_id(self):
        """The list by which the website shows its prices to whoever comes along; a shop without lists has none."""
        for wizard in self:
            if wizard.shop == "website" and not self._has_lists():
                wizard.pricelist_id = wizard._find_plain_list()
                continue
            lists = wizard.website_id.pricelist_ids if wizard.shop == "website" else self.env["product.pricelist"]
            public = lists.filtered("selectable")[:1] or lists[:1]
            wizard.pricelist_id = public or self.env["product.pricelist"].search(
                Domain("company_id", "in", [wizard.company_id.id, False]), limit=1
            )

    @api.model
    def _has_lists(self):
        """Whether the shop asks price lists at all, :meth:`website._get_and_cache_current_pricelist`."""
        return self.env["res.groups"]._is_feature_enabled("product.group_product_pricelist")

    def _find_plain_list(self):
        """A list of the company that changes no price."""
        lists = self.env["product.pricelist"].sudo()  # a feed's manager need not see lists that he doesn't choose
        plain = Domain("item_ids", "=", False) & Domain("currency_id", "=", self.company_id.currency_id.id)
        return lists.search(plain & Domain("company_id", "=", self.company_id.id), limit=1).sudo(False)

    def _create_plain_list(self):
        """One more, which nobody gets in the shop: it only keeps the history of what everybody pays."""
        vals = {
            "name": self.env._("Sales prices"),
            "company_id": self.company_id.id,
            "currency_id": self.company_id.currency_id.id,
            "selectable": False,
        }
        return self.env["product.pricelist"].sudo().create(vals).sudo(False)  # a list without rules changes no price

    @api.depends("channel_id", "company_id")
    def _compute_has_feed(self):
        for wizard in self:
            wizard.has_feed = bool(wizard._find_feeds())

    def action_create_feed(self):
        """Make the feed, have it built, and show it."""
        self.ensure_one()
        feed = self.env["shop.feed"].create(self._prepare_feed_vals())
        feed._request_build()
        return feed._get_records_action()

    def _find_feeds(self):
        own = Domain("channel_id", "=", self.channel_id.id) & Domain("company_id", "=", self.company_id.id)
        return self.env["shop.feed"].search(own)

    def _prepare_feed_vals(self):
        """What follows from the answers."""
        country = self.company_id.account_fiscal_country_id or self.company_id.country_id
        is_website = self.shop == "website"
        return {
            "name": self._get_free_name(),
            "channel_id": self.channel_id.id,
            "shop": self.shop,
            "website_id": self.website_id.id if is_website else False,
            "url_template": False if is_website else self.url_template,
            "image_template": False if is_website else self.image_template,
            "company_id": self.company_id.id,
            "lang_id": self._get_language(),
            "pricelist_id": (self.pricelist_id or self._find_plain_list() or self._create_plain_list()).id,
            "country_id": country.id,
            "fiscal_position_id": self._get_consumer_position(country).id,
            "utm_source_id": self.env["utm.mixin"]._find_or_create_record("utm.source", self.channel_id.code).id,
            "utm_medium_id": self.env["utm.mixin"]._find_or_create_record("utm.medium", MEDIUM).id,
        }

    def _get_free_name(self):
        """The channel's name; with that of the website, then with a number, where the company has such a feed."""
        Feed = self.env["shop.feed"].with_context(active_test=False)
        taken = set(Feed.search([("company_id", "=", self.company_id.id)]).mapped("name"))
        name = self.channel_id.name
        longer = f"{name} - {self.website_id.name}" if self.shop == "website" else name
        numbered = (f"{longer} {number}" for number in range(2, len(taken) + 3))
        return next(each for each in chain((name, longer), numbered) if each not in taken)

    def _get_language(self):
        return self.website_id.default_lang_id.id if self.shop == "website" else self.env["shop.feed"]._get_language()

    def _get_consumer_position(self, country):
        """The fiscal position of a consumer in a country: of somebody at home there, without a VAT number."""
        consumer = self.env["res.partner"].new({"country_id": country.id})
        return self.env["account.fiscal.position"].with_company(self.company_id)._get_fiscal_position(consumer)
