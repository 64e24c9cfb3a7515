"""Where a click lands."""

from odoo import api, models
from odoo.exceptions import ValidationError

from ..links import outside
from ..links.tags import tagged
from ..mapping.sources import Mistake


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    @api.constrains("url_template", "image_template")
    def _check_templates(self):
        for feed in self:
            for template in filter(None, (feed.url_template, feed.image_template)):
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
        """The page of each product, with the campaign's tags."""
        tags = self._get_campaign_tags()
        address = self._get_outside_address if self.shop == "external" else self._get_website_address
        links = {product.id: address(product) for product in products}
        return {product_id: {"link": tagged(link, tags) if link else ""} for product_id, link in links.items()}

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

    def _get_outside_address(self, product):
        return outside.filled(self.url_template or "", self._get_outside_values(product))

    def _get_outside_values(self, product):
        """What an address elsewhere may name of a product; a hook."""
        return {
            "default_code": product.default_code,
            "barcode": product.barcode,
            "id": product.id,
            "slug": self.env["ir.http"]._slugify(product.product_tmpl_id.name or ""),
        }
