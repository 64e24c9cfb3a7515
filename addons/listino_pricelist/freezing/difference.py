"""What changed between two contents of a price list: new, gone, dearer, cheaper, and by how much.

Prices are compared product by product, for each quantity, unit and kind (with or without VAT) of which both tell a
price. A column for 10 pieces tells the price of 50 too, until the next column: so a column that only one of the two has
is compared with what the other promised for that quantity. What only one of them tells at all, such as prices with VAT,
is not compared but named.

>>> from types import SimpleNamespace
>>> from ..layout.listing import Column, Heading, Line
>>> from .content import PriceColumn
>>> def source(*lines):
...     columns = [Column("name", "Product"), Column("untaxed_0", "Price", "price")]
...     return SimpleNamespace(columns=columns, price_columns=[PriceColumn(1.0)], currency="EUR",
...                            blocks=lambda: iter([Heading(0, "Pasta"), *lines]))
>>> old = source(Line(("Penne", 2.0), product_id=1), Line(("Farfalle", 3.0), product_id=2))
>>> new = source(Line(("Penne", 2.1), product_id=1), Line(("Fusilli", 2.2), product_id=3))
>>> for change in compare(old, new):
...     print(change.name, change.kind, change.old, change.new, change.percent)
Penne up 2.0 2.1 5.0
Fusilli new None 2.2 None
Farfalle gone 3.0 None None
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from ..layout.figures import half_up
from ..layout.listing import PRICE, Heading, Line
from ..layout.trail import Trail

NEW, GONE, UP, DOWN = KINDS = ("new", "gone", "up", "down")


class DifferentCurrencies(ValueError):
    """The two contents are in two currencies, whose codes are the arguments."""


@dataclass(frozen=True, slots=True)
class PriceKey:
    """What a price is for: a quantity of a unit (None: the product's own), ``tax`` as ``untaxed`` or ``taxed``."""

    quantity: float
    uom_id: int | None
    tax: str

    @property
    def track(self):
        """Prices of one track tell each other's: they differ by quantity only."""
        return self.uom_id, self.tax


@dataclass(frozen=True, slots=True)
class Change:
    """One price that is not what it was.

    :param int product_id: of ``product.product``
    :param tuple category: the titles of the headings above it
    :param str label: the words above the price
    :param old: None where there was no price
    :param new: None where there is none any more
    :param bool is_whole: new or gone with its whole product, not a single price of it
    """

    product_id: int
    category: tuple
    reference: str
    name: str
    key: PriceKey
    label: str
    old: float | None
    new: float | None
    is_whole: bool = False

    @property
    def kind(self):
        """NEW, GONE, UP or DOWN."""
        if self.old is None:
            return NEW
        if self.new is None:
            return GONE
        return UP if self.new > self.old else DOWN

    @property
    def amount(self):
        """By how much, None for what is new or gone.

        >>> Change(1, (), "", "Penne", PriceKey(1.0, None, "untaxed"), "", 0.1, 0.3).amount
        0.2
        """
        return None if self.old is None or self.new is None else half_up(self.new - self.old, 6)

    @property
    def percent(self):
        """By how many percent of the old price; None where that has no meaning."""
        return half_up(100 * self.amount / abs(self.old), 2) if self.old and self.new is not None else None


@dataclass(frozen=True)
class Difference:
    """The changes in the order of the new list, each product that is gone after those of its category.

    :param list changes: a list of :class:`Change`
    :param int same_count: how many prices are what they were
    :param tuple only_old: the words above the price columns that only the old list tells
    :param tuple only_new: that only the new one tells
    """

    changes: list = field(default_factory=list)
    same_count: int = 0
    only_old: tuple = ()
    only_new: tuple = ()

    def __iter__(self):
        return iter(self.changes)

    def __len__(self):
        return len(self.changes)

    @property
    def product_ids(self):
        """The products of which anything changed."""
        return {change.product_id for change in self.changes}

    def counts(self):
        """How many products are new and gone, and how many have a price that rose, that fell; by kind.

        A product whose one price rose and another fell counts for both.
        """
        return Counter(kind for kind, _product_id in {(change.kind, change.product_id) for change in self.changes})

    def average_percent(self, kind):
        """The mean percentage of the prices that went ``up`` or ``down``; None where there are none."""
        found = [change.percent for change in self.changes if change.kind == kind and change.percent is not None]
        return half_up(sum(found) / len(found), 2) if found else None


def compare(old, new):
    """The :class:`Difference` of two content sources.

    :param old: with ``columns``, ``price_columns``, ``currency`` and ``blocks()``
    :param new: the same
    :raise DifferentCurrencies: where their prices can't be compared
    """
    if old.currency != new.currency:
        raise DifferentCurrencies(old.currency, new.currency)
    before, after = _Side(old), _Side(new)
    keys = _keys_in_common(before, after)
    changes, same_count = [], 0
    for mine, other in _pairs(before, after):
        labels = keys if mine and other else (after if other else before).labels
        found = [_change(mine, other, key, labels[key], before, after) for key in labels]
        changes += filter(None, found)
        if mine and other:
            same_count += sum(
                change is None and after.price(other, key) is not None
                for key, change in zip(labels, found, strict=True)
            )
    return Difference(
        changes,
        same_count,
        tuple(label for key, label in before.labels.items() if key not in keys),
        tuple(label for key, label in after.labels.items() if key not in keys),
    )


def _change(mine, other, key, label, before, after):
    """The :class:`Change` of a price between two rows, of which one may be None, or None."""
    was = before.price(mine, key) if mine else None
    is_now = after.price(other, key) if other else None
    if was == is_now:
        return None
    side, row = (after, other) if other else (before, mine)
    values = (row.line.product_id, row.category, side.text("reference", row), side.text("name", row))
    return Change(*values, key, label, was, is_now, is_whole=not (mine and other))


def _keys_in_common(before, after):
    """The price keys with their labels of which both sides tell a price, in the order of the new one."""
    labels = {**before.labels, **after.labels}
    order = [*after.labels, *(key for key in before.labels if key not in after.labels)]
    order.sort(key=lambda key: (after.place_of(key), key.quantity))
    return {key: labels[key] for key in order if before.column(key) is not None and after.column(key) is not None}


def _pairs(before, after):
    """Rows of the old and the new side that belong together, each pair once, in reading order.

    Rows for several variants meet as often as it needs; who finds no partner comes with None.
    """
    gone = {}
    for row in before.rows:
        if not any(product_id in after.by_product for product_id in row.product_ids):
            gone.setdefault(row.category, []).append(row)
    category = None
    for row in after.rows:
        if category is not None and row.category != category:
            yield from ((lost, None) for lost in gone.pop(category, ()))
        category = row.category
        partners = {id(mine): mine for mine in map(before.by_product.get, row.product_ids) if mine}
        for mine in partners.values() or [None]:
            yield mine, row
    for rows in [gone.pop(category, []), *gone.values()]:
        yield from ((lost, None) for lost in rows)


@dataclass(frozen=True, slots=True)
class _Row:
    category: tuple
    line: Line

    @property
    def product_ids(self):
        """All products that the row stands for: variants of the same prices share one."""
        return [product_id for product_id in (self.line.product_id, *self.line.other_ids) if product_id]


class _Side:
    """One of the two contents: its rows by product, its columns by price key."""

    def __init__(self, source):
        self._places = {column.key: place for place, column in enumerate(source.columns)}
        self.labels, self._tracks, self._order = {}, {}, {}
        for place, column in enumerate(source.columns):
            if column.kind == PRICE:
                tax, number = column.key.split("_")
                wanted = source.price_columns[int(number)]
                key = PriceKey(wanted.quantity, wanted.uom.id if wanted.uom else None, tax)
                self.labels[key] = column.full_label
                self._tracks.setdefault(key.track, []).append((key.quantity, place))
                self._order.setdefault(key.track, len(self._order))
        for track in self._tracks.values():
            track.sort()
        self.rows = list(self._read(source))
        self.by_product = {product_id: row for row in reversed(self.rows) for product_id in row.product_ids}

    def _read(self, source):
        trail, category = Trail(), ()
        for block in source.blocks():
            if isinstance(block, Heading):
                trail.follow(block)
                category = tuple(trail.titles)
            else:
                yield _Row(category, block)

    def place_of(self, key):
        """Where the prices of its track stand among the others."""
        return self._order.get(key.track, len(self._order))

    def column(self, key):
        """The place of the cell that tells the price of a quantity: of the largest one that is not more; or None."""
        track = self._tracks.get(key.track, ())
        place = bisect_right(track, key.quantity, key=lambda pair: pair[0])
        return track[place - 1][1] if place else None

    def price(self, row, key):
        """The price of a row by the key of a column, to six decimals; None: it has none."""
        place = self.column(key)
        price = None if place is None else row.line.cells[place]
        return None if price is None else half_up(price, 6)

    def text(self, key, row):
        """The cell of exactly that column as it is written; "" where there is no such column."""
        place = self._places.get(key)
        return (row.line.cells[place] or "") if place is not None else ""
