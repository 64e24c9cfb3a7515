"""What a channel was told of an item, read back from what was sent, by the meanings of its fields.

>>> told({"link": "https://shop.example/olio", "price": "12.20 EUR", "sale_price": "9.90 EUR"}, None, is_sold=True)
Told(link='https://shop.example/olio', price=Decimal('9.90'), currency='EUR', is_sold=True)
"""

from ..channels.amounts import is_within, read_amount
from .comparison import Told


def told(sent, now, is_sold=None):
    """What a channel was told, at a moment.

    :param dict sent: texts by the meaning of the field
    :param datetime now: with its zone
    :param bool is_sold: whether it can be ordered, as the channel was told; None where it wasn't
    :rtype: Told
    """
    price, currency = read_amount(str(current_amount(sent, now) or ""))
    return Told(sent.get("link") or "", price, currency, is_sold)


def current_amount(sent, now):
    """What a customer pays now: the sale price while the sale goes on, else the price.

    >>> from datetime import datetime
    >>> sent = {"price": "12.20 EUR", "sale_price": "9.90 EUR",
    ...         "sale_price_effective_date": "2026-06-01T00:00+0200/2026-06-30T23:59+0200"}
    >>> current_amount(sent, datetime.fromisoformat("2026-06-15T12:00+00:00"))
    '9.90 EUR'
    >>> current_amount(sent, datetime.fromisoformat("2026-05-31T21:59+00:00"))
    '12.20 EUR'
    """
    price = sent.get("current_price") or sent.get("price")
    sale, dates = sent.get("sale_price"), sent.get("sale_price_effective_date")
    if sale and dates:
        return sale if is_within(dates, now) else price
    return sale or price
