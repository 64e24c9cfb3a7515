"""Identifiers of items and of groups of variants."""

import hashlib
import re

from odoo.addons.listino_pricelist.layout.words import clean

_BLANKS = re.compile(r"\s+")
DIGEST = 10  # hexadecimal digits


def item_id(code, number, limit=50):
    """The identifier of an item: its own code where it has one, else a number that nobody takes away.

    :param str code: the internal reference; may be empty
    :param int number: the record's id
    :param int limit: characters that the channel allows

    >>> item_id(" AB 12 ", 7), item_id("", 7), item_id("x" * 60, 7)
    ('AB-12', 'P7', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-42f2d97335')
    """
    return fitted(_BLANKS.sub("-", clean(code).strip()) or f"P{number}", limit)


def group_id(number, limit=50):
    """The identifier that the variants of a template share.

    >>> group_id(7)
    'G7'
    """
    return fitted(f"G{number}", limit)


def fitted(text, limit):
    """The text, or its start and a digest of the whole: other texts give other ones, the same the same."""
    if len(text) <= limit:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:DIGEST]
    return f"{text[: limit - DIGEST - 1]}-{digest}"
