"""Categories and tags of products, and the channel's own category through the shop's tree."""

from odoo import models

from odoo.addons.listino_pricelist.models.price_facts import ids_of_path

from ..mapping.categories import nearest
from ..mapping.rules import PATH
from .shop_feed_taxonomy import KIND_NAMES

KINDS = tuple(kind for kind, _name in KIND_NAMES)  # of taxonomies
SHOP_PATHS = "shop_category_paths"  # no source: all categories, which rules ask about


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_category_facts(self, products, moment):
        """Paths, and the number of the channel's category."""
        templates = products.product_tmpl_id
        tree = _Tree(templates.public_categ_ids, self.website_id if self.shop == "website" else None)
        of_template = {template.id: self._get_template_categories(template, tree) for template in templates}
        return {product.id: {**of_template[product.product_tmpl_id.id]} for product in products}

    def _get_tag_facts(self, products, moment):
        """Tags for customers to see: others are the shop's own business."""
        return {
            product.id: {
                "tags": [tag.name for tag in product.all_product_tag_ids.sorted("sequence") if tag.visible_to_customers]
            }
            for product in products
        }

    def _get_template_categories(self, template, tree):
        """The deepest category of the shop says most; of several the first of the shop's order."""
        categories = tree.of(template)
        paths = [tree.path(category) for category in categories]
        own = {entry.kind: entry.number for entry in _entries(template)}
        google, facebook = (own.get(kind) or tree.taxonomy_number(categories, kind) for kind in KINDS)
        return {
            "category_path": template.categ_id.complete_name,
            "shop_category_path": paths[0] if paths else "",
            SHOP_PATHS: paths,
            "taxonomy": str(google) if google else "",
            "facebook_taxonomy": str(facebook) if facebook else "",
        }


class _Tree:
    """The shop's categories with all above them, read once for a chunk.

    :param categories: the categories that products have
    :param website: whose own categories count beside those of all; None: every one
    """

    def __init__(self, categories, website):
        self._website = website
        known = categories.browse({id_ for category in categories for id_ in ids_of_path(category.parent_path or "")})
        self._names = {category.id: category.name for category in known}
        self._parents = {category.id: category.parent_id.id or None for category in known}
        self._entered = {kind: {} for kind in KINDS}
        for category in known:
            for entry in _entries(category):
                self._entered[entry.kind].setdefault(category.id, entry.number)
        self._depths = {category.id: (category.parent_path or "").count("/") for category in known}
        self._places = {category.id: (category.sequence, category.name or "", category.id) for category in known}

    def of(self, template):
        """The categories of a product, the one that says most first."""
        found = [
            category.id
            for category in template.public_categ_ids
            if not self._website or category.website_id.id in (False, self._website.id)
        ]
        return sorted(found, key=lambda each: (-self._depths[each], self._places[each]))

    def path(self, category_id):
        names = []
        while category_id:
            names.append(self._names[category_id] or "")
            category_id = self._parents[category_id]
        return PATH.join(reversed(names))

    def taxonomy_number(self, category_ids, kind):
        """What was entered of a taxonomy nearest above the first category for which anything was."""
        found = (nearest(each, self._parents, self._entered[kind]) for each in category_ids)
        return next(filter(None, found), None)


def _entries(record):
    """The categories of channels that were entered on a product or a shop category; each says whose it is."""
    return record.feed_taxonomy_id | record.feed_facebook_taxonomy_id
