"""Items to try channels with."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

from ..channels.amounts import Interval, Measure, Money, Picture
from ..channels.shipped import shipped

ROME = timezone(timedelta(hours=1))
NOW = datetime(2026, 1, 15, 12, tzinfo=ROME)

# Feeds that only change what the channel has of another one, and what they can't do without.
PARTIAL = {
    "google_update": {"id", "price"},
    "meta_country": {"id", "country", "price"},
    "meta_language": {"id", "language", "title"},
    "meta_update": {"id", "price"},
}

# By the meaning of a field, whatever the channel calls it.
OLIVE_OIL = {
    "id": "OLIO-750",
    "title": "Olio extra vergine di oliva",
    "description": "Spremuto a freddo.",
    "link": "https://shop.example/shop/olio-7",
    "image_link": Picture("https://shop.example/web/image/7/olio.jpg", 1024, 1024, "image/jpeg"),
    "availability": "in_stock",
    "condition": "new",
    "price": Money(1250, "EUR"),
    "current_price": Money(1250, "EUR"),
    "brand": "Frantoio",
    "gtin": "8000000000026",
    "google_product_category": "1817",
    "product_type": "Alimentari > Olio",
    "delivery_time": "2-3 giorni",
    "unit_pricing_measure": Measure(Decimal(750), "ml"),
    "unit_pricing_base_measure": Measure(Decimal(1), "l"),
    "unit_price": "16,67 EUR/l",
    "rich_description": "<p>Spremuto a freddo.</p>",
    "delivery_cost": Money(0, "EUR"),
    "payment_cost": Money(0, "EUR"),
    "mpn": "F750",
    "language": "fr_FR",
    "country": "FR",
}
SALE = Interval(NOW - timedelta(days=1), NOW + timedelta(days=5))


def item_for(code, **changes):
    """The olive oil under the names of a channel; changes by meaning, None takes a value away."""
    roles = {**OLIVE_OIL, **changes}
    channel = shipped()[code]
    return {channel.by_role[role].name: value for role, value in roles.items() if role in channel.by_role}
