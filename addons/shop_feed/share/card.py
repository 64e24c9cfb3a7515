"""What a visitor sees of an item: the values that a feed sends, read back by their roles."""

import re
from decimal import Decimal
from typing import NamedTuple

from ..channels.amounts import is_within, read_amount

SEPARATOR = " > "
UNAVAILABLE = frozenset({"out_of_stock", "discontinued", "mark_as_sold"})


class Card(NamedTuple):
    """An item to be shown.

    :param Decimal price: what it costs; None where the feed does not say
    :param Decimal before: what it cost before a reduction, as far as the feed announces it
    :param str measure: of one item, as the feed has it (750ml)
    """

    title: str
    text: str
    image: str
    link: str
    path: str
    price: Decimal | None
    before: Decimal | None
    currency: str
    measure: str
    is_available: bool


def card(channel, values, now, currency=""):
    """An item of a feed as a visitor sees it.

    :param Channel channel: the specification by which the item was written
    :param dict values: what is sent, by the channel's names
    :param datetime now: with its zone; a sale is shown on its days alone
    :param str currency: of amounts that the channel wants bare

    >>> from datetime import datetime, timezone
    >>> from ..channels.shipped import shipped
    >>> sent = {"title": "Olio", "price": "12.50 EUR", "sale_price": "10.00 EUR", "availability": "in stock",
    ...         "product_type": "Cibo > Olio", "link": "https://shop.example/olio"}
    >>> shown = card(shipped()["meta"], sent, datetime(2026, 3, 1, tzinfo=timezone.utc))
    >>> shown.price, shown.before, shown.path, shown.is_available
    (Decimal('10.00'), Decimal('12.50'), 'Cibo > Olio', True)
    """
    text = Reader(channel, values).text
    price, before, found = _prices(text, now)
    return Card(
        title=text("title"),
        text=text("description"),
        image=_web(text("image_link")),
        link=_web(text("link")),
        path=text("product_type"),
        price=price,
        before=before,
        currency=found or currency,
        measure=text("unit_pricing_measure"),
        is_available=_is_available(channel, text("availability")),
    )


def write_measure(measure, decimal_point="."):
    """A measure of a feed as people write it: with a space before its unit, and the decimal point of their language.

    >>> write_measure("0.25l", ","), write_measure("750ml"), write_measure("")
    ('0,25 l', '750 ml', '')
    """
    return re.sub(r"(?<=\d)(?=[a-z])", " ", measure).replace(".", decimal_point)


class Reader:
    """The texts of an item by their roles; of several the first."""

    def __init__(self, channel, values):
        self._names = {role: field.name for role, field in channel.by_role.items()}
        self._values = values

    def text(self, role):
        """What the channel was sent for a role, the first where it takes several; empty without one."""
        value = self._values.get(self._names.get(role))
        if isinstance(value, list):
            value = value[0] if value else ""
        return value if isinstance(value, str) else ""


def _web(address):
    """The address where it is one of the web: a page leads nowhere else, and runs nothing."""
    return address if address.lower().startswith(("https://", "http://")) else ""


def _prices(text, now):
    """What is paid, what it was before, and the currency."""
    price, currency = read_amount(text("price") or text("current_price"))
    sale, _same = read_amount(text("sale_price"))
    dates = text("sale_price_effective_date")
    if sale is not None and (not dates or is_within(dates, now)):
        return sale, price, currency
    former, _same = read_amount(text("former_price"))
    return price, former, currency


def _is_available(channel, word):
    """Whether it can be had; a channel that does not ask is told of nothing else."""
    field = channel.by_role.get("availability")
    ours = {theirs: ours for ours, theirs in field.choices.items()} if field else {}
    return ours.get(word, word) not in UNAVAILABLE
