"""The channels that the addon brings, read from the CSV files that Odoo loads as records."""

import csv
from functools import cache
from pathlib import Path

from .spec import PRODUCTS, Channel, field_of

_DATA = Path(__file__).parents[1] / "data"
CHANNEL, FIELD = "channel_id/id", "shop.feed.channel.field.csv"


@cache
def shipped():
    """The channels by code.

    >>> len(shipped()), sorted(shipped())[:3]
    (13, ['generic', 'google', 'google_reviews'])
    >>> shipped()["google"].by_name["title"].max_length
    150
    """
    fields = _rows(FIELD)
    channels = {}
    for row in _rows("shop.feed.channel.csv"):
        own = [field_of(each) for each in fields if each[CHANNEL] == row["id"]]
        described = {key: row[key] for key in ("name", "version", "source", "root_tag", "item_tag", "content")}
        channels[row["code"]] = Channel(row["code"], own, file_format=row["format"], **described)
    return channels


def of_products():
    """Those of them that tell of products, by code.

    >>> sorted(shipped().keys() - of_products().keys())
    ['google_reviews', 'meta_offers']
    """
    return {code: channel for code, channel in shipped().items() if channel.content == PRODUCTS}


def _rows(name):
    with (_DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
