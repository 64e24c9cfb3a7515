"""The share page of a feed: whether there is one, where, and what may be done on it."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

SHARE_ROUTE = "/catalogo"
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?", re.ASCII)


class ShopFeed(models.Model):
    """A shop without an e-commerce, or in front of one: what the feed sends, as a page."""

    _inherit = "shop.feed"

    is_shared = fields.Boolean(string="Share Page", tracking=True, copy=False)
    share_slug = fields.Char(
        string="Address of the Page",
        compute="_compute_share_slug",
        store=True,
        readonly=False,
        copy=False,
        help="The last part of the address: small letters, digits and hyphens.",
    )
    share_title = fields.Char(string="Heading", help="Empty: the company's name.")
    share_text = fields.Text(string="Words under the Heading")
    is_indexed = fields.Boolean(
        string="In Search Engines", help="Otherwise the page is only for those who get its address."
    )
    is_embeddable = fields.Boolean(
        string="In Other Sites", help="Any site may show the page in a frame; otherwise only this one."
    )
    share_offer_id = fields.Many2one(
        "shop.feed.offer",
        string="Discount for Fans",
        domain="[('feed_id', '=', id)]",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="Told at the head of the page, beside the way to get it; prices stay what everybody pays.",
    )
    has_shop_links = fields.Boolean(
        string="Links to the Shop", default=True, help="Each product leads to its own page."
    )
    has_questions = fields.Boolean(
        string="Ask for It", default=True, help="A form at each product; what is asked arrives as a lead or a mail."
    )
    share_privacy_url = fields.Char(string="Privacy Policy", help="Its address, shown beside the form.")
    share_url = fields.Char(string="Share Page's Address", compute="_compute_share_url")
    share_frame = fields.Text(string="For Another Site", compute="_compute_share_url")

    _slug_unique = models.UniqueIndex("(share_slug) WHERE share_slug IS NOT NULL", "Another page has this address.")

    @api.depends("is_shared")
    def _compute_share_slug(self):
        for feed in self:
            if feed.is_shared and not feed.share_slug:
                feed.share_slug = feed._get_free_slug()

    def _get_free_slug(self):
        start = self.env["ir.http"]._slugify(self.share_title or self.company_id.name or "")[:50].strip("-") or "shop"
        taken = self.sudo().with_context(active_test=False)  # addresses are one's own across companies
        slug, number = start, 2
        while taken.search_count([("share_slug", "=", slug), ("id", "!=", self._origin.id)], limit=1):
            slug, number = f"{start}-{number}", number + 1
        return slug

    @api.constrains("is_shared", "share_slug")
    def _check_share_slug(self):
        for feed in self:
            if feed.is_shared and not SLUG.fullmatch(feed.share_slug or ""):
                raise ValidationError(
                    self.env._("The address of a page is made of small letters, digits and hyphens, such as my-shop.")
                )

    @api.constrains("share_offer_id")
    def _check_share_offer(self):
        for feed in self:
            if feed.share_offer_id and feed.share_offer_id.feed_id != feed:
                raise ValidationError(self.env._("The discount for fans is one of another feed."))

    @api.constrains("share_privacy_url")
    def _check_share_privacy_url(self):
        for feed in self:
            if feed.share_privacy_url and not re.match(r"(https?://|/(?!/))", feed.share_privacy_url):
                raise ValidationError(self.env._("The address of the privacy policy begins with https:// or with /."))

    @api.depends("is_shared", "share_slug", "is_embeddable", "website_id", "company_id")
    def _compute_share_url(self):
        for feed in self:
            is_there = feed.is_shared and feed.share_slug
            feed.share_url = f"{feed._get_share_base()}{SHARE_ROUTE}/{feed.share_slug}" if is_there else False
            feed.share_frame = feed._get_share_frame() if is_there and feed.is_embeddable else False

    def _get_share_base(self):
        website = self.website_id or self.company_id.website_id
        return website.sudo().get_base_url() if website else self.get_base_url()  # an address that everybody gets

    def _get_share_picture(self, url):
        """The address of a picture for the page: one of this website without the host, as the page may have another."""
        return url.removeprefix(self._get_share_base()) if url else url

    def _get_share_frame(self):
        """What another site's page takes to show this one."""
        title = (self.share_title or self.company_id.name or "").replace("&", "&amp;").replace('"', "&quot;")
        style = "width:100%;height:900px;border:0"
        return f'<iframe src="{self.share_url}" title="{title}" loading="lazy" style="{style}"></iframe>'

    @api.model
    def _find_shared(self, slug, website):
        """The feed that is shared at an address, as the server; empty where there is none on the website."""
        feeds = self.sudo()  # visitors have no rights on feeds: sharing gives them the page
        feed = feeds.search([("share_slug", "=", slug), ("is_shared", "=", True)], limit=1) if slug else feeds
        is_here = feed.website_id == website if feed.website_id else feed.company_id == website.company_id
        return feed if is_here else feeds.browse()

    def action_open_share_page(self):
        """The page as visitors see it."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self.share_url, "target": "new"}
