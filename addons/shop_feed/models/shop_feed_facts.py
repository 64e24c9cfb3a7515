"""What is known of products: facts by the names of :data:`mapping.sources.SOURCES`, theme by theme, many at once."""

from zoneinfo import ZoneInfo

from odoo import models

from ..identity.names import group_id, item_id
from ..mapping import attributes
from ..mapping.sources import ATTRIBUTE, SOURCES
from ..texts.html import plain
from .shop_feed_delivery import COSTS

CHANGES, PROBLEMS = "changes", "problems"  # no sources: what a theme tells beside facts, see `_get_fact_themes`
TEXTS = frozenset(
    {
        "title",
        "description",
        "rich_description",
        "short_description",
        "brand",
        "mpn",
        "gtin",
        "internal_reference",
        "condition",
        "gender",
        "age_group",
        "unit_name",
        "weight",
        "volume",
        "country_of_origin",
        "delivery_time",
        "ribbon",
        "company_name",
        "website_name",
        "language",
        "country",
    }
)
PRICES = frozenset(
    {
        "price",
        "sale_price",
        "former_price",
        "current_price",
        "lowest_price",
        "sale_price_effective_date",
    }
)
THEMES = {
    "_get_identity_facts": frozenset({"id", "group_id"}),
    "_get_text_facts": TEXTS,
    "_get_attribute_facts": attributes.ROLES | {ATTRIBUTE},
    "_get_category_facts": frozenset({"category_path", "shop_category_path", "taxonomy", "facebook_taxonomy"}),
    "_get_tag_facts": frozenset({"tags"}),
    "_get_link_facts": frozenset({"link", "mobile_link"}),
    "_get_image_facts": frozenset({"image_link", "additional_image_link"}),
    "_get_stock_facts": frozenset({"availability", "availability_date", "quantity"}),
    "_get_end_facts": frozenset({"expiration_date"}),
    "_get_measure_facts": frozenset({"unit_pricing_measure", "unit_pricing_base_measure", "unit_price"}),
    "_get_price_facts": PRICES | {"unit_price", "loyalty_program"} | COSTS,
    "_get_delivery_facts": COSTS,
    "_get_loyalty_facts": frozenset({"loyalty_program"}),
    "_get_payment_facts": frozenset({"payment_cost"}),
    "_get_rate_facts": PRICES,
    "_get_rating_facts": frozenset({"rating"}),
}


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    # === HOOKS === #

    def _get_fact_themes(self):
        """Methods by name, with the sources that each tells; a hook.

        A method takes products (in the feed's own terms) and a moment (UTC, without a zone). It gives facts by product
        id, in a number of queries that does not grow with the products, and reads nothing of the request. Beside
        facts it may tell under :data:`CHANGES` the moments (with their zones) at which they will be others, and under
        :data:`PROBLEMS` tuples of a code of :data:`channels.issues.CODES`, a role and a dictionary of numbers.
        What an earlier method said of a source stays.
        """
        return THEMES

    def _get_zone(self):
        """Where the seller's days begin and end."""
        self.ensure_one()
        return ZoneInfo(self.company_id.resource_calendar_id.tz or self.company_id.partner_id.tz or "Europe/Rome")

    # === FACTS === #

    def _get_facts(self, products, moment, needs=SOURCES):
        """All that a feed needs to know of products.

        :param products: of the feed, in its own terms
        :param datetime moment: of the build, UTC, without a zone
        :param needs: names of sources; only their themes are asked
        :rtype: dict[int, dict]
        """
        self.ensure_one()
        facts = {product.id: {CHANGES: [], PROBLEMS: []} for product in products}
        wanted = {ATTRIBUTE if name.startswith(ATTRIBUTE) else name for name in needs}
        for method, sources in self._get_fact_themes().items():
            if sources & wanted:
                for product_id, found in getattr(self, method)(products, moment).items():
                    known = facts[product_id]
                    known[CHANGES] += found.pop(CHANGES, ())
                    known[PROBLEMS] += found.pop(PROBLEMS, ())
                    facts[product_id] = {**found, **known}
        return {product_id: self._complete_facts(known) for product_id, known in facts.items()}

    def _complete_facts(self, facts):
        """What follows from facts of several themes; a hook."""
        return {
            **facts,
            "unit_price": self._get_unit_price(facts),
            **self._get_delivery_costs(facts),
            **self._get_member_facts(facts),
        }

    def _get_identity_facts(self, products, moment):
        """Names by which the channel knows an item and its variants."""
        channel = self.channel_id._get_specification()
        limits = {role: field.max_length or 50 for role, field in channel.by_role.items()}
        id_limit, group_limit = limits.get("id", 50), limits.get("item_group_id", 50)
        templates = products.product_tmpl_id
        counts = dict(
            self.env["product.product"]._read_group(
                [("product_tmpl_id", "in", templates.ids)], ["product_tmpl_id"], ["__count"]
            )
        )
        several = {template.id for template in templates if counts.get(template, 0) > 1 and self.variants == "all"}
        return {
            product.id: {
                "id": item_id(product.default_code or "", product.id, id_limit),
                "group_id": group_id(template.id, group_limit) if template.id in several else "",
            }
            for product in products
            for template in product.product_tmpl_id
        }

    def _get_text_facts(self, products, moment):
        """Words, and what is entered on the product for channels."""
        website = self.website_id
        common = {
            "company_name": self.company_id.name,
            "website_name": website.name or "",
            "language": self.lang_id.code,
            "country": self.country_id.code,
        }
        return {
            product.id: {
                **common,
                **self._get_words(product),
                "gtin": product.barcode,
                "internal_reference": product.default_code,
                "weight": _number(product.weight),
                "volume": _number(product.volume),
                "ribbon": (product.variant_ribbon_id or product.website_ribbon_id).name,
            }
            for product in products
        }

    def _get_words(self, product):
        template = product.product_tmpl_id
        name = template.feed_title or template.name
        variant = product.product_template_attribute_value_ids._get_combination_name()
        described = plain(template.description_ecommerce)
        days = template.sale_delay
        return {
            "title": f"{name} ({variant})" if variant else name,
            "description": template.feed_description
            or described
            or template.description_sale
            or template.website_meta_description,
            "rich_description": template.description_ecommerce if described else "",
            "short_description": template.description_sale,
            "brand": template.feed_brand,
            "mpn": template.feed_mpn,
            "condition": template.feed_condition or "new",
            "gender": template.feed_gender,
            "age_group": template.feed_age_group,
            "unit_name": template.uom_id.name,
            "country_of_origin": template.country_of_origin.code,
            "delivery_time": self.env._("%(days)s days", days=days) if days > 0 else "",
        }

    def _get_attribute_facts(self, products, moment):
        """Values by the attribute's name, in the feed's language and in English, and by what they mean to channels."""
        facts = {}
        for product in products:
            facts[product.id] = known = {}
            for value in product._get_feed_attribute_values():
                attribute = value.attribute_id
                names = dict.fromkeys([attribute.name, attribute.with_context(lang="en_US").name])
                for name in names:
                    known.setdefault(ATTRIBUTE + name, []).append(value.name)
                role = attributes.role_of(*names) or ("color" if attribute.display_type == "color" else None)
                if role:
                    known.setdefault(role, value.name)
        return facts

    def _get_rating_facts(self, products, moment):
        """What customers think of it on the whole."""
        return {
            product.id: {"rating": _number(round(template.rating_avg, 1)) if template.rating_count else ""}
            for product in products
            for template in product.product_tmpl_id
        }


def _number(value):
    """A number as it is written, nothing for nought."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value else ""
