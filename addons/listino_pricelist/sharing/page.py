"""A part of a price list as a web page shows it: sections with rows of words, nothing left to compute.

>>> from ..layout.listing import Column, Heading, Line, Listing
>>> listing = Listing("Prices", (
...     Column("reference", "Ref."), Column("name", "Product"), Column("uom", "Unit"),
...     Column("untaxed_0", "Price", kind="price", group="from 1"),
...     Column("untaxed_1", "Price", kind="price", group="from 10"),
... ))
>>> [section] = sections_of(listing, [Heading(0, "Pasta"), Line(("P1", "Penne", "pc", 2.0, 1.6), "New", 7, (8,))])
>>> section.title, section.rows[0].name, section.rows[0].details, section.rows[0].prices
('Pasta', 'Penne', ['P1'], ['2.00', '1.60'])
>>> [band.label for band in bands_of(listing)], [column.label for column in facts_of(listing)]
(['from 1', 'from 10'], ['Unit'])
"""

from dataclasses import dataclass, field
from itertools import groupby

from ..layout.listing import IMAGE, PRICE, Heading

UNDER_THE_NAME = ("reference", "barcode")


@dataclass(frozen=True, slots=True)
class Band:
    """Words above neighbouring price columns, and how many these are."""

    label: str
    span: int


@dataclass(slots=True)
class Row:
    """A product, or several of the same price.

    :param tuple product_ids: all for which it stands
    :param list details: reference and barcode, those there are
    :param list facts: words of the further columns, see :func:`facts_of`
    """

    product_ids: tuple
    name: str
    details: list
    facts: list
    prices: list
    note: str


@dataclass(slots=True)
class Section:
    """A heading and the rows below it, up to the next heading."""

    level: int = 0
    title: str = ""
    note: str = ""
    rows: list = field(default_factory=list)


def prices_of(listing):
    """The columns of prices."""
    return [column for column in listing.columns if column.kind == PRICE]


def facts_of(listing):
    """The columns with a cell of their own between name and prices: unit, VAT."""
    beside = {"name", *UNDER_THE_NAME}
    return [column for column in listing.columns if column.key not in beside and column.kind not in (PRICE, IMAGE)]


def bands_of(listing):
    """The :class:`Band` over the price columns; none where there is nothing to say."""
    bands = [
        Band(label, len(list(columns))) for label, columns in groupby(prices_of(listing), lambda column: column.group)
    ]
    return bands if any(band.label for band in bands) else []


def sections_of(listing, blocks):
    """The :class:`Section` of a part of the list."""
    sections = []
    for block in blocks:
        if isinstance(block, Heading):
            sections.append(Section(block.level, block.title, block.note))
            continue
        if not sections:
            sections.append(Section())
        sections[-1].rows.append(_row(listing, block))
    return sections


def _row(listing, line):
    words = {
        column.key: column.text(cell, listing.numbers) for column, cell in zip(listing.columns, line.cells, strict=True)
    }
    return Row(
        (line.product_id, *line.other_ids),
        words.get("name", ""),
        [words[key] for key in UNDER_THE_NAME if words.get(key)],
        [words[column.key] for column in facts_of(listing)],
        [words[column.key] for column in prices_of(listing)],
        line.note,
    )


def page_number(text, pages):
    """The page that an address asks for: the nearest there is.

    >>> page_number("3", 5), page_number("99", 5), page_number("-1", 5), page_number("x", 5), page_number("9" * 5000, 2)
    (3, 5, 1, 1, 2)
    >>> page_number("\\u0663", 5), page_number(None, 0)
    (1, 1)
    """
    text = str(text)
    if not (text.isascii() and text.isdigit()):
        return 1
    return max(1, min(int(text[:9]), pages))


def key_of(text):
    """The key of a category in an address; None for anything else.

    >>> key_of("12"), key_of("-1"), key_of("x"), key_of(""), key_of("9" * 30)
    (12, None, None, None, None)
    """
    text = str(text or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
