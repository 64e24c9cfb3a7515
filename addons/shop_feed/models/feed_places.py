"""Where a problem is mended: which record, and which of its fields."""

from typing import NamedTuple


class Place(NamedTuple):
    """A kind of record, and the fields of it that a person is shown.

    :param str record: ``product``, ``attributes`` (of the product), ``category`` (the shop's), ``feed``, ``shop``
        (website or address template), ``history`` (of the product's prices), ``map`` (the mapping of the feed),
        ``carriers`` and ``payments`` (the shop's ways of delivering and paying)
    :param str part: of the record; parts of products are groups of the view ``product_product_view_mend``
    """

    record: str
    part: str = ""


PRODUCT_PARTS = {
    "title": ("title",),
    "description": ("description", "rich_description", "short_description"),
    "identity": ("brand", "mpn", "gtin", "identifier_exists", "id", "internal_reference"),
    "kind": ("condition", "gender", "age_group"),
    "price": (
        "price",
        "sale_price",
        "former_price",
        "current_price",
        "lowest_price",
        "sale_price_effective_date",
    ),
    "measure": ("unit_pricing_measure", "unit_pricing_base_measure", "unit_price"),
    "picture": ("image_link", "additional_image_link"),
    "weight": ("weight", "volume"),
    "origin": ("country_of_origin", "expiration_date"),
    "shop": (
        "shop_category_path",
        "category_path",
        "tags",
        "ribbon",
        "availability",
        "availability_date",
        "quantity",
    ),
}
SOURCES = {
    **{source: Place("product", part) for part, sources in PRODUCT_PARTS.items() for source in sources},
    **dict.fromkeys(("color", "size", "material", "pattern", "group_id"), Place("attributes")),
    **dict.fromkeys(("link", "mobile_link", "website_name", "language", "country"), Place("shop")),
    **dict.fromkeys(("shipping", "delivery_cost"), Place("carriers")),
    "payment_cost": Place("payments"),
    "loyalty_program": Place("feed", "members"),
    **dict.fromkeys(("taxonomy", "facebook_taxonomy"), Place("category")),
}
CODES = {
    "currency_differs": Place("feed", "prices"),
    "unknown_field": Place("map"),
    "id_twice": Place("product", "identity"),
    "variants_alike": Place("attributes"),
    "variant_alone": Place("attributes"),
    **dict.fromkeys(
        ("reduction_unknown", "reduction_not_lower", "reduction_capped", "reduction_new"), Place("history")
    ),
    "url_not_public": Place("shop"),
    "url_not_secure": Place("shop"),
    "url_not_absolute": Place("shop"),
    "url_with_password": Place("shop"),
    "url_of_back_office": Place("shop"),
}
ATTRIBUTES, MAP = Place("attributes"), Place("map")


def place_of(code, source):
    """Where somebody mends a problem: the code alone may say it, else what fills the field.

    :param str code: of the problem
    :param str source: that fills the field; empty where a fixed text or nothing does

    >>> place_of("gtin_length", "gtin"), place_of("missing", "attribute:Colore"), place_of("missing", "")
    (Place(record='product', part='identity'), Place(record='attributes', part=''), Place(record='map', part=''))
    >>> place_of("currency_differs", "price").record
    'feed'
    """
    if code in CODES:
        return CODES[code]
    if source.startswith("attribute:"):
        return ATTRIBUTES
    return SOURCES.get(source, MAP)
