"""What a feed may say of a product. A source that is not in this list does not exist: no cost, no supplier, no note."""

SOURCES = frozenset(
    [
        "id",
        "group_id",
        "title",
        "description",
        "rich_description",
        "short_description",
        "link",
        "mobile_link",
        "brand",
        "mpn",
        "gtin",
        "internal_reference",
        "condition",
        "gender",
        "age_group",
        "color",
        "size",
        "material",
        "pattern",
        "size_system",
        "category_path",
        "shop_category_path",
        "taxonomy",
        "facebook_taxonomy",
        "tags",
        "unit_name",
        "country_of_origin",
        "delivery_time",
        "ribbon",
        "company_name",
        "website_name",
        "language",
        "country",
        "price",
        "sale_price",
        "former_price",
        "current_price",
        "lowest_price",
        "unit_price",
        "quantity",
        "weight",
        "volume",
        "rating",
        "image_link",
        "additional_image_link",
        "availability",
        "availability_date",
        "sale_price_effective_date",
        "identifier_exists",
        "unit_pricing_measure",
        "unit_pricing_base_measure",
        "shipping",
        "delivery_cost",
        "payment_cost",
        "expiration_date",
        "loyalty_program",
    ]
)
ATTRIBUTE = "attribute:"  # a product attribute by its name, such as ``attribute:Colore``


class Mistake(ValueError):
    """What is wrong with a row that somebody wrote.

    :ivar str code: which mistake
    :ivar dict numbers: what the sentence names
    """

    def __init__(self, code, **numbers):
        super().__init__(f"{code} {numbers}" if numbers else code)
        self.code, self.numbers = code, numbers


def checked_source(name):
    """The name, where it is one of a source.

    >>> checked_source("title"), checked_source("attribute:Colore")
    ('title', 'attribute:Colore')
    >>> checked_source("standard_price")
    Traceback (most recent call last):
    ...
    odoo.addons.shop_feed.mapping.sources.Mistake: source_unknown {'name': 'standard_price'}
    """
    if name in SOURCES or (name.startswith(ATTRIBUTE) and name[len(ATTRIBUTE) :].strip()):
        return name
    raise Mistake("source_unknown", name=name)


def is_empty(value):
    """Whether a fact says nothing. ``False`` is what an empty field of Odoo holds; nought is a number.

    >>> is_empty(False), is_empty(""), is_empty([]), is_empty(0)
    (True, True, True, False)
    """
    return value is None or value is False or value in ("", [])


def text_of(value):
    """A fact as a text: the first of several, money as its bare amount.

    >>> from ..channels.amounts import Money
    >>> text_of(Money(1250, "EUR")), text_of(["a", "b"]), text_of(False), text_of(0), text_of(7)
    ('12.50', 'a', '', '0', '7')
    """
    if isinstance(value, list):
        value = value[0] if value else ""
    if is_empty(value):
        return ""
    for attribute in ("bare", "text", "url"):
        if hasattr(value, attribute):
            return getattr(value, attribute)
    return str(value)
