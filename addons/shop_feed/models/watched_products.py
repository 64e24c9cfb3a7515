"""What feeds tell of products, and of what products are described with."""

from odoo import models

# Variants are counted, and one alone names the whole.
OF_SIBLINGS = frozenset({"active", "default_code", "product_tmpl_id"})


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "shop.feed.watched"]

    _feed_watches_new = False  # products that come into a feed are found as such
    _feed_watched = frozenset(
        {
            "active",
            "allow_out_of_stock_order",
            "attribute_line_ids",
            "base_unit_count",
            "base_unit_id",
            "categ_id",
            "company_id",
            "compare_list_price",
            "country_of_origin",
            "default_code",
            "description_ecommerce",
            "description_sale",
            "feed_age_group",
            "feed_brand",
            "feed_condition",
            "feed_description",
            "feed_facebook_taxonomy_id",
            "feed_gender",
            "feed_is_excluded",
            "feed_is_perishable",
            "feed_last_date",
            "feed_market_date",
            "feed_mpn",
            "feed_quantity",
            "feed_taxonomy_id",
            "feed_title",
            "feed_unit",
            "image_1920",
            "is_published",
            "is_storable",
            "list_price",
            "name",
            "product_tag_ids",
            "product_template_image_ids",
            "public_categ_ids",
            "sale_delay",
            "sale_ok",
            "seo_name",
            "taxes_id",
            "type",
            "uom_id",
            "volume",
            "website_id",
            "website_meta_description",
            "website_ribbon_id",
            "weight",
        }
    )

    def unlink(self):
        # OVERRIDE: variants go with the whole by PostgreSQL's hand.
        self.env["shop.feed.mark"]._add_gone(self.with_context(active_test=False).product_variant_ids)
        return super().unlink()


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "shop.feed.watched"]

    _feed_watched = OF_SIBLINGS | {
        "additional_product_tag_ids",
        "barcode",
        "base_unit_count",
        "base_unit_id",
        "image_1920",
        "image_variant_1920",
        "product_template_attribute_value_ids",
        "product_variant_image_ids",
        "standard_price",
        "variant_ribbon_id",
        "volume",
        "weight",
    }

    def unlink(self):
        # OVERRIDE: an item goes with its product by PostgreSQL's hand.
        self.env["shop.feed.mark"]._add_gone(self)
        return super().unlink()

    def _get_feed_marks(self, vals):
        return [self] if vals and OF_SIBLINGS.isdisjoint(vals) else [self.product_tmpl_id]


class ProductTemplateAttributeLine(models.Model):
    _name = "product.template.attribute.line"
    _inherit = ["product.template.attribute.line", "shop.feed.watched"]

    _feed_watched = frozenset({"active", "attribute_id", "product_tmpl_id", "sequence", "value_ids"})

    def _get_feed_marks(self, vals):
        return [self.product_tmpl_id]


class ProductTemplateAttributeValue(models.Model):
    _name = "product.template.attribute.value"
    _inherit = ["product.template.attribute.value", "shop.feed.watched"]

    _feed_watched = frozenset({"price_extra", "ptav_active"})

    def _get_feed_marks(self, vals):
        return [self.product_tmpl_id]


class ProductAttribute(models.Model):
    _name = "product.attribute"
    _inherit = ["product.attribute", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"create_variant", "display_type", "name", "sequence"})


class ProductAttributeValue(models.Model):
    _name = "product.attribute.value"
    _inherit = ["product.attribute.value", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"name", "sequence"})


class ProductImage(models.Model):
    _name = "product.image"
    _inherit = ["product.image", "shop.feed.watched"]

    _feed_watched = frozenset({"image_1920", "product_tmpl_id", "product_variant_id", "sequence", "video_url"})

    def _get_feed_marks(self, vals):
        return [self.product_tmpl_id, self.product_variant_id]


class ProductCategory(models.Model):
    _name = "product.category"
    _inherit = ["product.category", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"name", "parent_id"})


class ProductPublicCategory(models.Model):
    _name = "product.public.category"
    _inherit = ["product.public.category", "shop.feed.watched"]

    _feed_watched = frozenset(
        {
            "feed_facebook_taxonomy_id",
            "feed_taxonomy_id",
            "name",
            "parent_id",
            "product_tmpl_ids",
            "sequence",
            "website_id",
        }
    )

    def write(self, vals):
        # OVERRIDE: those that are taken out of a category are concerned as well.
        if "product_tmpl_ids" in vals:
            self.env["shop.feed.mark"]._add_concerned(self)
        return super().write(vals)


class ProductTag(models.Model):
    _name = "product.tag"
    _inherit = ["product.tag", "shop.feed.watched"]

    _feed_watched = frozenset(
        {"name", "product_product_ids", "product_template_ids", "sequence", "visible_to_customers"}
    )

    def write(self, vals):
        # OVERRIDE: those from which a tag is taken are concerned as well.
        if {"product_product_ids", "product_template_ids"} & vals.keys():
            self.env["shop.feed.mark"]._add_concerned(self)
        return super().write(vals)


class ProductRibbon(models.Model):
    _name = "product.ribbon"
    _inherit = ["product.ribbon", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"name"})


class UomUom(models.Model):
    _name = "uom.uom"
    _inherit = ["uom.uom", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"name"})


class WebsiteBaseUnit(models.Model):
    _name = "website.base.unit"
    _inherit = ["website.base.unit", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"name"})


class RatingRating(models.Model):
    _name = "rating.rating"
    _inherit = ["rating.rating", "shop.feed.watched"]

    _feed_watched = frozenset({"consumed", "rating", "res_id", "res_model"})

    def _get_feed_marks(self, vals):
        rated = self.filtered(lambda rating: rating.res_model == "product.template")
        return [self.env["product.template"].browse(rated.mapped("res_id"))]
