"""Where a click lands."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..links import outside
from ..links.tags import tagged
from ..mapping.sources import Mistake


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    mobile_template = fields.Char(
        help="Address of a product for phones, likewise, where that is another one; empty: the same for all."
    )

    @api.constrains("url_template", "image_template", "mobile_template")
    def _check_templates(self):
        for feed in self:
            for template in filter(None, (feed.url_template, feed.image_template, feed.mobile_template)):
                if not outside.is_of_web(template):
                    raise ValidationError(
                        self.env._(
                            "%(address)s is no address of a shop: it begins with https:// and the shop's name.",
                            address=template,
                        )
                    )
                try:
                    outside.checked(template)
                except Mistake as mistake:
                    raise ValidationError(
                        self.env._(
                            "%(address)s can't be filled. Write at least one of %(names)s in braces, and no other.",
                            address=template,
                            names=", ".join(outside.NAMES),
                        )
                    ) from mistake

    def _get_link_facts(self, products, moment):
        """The page of each product, with the campaign's tags; a website of Odoo has one page for all screens."""
        tags = self._get_campaign_tags()
        address = self._get_outside_address if self.shop == "external" else self._get_website_address
        facts = {product.id: {"link": address(product)} for product in products}
        if self.shop == "external" and self.mobile_template:
            for product in products:
                facts[product.id]["mobile_link"] = self._get_outside_address(product, self.mobile_template)
        return {
            product_id: {name: tagged(link, tags) if link else "" for name, link in links.items()}
            for product_id, links in facts.items()
        }

    def _get_campaign_tags(self):
        return {
            "utm_source": self.utm_source_id.name or "",
            "utm_medium": self.utm_medium_id.name or "",
            "utm_campaign": self.utm_campaign_id.name or "",
        }

    def _get_website_address(self, product):
        """The page on the website, in the feed's language and with its list where visitors may choose that."""
        link = f"{self._get_website_root()}{product.website_url}"
        if self.pricelist_id.selectable:
            link += f"{'&' if '?' in link else '?'}pricelist={self.pricelist_id.id}"
        return link

    def _get_website_root(self):
        """The website's address, as far as the language."""
        website, lang = self.website_id, self.lang_id
        is_other = lang != website.default_lang_id and lang in website.language_ids
        return website.get_base_url() + (f"/{lang.url_code}" if is_other else "")

    def _get_outside_address(self, product, template=None):
        return outside.filled(template or self.url_template or "", self._get_outside_values(product))

    def _get_outside_values(self, product):
        """What an address elsewhere may name of a product; a hook."""
        return {
            "default_code": product.default_code,
            "barcode": product.barcode,
            "id": product.id,
            "slug": self.env["ir.http"]._slugify(product.product_tmpl_id.name or ""),
        }
