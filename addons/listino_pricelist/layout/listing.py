"""What a printed price list is made of: a head, columns, and a stream of headings and lines.

The caller has done everything that needs a database: prices are rounded as they will be charged, texts are in the
language of the document, dates are written out. Here nothing is computed, only laid out.

A *listing* is the head. Its *blocks* are a stream of :class:`Heading` and :class:`Line` in reading order: a heading of
level 0 opens a macro category, deeper levels nest under it, and each line belongs to the last heading before it.

>>> columns = (Column("name", "Product"), Column("price", "Price", kind="price", group="from 10"))
>>> listing = Listing(title="Price list", columns=columns)
>>> blocks = [Heading(0, "Pasta"), Line(("Spaghetti 500 g", 1.25)), Line(("Penne 500 g", None), note="Back in May")]
>>> [column.text(cell, listing.numbers) for column, cell in zip(columns, blocks[1].cells)]
['Spaghetti 500 g', '1.25']
"""

from dataclasses import dataclass, field

from .figures import NumberFormat, decimals_written
from .words import one_line

# What a column holds. `text` and `barcode` are str, `image` the bytes of a picture file (not base64), the others float.
# A percentage of 22 per cent is 22.0.
TEXT, BARCODE, PRICE, PERCENT, QUANTITY, IMAGE = KINDS = ("text", "barcode", "price", "percent", "quantity", "image")
NUMBERS = frozenset({PRICE, PERCENT, QUANTITY})


@dataclass(frozen=True)
class Column:
    """One column of the document.

    :param str key: the technical name, unique in the document.
    :param str label: the words above the column.
    :param str kind: one of :data:`KINDS`.
    :param width: points on paper (1/72 inch). None: what its content needs. 0: elastic, it takes what the others
        leave (as does the widest text column, where no column is elastic).
    :param int decimals: of a price: as many as its currency or precision has, always written, and more where the
        price has more, for what is printed is what is charged; of a percentage or quantity: at most so many.
    :param str group: words of a band above neighbouring columns of the same group: "from 10 pieces", "per quintal".
    """

    key: str
    label: str
    kind: str = TEXT
    width: float | None = None
    decimals: int = 2
    group: str = ""

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"Column {self.key!r}: {self.kind!r} is not one of {', '.join(KINDS)}")

    @property
    def is_number(self):
        return self.kind in NUMBERS

    @property
    def full_label(self):
        """The label with its group behind, for a file of one header row: "Price from 10"."""
        return one_line(f"{self.label} {self.group}")

    def decimals_of(self, value):
        """With how many decimals a number stands in the column: a price with those it has beyond the usual ones.

        >>> [Column("any", "Any", kind=kind).decimals_of(0.035) for kind in ("price", "percent")]
        [3, 2]
        """
        return decimals_written(value, self.decimals) if self.kind == PRICE else self.decimals

    def text(self, value, numbers):
        """The words that stand for ``value``; empty for a picture and for nothing at all (None, False).

        >>> Column("vat", "VAT", kind="percent").text(22.0, NumberFormat(",", "."))
        '22%'
        """
        if value is None or value is False or self.kind == IMAGE:
            return ""
        if self.kind == PRICE:
            return numbers.fixed(value, self.decimals_of(value))
        if self.kind == PERCENT:
            text = numbers.trimmed(value, self.decimals)
            return text and f"{text}%"
        if self.kind == QUANTITY:
            return numbers.trimmed(value, self.decimals)
        return one_line(value)


@dataclass(frozen=True)
class Company:
    """Who sends the list: the letterhead. ``lines`` are ready to print: address, VAT number, telephone, site."""

    name: str = ""
    lines: tuple[str, ...] = ()
    logo: bytes | None = None


@dataclass(frozen=True)
class Customer:
    """Whom the list is for; without a name it is for nobody in particular and nothing is printed."""

    name: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Labels:
    """The fixed words of the document, in its language. ``page`` holds both placeholders."""

    page: str = "Page %(page)s of %(pages)s"
    contents: str = "Contents"
    category: str = "Category"
    note: str = "Notes"
    customer: str = "To"
    date: str = "Date"
    validity: str = "Validity"
    empty: str = "No products."

    def page_text(self, page, pages):
        """ "Page 3 of 12"; a translation that lost its placeholders does not stop the printing.

        >>> Labels(page="Pagina %(page)s di %(pages)s").page_text(3, 12), Labels(page="%(pag)s").page_text(3, 12)
        ('Pagina 3 di 12', '3 / 12')
        """
        try:
            return self.page % {"page": page, "pages": pages}
        except (KeyError, TypeError, ValueError):
            return f"{page} / {pages}"


@dataclass(frozen=True)
class Listing:
    """The head of the document.

    :param str title: "Listino prezzi"; ``subtitle``: the name of the list and its audience.
    :param str date: the day of the prices, written out; ``validity``: "valid until 31/12/2025" in full words.
    :param tuple facts: further (label, value) pairs beside them: currency, payment terms, agent.
    :param str note: the note of the list, paragraphs separated by line breaks.
    :param str terms: "prices subject to change": in the foot of every page, or after the last line where it is long.
    :param contents: whether a table of contents opens the PDF. None: where the document is longer than a few pages.
    :param str accent: the colour of the house, ``#rrggbb``.
    :param str lang: the language of the document as in ``it_IT``, for screen readers.
    """

    title: str
    columns: tuple[Column, ...]
    subtitle: str = ""
    company: Company = Company()
    customer: Customer = Customer()
    date: str = ""
    validity: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""
    terms: str = ""
    contents: bool | None = None
    accent: str = ""
    lang: str = ""
    labels: Labels = field(default_factory=Labels)
    numbers: NumberFormat = field(default_factory=NumberFormat)

    @property
    def all_facts(self):
        """Date, validity and the other facts, those that say something, as (label, value)."""
        facts = ((self.labels.date, self.date), (self.labels.validity, self.validity), *self.facts)
        return tuple((one_line(label), one_line(value)) for label, value in facts if value)


@dataclass(frozen=True)
class Heading:
    """A category: ``level`` 0 is a macro heading. ``page_break``: it begins a new page."""

    level: int
    title: str
    note: str = ""
    page_break: bool = False


@dataclass(frozen=True)
class Line:
    """A product: one cell a column, in the order of the columns; ``note`` is printed beneath.

    ``product_id`` is never printed; by it a preview finds the product again. ``other_ids``: the other products for
    which the line stands too, such as variants of the same price.
    """

    cells: tuple
    note: str = ""
    product_id: int | None = None
    other_ids: tuple[int, ...] = ()
