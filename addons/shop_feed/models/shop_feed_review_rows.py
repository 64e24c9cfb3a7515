"""Reviews as a channel's feed of reviews tells them: those of buyers who were asked, under the name that they chose."""

from datetime import timezone

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.listino_pricelist.layout.words import one_line

from ..identity.names import item_id
from .shop_feed_rows import BATCH, Told

NOBODY = "Anonymous"  # as the channel's own pages call whoever gives no name
NAME_AT_MOST = 40
EMPTIED = [False, "", '<span class="o-mail-Message-edited"></span>']  # what is left of a message that was deleted


class RatingRating(models.Model):
    _inherit = "rating.rating"

    feed_reviewer_name = fields.Char(
        string="Name to Show", size=NAME_AT_MOST, help="What whoever rates chose to be called in public; empty: nobody."
    )
    feed_is_rewarded = fields.Boolean(
        string="For a Reward", readonly=True, help="Whoever was asked for it was promised something: channels are told."
    )

    def _choose_name(self, name):
        """Keep what a buyer wants to be called; who rates without having bought has no place for it."""
        if self.feed_order_id:
            self.feed_reviewer_name = one_line(name or "")[:NAME_AT_MOST].strip() or False


class Website(models.Model):
    _inherit = "website"

    feed_rewards_reviews = fields.Boolean(
        string="Reviews Are Rewarded",
        help="Whoever reviews gets something for it, such as a voucher: channels and readers have to be told so.",
    )


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_told_reviews(self):
        """Each review of a buyer that everybody may read on the page of the product, whatever it says.

        A feed that left out bad ones would deceive (art. 23, bb-quater Codice del consumo), and channels block it.
        """
        ratings = self.env["rating.rating"]
        found = ratings.search(self._get_review_domain(), order="id")
        language = self._get_review_language()
        for ids in split_every(BATCH, found.ids):
            batch = ratings.browse(ids)
            products = self.env["product.template"].browse(set(batch.mapped("res_id"))).grouped("id")
            for rating in batch:
                product = products[rating.res_id]
                values = {**self._get_review_values(rating, product), "review_language": language}
                yield Told(product, f"{product.name} ({rating.rating:.0f}/5)", values, [])
            ratings.invalidate_model()

    def _get_review_domain(self):
        """Verified, answered with words, published, of a product of the website that can be seen: a hook."""
        products = self.env["product.template"]._search(
            Domain("is_published", "=", True)
            & Domain("sale_ok", "=", True)
            & Domain("feed_is_excluded", "=", False)
            & Domain("website_id", "in", (False, self.website_id.id))
            & Domain("company_id", "in", (False, self.company_id.id))
        )
        return Domain.AND(
            [
                [("res_model", "=", "product.template"), ("res_id", "in", products)],
                [("consumed", "=", True), ("rating", ">=", 1), ("feedback", "not in", (False, ""))],
                [("message_id.body", "not in", EMPTIED), ("is_internal", "=", False)],
                [("feed_order_id.website_id", "=", self.website_id.id)],
            ]
        )

    def _get_review_language(self):
        """Where the website speaks one language, its customers do; where it speaks several, nobody asked them."""
        languages = self.website_id.language_ids
        return languages.code.replace("_", "-") if len(languages) == 1 else ""

    def _get_review_values(self, rating, product):
        """What is told, by the meaning of the channel's fields; of the reviewer nothing but the name he chose."""
        name = (rating.feed_reviewer_name or "").strip()
        page = f"{self._get_website_root()}{product.website_url}"
        variants = product.product_variant_ids
        return {
            "id": f"R{rating.id}",
            "reviewer_name": name or NOBODY,
            "is_anonymous": not name,
            "is_verified_purchase": True,
            "is_incentivized_review": rating.feed_is_rewarded,
            "review_timestamp": rating.rated_on.replace(tzinfo=timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "content": rating.feedback,
            "review_url": page,
            "overall": f"{rating.rating:.1f}".removesuffix(".0"),
            "gtin": [barcode for barcode in variants.mapped("barcode") if barcode],
            "mpn": product.feed_mpn,
            "sku": [item_id(variant.default_code or "", variant.id) for variant in variants],
            "brand": product.feed_brand,
            "product_name": product.name,
            "product_url": page,
            "collection_method": "post_fulfillment",
        }
