"""What a product page says: its offers by schema.org, and the price that people see.

>>> page = read('''<script type="application/ld+json">[{"@type": "Product", "url": "https://shop.example/shop/olio-7",
... "offers": {"@type": "Offer", "price": 12.20, "priceCurrency": "EUR", "availability": "https://schema.org/InStock"}}]
... </script><span class="h5 oe_price">&euro; <span class="oe_currency_value">1.012,20</span></span>''')
>>> page.offers
[Offer(url='https://shop.example/shop/olio-7', price=Decimal('12.20'), currency='EUR', availability='InStock')]
>>> number(page.shown, ",", ".")
Decimal('1012.20')
"""

import json
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree, html

_DATA = "//script[@type='application/ld+json']"
_SHOWN = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' oe_price ')]"
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' oe_currency_value ')]"
)


class Offer(NamedTuple):
    """What machines are told of a product or a variant; ``availability`` is schema.org's word, empty without one."""

    url: str
    price: Decimal | None
    currency: str
    availability: str


class Page(NamedTuple):
    """A product page. ``shown`` is the first price that people see, as it is written."""

    offers: list
    shown: str


def read(text):
    """What a page says; nothing of a text that is no page.

    :rtype: Page
    """
    try:
        tree = html.document_fromstring(text)
    except (etree.ParserError, ValueError):  # empty, or with a declaration of another encoding
        return Page([], "")
    offers = [offer for script in tree.xpath(_DATA) for offer in _offers(_parsed(script.text))]
    shown = tree.xpath(_SHOWN)
    return Page(offers, shown[0].text_content().strip() if shown else "")


def number(text, decimal_point, thousands):
    """A number as people of a language write it; None where it is none.

    >>> number("1 234,5", ",", " "), number("free", ".", ","), number("1,234.50", ".", ",")
    (Decimal('1234.5'), None, Decimal('1234.50'))
    """
    for blank in (thousands, "\xa0", "\u202f", " "):
        if blank:
            text = text.replace(blank, "")
    return _decimal(text.replace(decimal_point, "."))


def _parsed(text):
    try:
        return json.loads(text or "", parse_float=Decimal)
    except ValueError:
        return None


def _offers(data):
    """The offers in structured data, however deep: variants stand in a group, products in a list."""
    if isinstance(data, list):
        return [offer for each in data for offer in _offers(each)]
    if not isinstance(data, dict):
        return []
    found = _offers(data.get("@graph")) + _offers(data.get("hasVariant"))
    if data.get("@type") == "Product":
        offers = data.get("offers")
        for each in offers if isinstance(offers, list) else [offers]:
            if isinstance(each, dict):
                found.append(_offer(data, each))
    return found


def _offer(product, offer):
    price, words = offer.get("price"), (str(offer.get("availability") or "")).rstrip("/")
    return Offer(
        str(offer.get("url") or product.get("url") or ""),
        None if isinstance(price, bool) else _decimal(price),
        str(offer.get("priceCurrency") or ""),
        words.rpartition("/")[2],
    )


def _decimal(value):
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
