"""Landing pages: what a visitor and a channel's robot see behind a link, beside what the feed says."""

from datetime import timezone
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.tools import SQL

from ..landing.comparison import findings, is_of_variant
from ..landing.page import number, read
from ..landing.told import told
from . import inner_client

PAGES = 20  # a feed each night
REDIRECTS = 5
AGENT = "Mozilla/5.0 (compatible; shop-feed-check; bot)"
NOT_SOLD = {"out_of_stock", "discontinued"}
ACTIVITY = "shop_feed.mail_activity_type_landing"


class ShopFeedLanding(models.Model):
    """What a page said when it was looked at last; channels refuse items whose page says something else."""

    _name = "shop.feed.landing"
    _description = "Landing Page of a Feed's Item"
    _order = "moment desc, id desc"
    _rec_name = "url"

    item_id = fields.Many2one("shop.feed.item", required=True, readonly=True, ondelete="cascade")
    feed_id = fields.Many2one("shop.feed", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    url = fields.Char(readonly=True)
    moment = fields.Datetime(required=True, readonly=True)
    state = fields.Selection(
        [("same", "Says the same"), ("differs", "Says something else"), ("unreachable", "Can't be seen")],
        required=True,
        readonly=True,
    )
    findings = fields.Json(readonly=True)
    remark = fields.Text(compute="_compute_remark")

    _item_unique = models.Constraint("unique(item_id)", "A page is looked at for an item.")

    @api.depends("findings")
    @api.depends_context("lang")
    def _compute_remark(self):
        for landing in self:
            landing.remark = "\n".join(landing._get_sentence(each) for each in landing.findings or [])

    def _get_sentence(self, finding):
        """A difference, in a sentence.

        :param dict finding: ``code`` and ``numbers`` of :mod:`landing.comparison`
        """
        numbers = finding["numbers"]
        match finding["code"]:
            case "price_differs":
                return self.env._("The feed says %(told)s, the page's data say %(said)s.", **numbers)
            case "shown_price_differs":
                return self.env._(
                    "The feed says %(told)s, people see %(said)s: does the website show prices without VAT?", **numbers
                )
            case "currency_differs":
                return self.env._("The feed is in %(told)s, the page in %(said)s.", **numbers)
            case "availability_differs":
                return self.env._("The page's data say %(said)s, the feed says otherwise.", **numbers)
            case "no_data":
                return self.env._("The page has no data of this product for machines (JSON-LD).")
            case "unreachable":
                return self.env._("The page answers %(status)s: can visitors see the product?", **numbers)
        return finding["code"]


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    @api.model
    def _cron_check_pages(self):
        """Look at some pages of each feed every night, those first that were not looked at for longest."""
        self.search([("shop", "=", "website")], order="id")._look_at_each("_check_pages")

    def _check_pages(self, limit=PAGES):
        """Look at the pages of some items; a feed of another shop has none here.

        :return: what was found
        :rtype: shop.feed.landing
        """
        self.ensure_one()
        Landing = self.env["shop.feed.landing"].sudo()  # what is found out is the server's to write
        if self.shop != "website":
            return Landing
        items = self._sample_items(limit)
        seen = [self._look_at(item) for item in items]  # which takes a while: nothing is locked meanwhile
        Landing.search([("item_id", "in", items.ids)]).unlink()
        landings = Landing.create(seen)
        self._tell_of_pages(landings)
        return landings

    def _sample_items(self, limit):
        """Items that are sent, those first whose page was never looked at, or not for longest."""
        self.env["shop.feed.item"].flush_model(["feed_id", "state"])
        self.env["shop.feed.landing"].flush_model(["item_id", "moment"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.id
                  FROM shop_feed_item item
             LEFT JOIN shop_feed_landing landing ON landing.item_id = item.id
                 WHERE item.feed_id = %s AND item.state = 'sent' AND NOT item.is_dirty
              ORDER BY landing.moment NULLS FIRST, MD5(item.id::text)
                 LIMIT %s
                """,
                self.id,
                limit,
            )
        )
        return self.env["shop.feed.item"].browse(row[0] for row in rows)

    # === A PAGE === #

    def _look_at(self, item):
        sent = self._get_told(item)
        status, text = self._render_page(sent.link)
        if status != 200:
            state, found = "unreachable", [{"code": "unreachable", "numbers": {"status": status}}]
        else:
            page = read(text)
            found = [each._asdict() for each in findings(sent, page, self._read_shown_price(sent.link, page))]
            state = "differs" if found else "same"
        return {
            "item_id": item.id,
            "feed_id": self.id,
            "product_id": item.product_id.id,
            "url": sent.link,
            "moment": fields.Datetime.now(),
            "state": state,
            "findings": found,
        }

    def _get_told(self, item):
        """What the channel was told, whatever it calls its fields.

        :rtype: landing.comparison.Told
        """
        channel = self.channel_id._get_specification()
        sent = {role: item.values.get(field.name) for role, field in channel.by_role.items()}
        is_sold = None
        if availability := sent.get("availability"):
            ours = {word for word, theirs in channel.by_role["availability"].choices.items() if theirs == availability}
            is_sold = not ours & NOT_SOLD
        return told(sent, fields.Datetime.now().replace(tzinfo=timezone.utc), is_sold)

    def _read_shown_price(self, link, page):
        """The price that people see, where it is the one of this very product."""
        lang = self.env["res.lang"]._lang_get(self.lang_id.code)
        return None if is_of_variant(link) else number(page.shown, lang.decimal_point, lang.thousands_sep or "")

    def _render_page(self, link):
        """The page as any visitor gets it, made by Odoo within this process: no network, no visit counted.

        :return: its status and its text
        """
        parts = urlsplit(link)
        headers = {"User-Agent": AGENT, "X-Disable-Tracking": "1"}
        base_url, place = f"{parts.scheme}://{parts.netloc}", f"{parts.path}?{parts.query}"
        for _redirect in range(REDIRECTS):
            response = inner_client.get(place, self.env.cr.dbname, base_url=base_url, headers=headers)
            if not response.location:
                return response.status_code, response.get_data(as_text=True)
            target = urlsplit(response.location)
            if target.netloc not in {"", parts.netloc}:
                break  # another host is none of ours
            place = f"{target.path}?{target.query}"
        return response.status_code, ""

    # === FOUND === #

    def _tell_of_pages(self, landings):
        """One activity: it is replaced while pages differ, and goes when they don't any more."""
        self.activity_unlink([ACTIVITY])
        differing = landings.filtered(lambda landing: landing.state != "same")
        if not differing:
            return
        owner = self._get_owner()
        first = differing.with_context(lang=owner.lang)[0]
        note = first.env._(
            "%(count)s of %(looked)s pages say something else than the feed, and channels refuse such products. "
            "%(product)s: %(remark)s",
            count=len(differing),
            looked=len(landings),
            product=first.product_id.display_name,
            remark=first.remark,
        )
        self.with_context(lang=owner.lang).activity_schedule(ACTIVITY, user_id=owner.id, note=note)
