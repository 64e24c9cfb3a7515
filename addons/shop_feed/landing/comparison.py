"""Where a page says something else than the feed.

>>> from .page import Offer, Page
>>> told = Told("https://shop.example/it/shop/olio-7?utm_source=meta", Decimal("12.20"), "EUR", True)
>>> offer = Offer("https://shop.example/shop/olio-7", Decimal("10"), "EUR", "OutOfStock")
>>> [finding.code for finding in findings(told, Page([offer], "10.00"), Decimal("10.00"))]
['price_differs', 'availability_differs', 'shown_price_differs']
"""

from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

SOLD = frozenset({"InStock", "LimitedAvailability", "OnlineOnly", "PreOrder", "PreSale", "BackOrder", "MadeToOrder"})


class Told(NamedTuple):
    """What the channel was told of an item.

    :param Decimal price: what a customer pays now
    :param str currency: empty where the channel has none
    :param bool is_sold: whether it can be ordered; None where the channel isn't told
    """

    link: str
    price: Decimal | None
    currency: str = ""
    is_sold: bool | None = None


class Finding(NamedTuple):
    """A difference, with what both sides say."""

    code: str
    numbers: dict


def findings(told, page, shown=None):
    """Where a page differs from what was told.

    :param Page page: as it was read
    :param Decimal shown: the price that people see; None where it is of another variant, or can't be read
    """
    offer = _offer_of(told.link, page.offers)
    found = [Finding("no_data", {})] if offer is None else _differences(told, offer)
    if told.price is not None and shown is not None and not _is_same(told.price, shown):
        found.append(Finding("shown_price_differs", _both(told.price, shown)))
    return found


def is_of_variant(link):
    """Whether a link names a variant behind the ``#``, which a page shows only after it has run in a browser."""
    return bool(urlsplit(link).fragment)


def _differences(told, offer):
    found = []
    if told.price is not None and not _is_same(told.price, offer.price):
        found.append(Finding("price_differs", _both(told.price, offer.price)))
    if told.currency and offer.currency and told.currency != offer.currency:
        found.append(Finding("currency_differs", _both(told.currency, offer.currency)))
    if told.is_sold is not None and offer.availability and told.is_sold != (offer.availability in SOLD):
        found.append(Finding("availability_differs", _both(told.is_sold, offer.availability)))
    return found


def _offer_of(link, offers):
    """The offer of the product that a link leads to: the one of its address, or the only one there is.

    A link says more than an offer's address, such as a campaign; of several the one that says most is the variant's.
    """
    place, query = _place(link)
    places = [(*_place(offer.url), offer) for offer in offers]
    matching = [(len(asked), offer) for where, asked, offer in places if where == place and asked <= query]
    if matching:
        return max(matching, key=itemgetter(0))[1]
    return offers[0] if len(offers) == 1 else None


def _place(url):
    """What tells one product of a shop from another: the end of the path and what is behind ``#``; then the query."""
    parts = urlsplit(url)
    return (parts.path.rstrip("/").rpartition("/")[2], parts.fragment), set(parse_qsl(parts.query))


def _is_same(told, said):
    """Whether two amounts are one, to the smallest unit that the channel is told."""
    unit = Decimal(1).scaleb(told.as_tuple().exponent)
    return said is not None and abs(said - told) < unit / 2


def _both(told, said):
    return {"told": str(told), "said": "" if said is None else str(said)}
