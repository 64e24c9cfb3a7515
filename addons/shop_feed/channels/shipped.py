"""The channels that the addon brings, read from the CSV files that Odoo loads as records."""

import csv
from functools import cache
from pathlib import Path

from .spec import Channel, field_of

_DATA = Path(__file__).parents[1] / "data"
CHANNEL, FIELD = "channel_id/id", "shop.feed.channel.field.csv"


@cache
def shipped():
    """The channels by code.

    >>> len(shipped()), sorted(shipped())[:3]
    (11, ['generic', 'google', 'google_update'])
    >>> shipped()["google"].by_name["title"].max_length
    150
    """
    fields = _rows(FIELD)
    channels = {}
    for row in _rows("shop.feed.channel.csv"):
        own = [field_of(each) for each in fields if each[CHANNEL] == row["id"]]
        described = {key: row[key] for key in ("name", "version", "source", "root_tag", "item_tag")}
        channels[row["code"]] = Channel(row["code"], own, file_format=row["format"], **described)
    return channels


def _rows(name):
    with (_DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
