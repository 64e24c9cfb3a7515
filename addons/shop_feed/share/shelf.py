"""Where an item stands: by what a page of many items sorts, counts and searches them."""

from typing import NamedTuple

from odoo.addons.listino_pricelist.layout.words import folded

from .card import Reader

# Characters; an index of PostgreSQL takes no text of any length.
LONGEST_TITLE = 200
LONGEST_PATH = 500
LONGEST_SEARCHED = 1000  # of each field
SEARCHED = ("title", "brand", "description")


class Shelf(NamedTuple):
    """The columns of an item, None where there is nothing.

    :param str sort_title: the title, neither case nor accents counting, as in a search
    :param str search_text: likewise, all in which words are looked for
    """

    sort_title: str | None = None
    category_path: str | None = None
    search_text: str | None = None


def shelf(channel, values):
    """The shelf of an item.

    :param Channel channel: the specification by which the item was written
    :param dict values: what is sent, by the channel's names

    >>> from ..channels.shipped import shipped
    >>> shelf(shipped()["meta"], {"title": "Caffè", "brand": "Bruni", "product_type": ["Cibo > Olio", "Offerte"]})
    Shelf(sort_title='caffe', category_path='Cibo > Olio', search_text='caffe bruni')
    >>> shelf(shipped()["meta"], {})
    Shelf(sort_title=None, category_path=None, search_text=None)
    """
    text = Reader(channel, values).text
    searched = (text(role)[:LONGEST_SEARCHED] for role in SEARCHED)
    return Shelf(
        folded(text("title")[:LONGEST_TITLE])[:LONGEST_TITLE] or None,
        text("product_type")[:LONGEST_PATH] or None,
        folded(" ".join(filter(None, searched))) or None,
    )
