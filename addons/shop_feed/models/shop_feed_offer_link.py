"""The link of an offer: what is posted, and where it leads."""

import base64
import io
from urllib.parse import urlsplit

import qrcode

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..links.coupon import coupon_link
from ..links.tags import tagged

ROUTE = "/f"
QR_BOX = 12  # pixels a square


class ShopFeedOffer(models.Model):
    _inherit = "shop.feed.offer"

    short_url = fields.Char(string="Link to Post", compute="_compute_short_url")
    qr_image = fields.Binary(string="QR Code", compute="_compute_qr_image")
    post_text = fields.Text(string="Words to Post", compute="_compute_post_text")

    @api.depends("short_code", "feed_id")
    def _compute_short_url(self):
        for offer in self:
            base = offer.website_id.sudo().get_base_url()  # an address that is posted anyway
            offer.short_url = f"{base}{ROUTE}/{offer.short_code}" if offer.short_code else False

    @api.depends("short_url")
    def _compute_qr_image(self):
        for offer in self:
            offer.qr_image = offer.short_url and offer._draw_qr()

    def _draw_qr(self):
        """The code as Odoo draws that of its second factor; ``/report/barcode`` needs a renderer that not all have."""
        picture = io.BytesIO()
        qrcode.make(self.short_url, box_size=QR_BOX).save(picture, optimise=True, format="PNG")
        return base64.b64encode(picture.getvalue())

    @api.depends("name", "short_url", "date_to", "program_id", "feed_id")
    def _compute_post_text(self):
        for offer in self:
            offer.post_text = "\n".join(offer._get_post_lines()) if offer.short_url else False

    def _get_post_lines(self):
        """What is posted, in the feed's language: a hook."""
        speaking = self.with_context(lang=self.feed_id.lang_id.code)
        lines = [speaking.name, speaking._get_discount_words()]
        if self.date_to:
            lines.append(speaking.env._("Until %(day)s.", day=format_date(speaking.env, self.date_to)))
        return [line for line in [*lines, self.short_url] if line]

    def _get_discount_words(self):
        """What the program gives, in its own words."""
        rewards = self.program_id.sudo().reward_ids  # of a program that is posted
        return ", ".join(rewards.filtered("description").mapped("description"))

    # === WHERE IT LEADS === #

    def _get_destination(self, code=""):
        """The address to which a fan is led: the shop or the product, tagged; through the coupon where there is one.

        :param str code: of the discount; empty: the page alone
        """
        self.ensure_one()
        base = self.website_id.get_base_url()
        path = urlsplit(tagged(self._get_path(), self._get_tags()))._replace(scheme="", netloc="").geturl()
        return coupon_link(base, code, path) if code else f"{base}{path}"

    def _get_path(self):
        product = self.product_tmpl_id
        return product.website_url if product.website_published and product.sale_ok else "/shop"

    def _get_tags(self):
        """Campaign tags by name."""
        return {
            "utm_source": self.utm_source_id.name or self.feed_id.utm_source_id.name,
            "utm_medium": self.utm_medium_id.name or self.feed_id.utm_medium_id.name,
            "utm_campaign": self.utm_campaign_id.name,
        }

    def action_open_link(self):
        """Try the link as a fan."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self.short_url, "target": "new"}

    def action_download_qr(self):
        """The QR code as a picture to print."""
        self.ensure_one()
        self.check_access("read")
        url = f"/web/content/{self._name}/{self.id}/qr_image?filename={self.short_code}.png&download=1"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}
