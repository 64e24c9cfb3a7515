"""Categories of channels."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..mapping.taxonomy import PATH, Category, search

KIND_NAMES = [("google", "Google"), ("facebook", "Facebook")]
CANDIDATES = 6_000  # a whole public taxonomy: what may be put in order by how well it fits


class ShopFeedTaxonomy(models.Model):
    """A category of a public taxonomy, as its file was imported."""

    _name = "shop.feed.taxonomy"
    _description = "Category of a Channel"
    _order = "path"
    _rec_name = "path"

    kind = fields.Selection(KIND_NAMES, required=True, default="google")
    number = fields.Integer(required=True, aggregator=None)
    path = fields.Char(required=True, index="trigram")
    version = fields.Char()
    active = fields.Boolean(default=True)

    _number_unique = models.Constraint("unique(kind, number)", "A category of a taxonomy has one number.")

    @api.model
    def _search_display_name(self, operator, value):
        # OVERRIDE: each word anywhere in the path, or the number; "olio oliva" finds Food > Oil > Olive.
        if operator in {"ilike", "like"} and isinstance(value, str) and value.strip():
            by_words = Domain.AND(Domain("path", "ilike", word) for word in value.split() if word.strip(">"))
            return by_words | Domain("number", "=", int(value)) if _is_number(value) else by_words
        return super()._search_display_name(operator, value)

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        # OVERRIDE: the best fit first, rather than by letters.
        if not name.strip() or operator != "ilike" or _is_number(name):
            return super().name_search(name, domain, operator, limit)
        found = self.search_fetch(
            Domain(domain or Domain.TRUE) & Domain("display_name", "ilike", name), ["path"], limit=CANDIDATES
        )
        names = {each.id: each.path for each in found}
        categories = [Category(number, tuple(path.split(PATH))) for number, path in names.items()]
        best = [category.id for category in search(categories, name, limit or len(names))]
        ordered = list(dict.fromkeys([*best, *names]))
        return [(number, names[number]) for number in ordered[:limit]]


def _is_number(text):
    return text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 10
