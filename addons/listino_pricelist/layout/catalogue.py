"""A price list to leaf through: its categories with counts, the pages of one, what a search finds.

Whether prices are those of the moment or of a frozen revision, a catalogue answers the same questions; this module has
what both share, and the one over blocks in memory.

>>> from .listing import Column, Heading, Line
>>> columns = [Column("reference", "Ref."), Column("name", "Product"), Column("untaxed_0", "Price", kind="price")]
>>> blocks = [
...     Heading(0, "Food"), Line(("F1", "Flour", 1.0), product_id=1),
...     Heading(1, "Pasta"), Line(("P1", "Penne", 2.0), product_id=2), Line(("P2", "Caff\\u00e8", 3.0), product_id=3),
...     Heading(0, "Wine"), Line(("W1", "Barolo", 30.0), product_id=4),
... ]
>>> catalogue = BlockCatalogue(columns, blocks)
>>> [(shelf.key, shelf.level, shelf.title, shelf.count) for shelf in catalogue.shelves]
[(1, 0, 'Food', 3), (2, 1, 'Pasta', 2), (3, 0, 'Wine', 1)]
>>> [getattr(block, "title", "") or block.cells[1] for block in catalogue.blocks(1, offset=1, limit=5)]
['Food', 'Pasta', 'Penne', 'Caff\\xe8']
>>> found = BlockCatalogue(columns, blocks, search="CAFFE p2")
>>> found.count(), [shelf.title for shelf in found.shelves], [line.product_id for line in found.lines({3, 4})]
(1, ['Food', 'Pasta'], [3])
"""

from dataclasses import dataclass, replace

from .listing import Heading
from .tree import Branch, Category, with_headings
from .words import folded

MOST_WORDS = 8
LONGEST_SEARCH = 100
SEARCHED = ("reference", "name", "barcode")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category in the sidebar.

    :param int key: what stands for it in an address
    :param int count: how many rows it has, with its subcategories
    """

    key: int
    level: int
    title: str
    count: int


def words_of(search):
    """The words of a search, shortened to what a person would type; control characters are spaces.

    >>> words_of("  penne\\x00rigate\\n500 "), words_of(None), len(words_of("a " * 500))
    (['penne', 'rigate', '500'], [], 8)
    """
    text = "".join(letter if letter.isprintable() else " " for letter in (search or "")[:LONGEST_SEARCH])
    return text.split()[:MOST_WORDS]


def shelves_of(plan, category_ids):
    """The :class:`Shelf` of each branch.

    :param plan: a list of :class:`.tree.Branch`
    :param category_ids: the category of each row
    """
    below = dict.fromkeys((branch.category.id for branch in plan), 0)
    for category_id in category_ids:
        if category_id in below:
            below[category_id] += 1
    shelves, levels = [], {}
    for branch in reversed(plan):
        deeper = levels.pop(branch.level + 1, 0)
        count = below[branch.category.id] + deeper
        levels[branch.level] = levels.get(branch.level, 0) + count
        shelves.append(Shelf(branch.category.id, branch.level, branch.category.name, count))
    return [shelf for shelf in reversed(shelves) if shelf.count]


def within(plan, key):
    """The ids of a category and of those below it; None for a key that is no category of the plan.

    >>> plan = [Branch(0, Category(1, None, "A")), Branch(1, Category(2, 1, "B")), Branch(0, Category(3, None, "C"))]
    >>> within(plan, 1), within(plan, 3), within(plan, 9)
    ({1, 2}, {3}, None)
    """
    found, level = None, None
    for branch in plan:
        if found is not None and branch.level <= level:
            break
        if found is not None:
            found.add(branch.category.id)
        elif branch.category.id == key:
            found, level = {key}, branch.level
    return found


class Catalogue:
    """What a page asks of a price list; subclasses give the rows, each behind the key of its category.

    :param plan: a list of :class:`.tree.Branch`
    :param rows: a list of pairs of a category's key and anything
    """

    def __init__(self, plan, rows):
        self._plan, self._rows = plan, rows
        self.shelves = shelves_of(plan, (key for key, _row in rows))

    def count(self, key=None):
        """How many rows there are, in all or in a category."""
        return len(self._chosen(key))

    def blocks(self, key=None, offset=0, limit=None):
        """Headings and lines of a part of the rows."""
        return self._lay_out(self._chosen(key)[offset : limit and offset + limit])

    def lines(self, product_ids):
        """The lines that stand for some products."""
        rows = [row for row in self._rows if not product_ids.isdisjoint(self._products(row[1]))]
        return (block for block in self._lay_out(rows) if not isinstance(block, Heading))

    def _chosen(self, key):
        if key is None:
            return self._rows
        keys = within(self._plan, key) or ()
        return [row for row in self._rows if row[0] in keys]

    def _products(self, row):
        """The ids of the products of a row."""
        raise NotImplementedError

    def _lay_out(self, rows):
        """The blocks of some rows."""
        raise NotImplementedError


class BlockCatalogue(Catalogue):
    """The catalogue of blocks in memory.

    :param columns: the :class:`.listing.Column` of the lines
    :param blocks: headings and lines
    :param str search: words that a row has to have, all of them
    :param product_ids: of the products to show; None for all
    """

    def __init__(self, columns, blocks, search="", product_ids=None):
        places = [place for place, column in enumerate(columns) if column.key in SEARCHED]
        words = [folded(word) for word in words_of(search)]
        plan, rows, trail = [], [], []
        for block in blocks:
            if isinstance(block, Heading):
                trail = [*trail[: block.level], len(plan) + 1]
                category = Category(len(plan) + 1, None, block.title, note=block.note, page_break=block.page_break)
                plan.append(Branch(block.level, category))
                continue
            line = _without_others(block, product_ids)
            if line and _has_all(words, " ".join(str(line.cells[place] or "") for place in places)):
                rows.append((trail[-1] if trail else None, line))
        super().__init__(plan, rows)

    def _products(self, row):
        return (row.product_id, *row.other_ids)

    def _lay_out(self, rows):
        return with_headings(self._plan, rows)


def _has_all(words, text):
    text = folded(text) if words else text
    return all(word in text for word in words)


def _without_others(line, product_ids):
    """The line for those of its products that are to be shown; None where there is none."""
    if product_ids is None:
        return line
    kept = [product_id for product_id in (line.product_id, *line.other_ids) if product_id in product_ids]
    return replace(line, product_id=kept[0], other_ids=tuple(kept[1:])) if kept else None
