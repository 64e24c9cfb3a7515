"""How one field is filled."""

from .sources import SOURCES, checked_source, is_empty, text_of
from .template import Template
from .transforms import chain


class Row:
    """Sources tried one after the other, then a template, then a fixed text; transforms on what comes out.

    A value that needs no transform goes on as it is, so that money stays money and pictures stay a list.

    :param str field: the channel's name of the field
    :param sources: names of sources, the first that says anything counts
    :param str template: where no source does
    :param str fixed: where the template does not either
    :param transforms: steps of :func:`~.transforms.chain`
    :raise Mistake: where the row makes no sense

    >>> row = Row("brand", ["brand", "attribute:Marca"], fixed="Frantoio", transforms=[("upper",)])
    >>> row.value({"attribute:Marca": "Barilla"}), row.value({})
    ('BARILLA', 'FRANTOIO')
    >>> Row("title", template="{brand} {title}").value({"title": "Olio"})
    'Olio'
    """

    def __init__(self, field, sources=(), template="", fixed="", transforms=()):
        self.field = field
        self._sources = [checked_source(name) for name in sources]
        self._template = Template(template) if template else None
        self._fixed = fixed
        self._change = chain(transforms) if transforms else None

    @property
    def needs(self):
        """The sources it may read, so that only those are fetched."""
        return frozenset(self._sources) | frozenset(self._template.sources if self._template else ())

    def value(self, facts):
        """The value of the field for the facts of a product, by the names of sources; "" for none."""
        value = next((facts[name] for name in self._sources if not is_empty(facts.get(name))), "")
        if value == "" and self._template:
            value = self._template.filled(facts)
        if value == "":
            value = self._fixed
        if self._change and value != "":
            value = (
                [self._change(text_of(each)) for each in value]
                if isinstance(value, list)
                else self._change(text_of(value))
            )
        return value


# What fills a meaning that is not the name of a source itself, the best first.
OTHER_SOURCES = {
    "item_group_id": ("group_id",),
    "google_product_category": ("taxonomy",),
    "fb_product_category": ("facebook_taxonomy",),
    "product_type": ("shop_category_path", "category_path"),
}
# Channels part the levels of a path by another sign. Meta calls a language as Odoo does, but for those that its pages
# name without a country: ``en_XX`` (Localized Catalog Setup) and ``fr_XX``; its list of the others is not public.
OTHER_SIGNS = {
    "product_type": [("replace", " / ", " > ")],
    "language": [
        ("replace", code, f"{code[:2]}_XX")
        for code in ("en_US", "en_GB", "en_AU", "en_CA", "en_IN", "en_NZ", "fr_FR", "fr_BE", "fr_CA", "fr_CH")
    ],
}


def default_sources(role):
    """The sources of a meaning, the best first; none where nothing says it.

    >>> default_sources("brand"), default_sources("product_type"), default_sources("custom_label_0")
    (('brand',), ('shop_category_path', 'category_path'), ())
    """
    names = OTHER_SOURCES.get(role) or (role,)
    return names if SOURCES.issuperset(names) else ()


def default_rows(channel):
    """A row for each field whose meaning some source has: where a new feed starts from.

    >>> from ..channels.shipped import shipped
    >>> [row.field for row in default_rows(shipped()["idealo"])][:5]
    ['sku', 'brand', 'title', 'categoryPath', 'url']
    """
    sources = {field.name: (field.role, default_sources(field.role)) for field in channel.fields}
    return [Row(name, names, transforms=OTHER_SIGNS.get(role, ())) for name, (role, names) in sources.items() if names]
