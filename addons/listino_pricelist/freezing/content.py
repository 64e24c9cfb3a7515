"""The content of a price list as canonical JSON, compressed, with the SHA-256 that proves it.

Canonical: sorted keys, no spaces, UTF-8, numbers as the shortest decimals that are the same float; equal contents are
equal bytes. The customer is left out, so that customers of the same prices share one content; so are pictures.

>>> from ..layout.listing import Column, Heading, Line, Listing
>>> columns = (Column("name", "Product"), Column("untaxed_0", "Price", kind="price"))
>>> class Source:
...     columns, price_columns, date, pricelist = columns, [PriceColumn(1.0)], None, None
...     def listing(self): return Listing("Prices", columns)
...     def blocks(self): return iter([Heading(0, "Pasta"), Line(("Penne", 1.1), product_id=7)])
>>> frozen = FrozenListing.of(Source())
>>> thawed = FrozenListing.decode(frozen.encode(), frozen.sha256)
>>> list(thawed.blocks())[1].cells, thawed.listing().title, thawed.line_count
(('Penne', 1.1), 'Prices', 1)
>>> FrozenListing.decode(frozen.encode()[:-1])  # doctest: +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
CorruptContent: unreadable
"""

import hashlib
import json
import lzma
from dataclasses import asdict, dataclass, fields

from ..layout.figures import NumberFormat
from ..layout.listing import IMAGE, Column, Company, Customer, Heading, Labels, Line, Listing

FORMAT = 1
# As small as the default to a few per cent, in a third of its memory.
_COMPRESSION = {"format": lzma.FORMAT_XZ, "check": lzma.CHECK_CRC32, "preset": 3}
_HEAD = ("title", "subtitle", "date", "validity", "note", "terms", "contents", "accent", "lang")


class CorruptContent(ValueError):
    """The bytes are no frozen content, or not the one that was frozen; the only argument says which."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure as it was called; ``id`` is that of ``uom.uom``."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class PriceColumn:
    """A quantity, in a unit of its own or in that of each product (None), for which prices are kept."""

    quantity: float
    uom: Unit | None = None


def sha256_of(data):
    """The SHA-256 of bytes, in hexadecimal.

    >>> sha256_of(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


def cell_of(value):
    """A cell as JSON keeps it: text, a float, or None; equal numbers are written equally.

    >>> cell_of(2), cell_of(-0.0), cell_of(False), cell_of("2")
    (2.0, 0.0, None, '2')
    """
    if value is None or value is False:
        return None
    return value if isinstance(value, str) else float(value) + 0.0


class FrozenListing:
    """The content of a price list as it was: a content source like the builder, without a database.

    :param dict data: what the JSON holds
    :param date: the moment of the prices, where the owner of the content knows it
    :param pricelist: the same for the price list
    """

    def __init__(self, data, date=None, pricelist=None):
        self._data, self.date, self.pricelist = data, date, pricelist
        self.columns = [Column(**values) for values in data["columns"]]
        self.price_columns = [
            PriceColumn(quantity, Unit(uom_id, uom_name) if uom_id else None)
            for quantity, uom_id, uom_name in data["price_columns"]
        ]

    # === FREEZE === #

    @classmethod
    def of(cls, source, currency=""):
        """Freeze a content source.

        :param source: what has ``listing()``, ``blocks()`` and ``price_columns``: a builder
        :param str currency: the code of the currency of the prices
        """
        listing = source.listing()
        kept = [place for place, column in enumerate(listing.columns) if column.kind != IMAGE]
        data = {
            "format": FORMAT,
            "currency": currency,
            "head": {name: getattr(listing, name) for name in _HEAD},
            "facts": [list(fact) for fact in listing.facts],
            "company": {"name": listing.company.name, "lines": list(listing.company.lines)},
            "labels": asdict(listing.labels),
            "numbers": {field.name: getattr(listing.numbers, field.name) for field in fields(NumberFormat)},
            "columns": [asdict(listing.columns[place]) for place in kept],
            "price_columns": [
                [float(column.quantity), column.uom.id if column.uom else None, column.uom.name if column.uom else None]
                for column in source.price_columns
            ],
            "blocks": [_pack(block, kept) for block in source.blocks()],
        }
        return cls(data, source.date, source.pricelist)

    def canonical(self):
        """The bytes of which the hash is taken."""
        text = json.dumps(self._data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    @property
    def sha256(self):
        """What the content is known and checked by."""
        return sha256_of(self.canonical())

    def encode(self):
        """The canonical bytes, compressed: the same for the same content."""
        return lzma.compress(self.canonical(), **_COMPRESSION)

    # === THAW === #

    @classmethod
    def decode(cls, data, sha256="", date=None, pricelist=None):
        """Read what :meth:`encode` wrote.

        :param str sha256: what the hash has to be; empty: unknown
        :raise CorruptContent: where the bytes are not what was written
        """
        try:
            canonical = lzma.decompress(data, lzma.FORMAT_XZ)
        except (lzma.LZMAError, EOFError) as error:
            raise CorruptContent("unreadable") from error
        if sha256 and sha256_of(canonical) != sha256:
            raise CorruptContent("changed")
        try:
            content = json.loads(canonical)
            if content["format"] != FORMAT:
                raise CorruptContent("of another format")
            return cls(content, date, pricelist)
        except (ValueError, KeyError, TypeError) as error:
            raise error if isinstance(error, CorruptContent) else CorruptContent("unreadable") from error

    @property
    def currency(self):
        """The code of the currency of the prices."""
        return self._data["currency"]

    @property
    def line_count(self):
        """How many lines there are."""
        return sum(not isinstance(block, dict) for block in self._data["blocks"])

    def listing(self, customer=None, logo=None):
        """The head, for a customer or for nobody in particular.

        :param customer: a :class:`..layout.listing.Customer`
        :param bytes logo: the picture of the letterhead, which is not kept
        """
        data = self._data
        return Listing(
            **data["head"],
            columns=tuple(self.columns),
            company=Company(data["company"]["name"], tuple(data["company"]["lines"]), logo),
            customer=customer or Customer(),
            facts=tuple(tuple(fact) for fact in data["facts"]),
            labels=Labels(**data["labels"]),
            numbers=NumberFormat(**data["numbers"]),
        )

    def blocks(self):
        """Headings and lines in reading order."""
        return (_unpack(block) for block in self._data["blocks"])


def _pack(block, kept):
    """A heading as a dict, a line as a list: product, cells, and its note and other products where it has them.

    >>> _pack(Line(("Penne", 1), product_id=7), [0, 1]), _pack(Line((b"", "X"), "new", 8, (9,)), [1])
    ([7, ['Penne', 1.0]], [8, ['X'], 'new', [9]])
    """
    if isinstance(block, Heading):
        return asdict(block)
    packed = [block.product_id, [cell_of(block.cells[place]) for place in kept]]
    if block.note or block.other_ids:
        packed.append(block.note)
    return [*packed, list(block.other_ids)] if block.other_ids else packed


def _unpack(block):
    """
    >>> _unpack([8, ["X"], "new", [9]])
    Line(cells=('X',), note='new', product_id=8, other_ids=(9,))
    """
    if isinstance(block, dict):
        return Heading(**block)
    product_id, cells, *more = block
    return Line(tuple(cells), more[0] if more else "", product_id, tuple(more[1]) if more[1:] else ())
