"""Categories and their lines in the order of the product tree.

>>> from .listing import Line
>>> categories = [
...     Category(1, None, "Food"), Category(2, 1, "Rice"), Category(3, 1, "Pasta", sequence=0, note="Bronze-drawn"),
...     Category(4, 3, "Fresh"), Category(5, None, "Cellar", sequence=-1), Category(6, 1, "Empty"),
... ]
>>> plan = branches(categories, {1, 2, 4, 5})
>>> lines = [(5, Line(("Barolo",))), (1, Line(("Salt",))), (4, Line(("Tagliatelle",))), (2, Line(("Carnaroli",)))]
>>> for block in with_headings(plan, lines):
...     print("  " * block.level + block.title if isinstance(block, Heading) else block.cells)
Cellar
('Barolo',)
Food
('Salt',)
  Pasta
    Fresh
('Tagliatelle',)
  Rice
('Carnaroli',)
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from .listing import Heading
from .words import folded


@dataclass(frozen=True)
class Category:
    """A product category as it is printed: its place in the tree, its order among its siblings, its note."""

    id: int
    parent_id: int | None
    name: str
    sequence: int = 0
    note: str = ""
    page_break: bool = False


class Branch(NamedTuple):
    """A category that has something to print, and how deep it is nested (0: a root)."""

    level: int
    category: Category


def sort_key(category):
    """Own sequence, then the name as a reader sorts it (neither case nor accents count), then the id.

    >>> names = enumerate(("Zuppe", "\u00e8 nuovo", "Dolci"))
    >>> categories = [*(Category(number, None, name) for number, name in names), Category(9, None, "Vini", sequence=-5)]
    >>> [category.name for category in sorted(categories, key=sort_key)]
    ['Vini', 'Dolci', '\u00e8 nuovo', 'Zuppe']
    """
    return category.sequence, folded(category.name), category.id


def branches(categories, filled):
    """The branches that lead to a filled category, parents before children, siblings in their order.

    A category whose parent is not among ``categories`` is a root. A cycle, which Odoo refuses but an import by SQL
    can make, is cut at its first category in order.

    :param categories: the categories, in any order.
    :param filled: the ids of the categories that have lines of their own.
    :return: a list of :class:`Branch`.

    >>> loop = [Category(1, 2, "B"), Category(2, 1, "A"), Category(3, 3, "Self"), Category(4, 99, "Lost parent")]
    >>> [(branch.level, branch.category.name) for branch in branches(loop, {1, 3, 4})]
    [(0, 'Lost parent'), (0, 'A'), (1, 'B'), (0, 'Self')]
    """
    ordered = sorted(categories, key=sort_key)
    by_id = {category.id: category for category in ordered}
    needed = _with_ancestors(by_id, filled)
    children = defaultdict(list)
    for category in ordered:
        if category.id in needed:
            children[category.parent_id if category.parent_id in by_id else None].append(category)
    found, seen = [], set()
    _walk(children[None], children, seen, found)
    for category in ordered:  # what no root leads to goes round in a circle
        if category.id in needed and category.id not in seen:
            _walk([category], children, seen, found)
    return found


def _with_ancestors(by_id, filled):
    needed = set()
    for category_id in filled:
        while category_id in by_id and category_id not in needed:
            needed.add(category_id)
            category_id = by_id[category_id].parent_id
    return needed


def _walk(roots, children, seen, found):
    """Depth first without recursion: a tree may be deeper than Python's stack."""
    stack = [Branch(0, category) for category in reversed(roots)]
    while stack:
        branch = stack.pop()
        if branch.category.id in seen:
            continue
        seen.add(branch.category.id)
        found.append(branch)
        stack.extend(Branch(branch.level + 1, child) for child in reversed(children[branch.category.id]))


def with_headings(plan, lines):
    """The blocks of a document: each line under the headings that lead to its category.

    A heading comes with the first line below it, so that a category without lines, or one that lost them on the way,
    leaves no trace. Lines of no category, or of one not in the plan, open the document without a heading.

    :param plan: a list of :class:`Branch`.
    :param lines: pairs of category id and :class:`~.listing.Line`, in the plan's order: a category's own lines before
        its subcategories. Any iterable; it is read as the blocks are asked for.
    :return: an iterator of :class:`~.listing.Heading` and :class:`~.listing.Line`.

    >>> from .listing import Line
    >>> plan = branches([Category(1, None, "Food"), Category(2, None, "Nothing left")], {1, 2})
    >>> stray = [(None, Line(("Loose",))), (7, Line(("Unknown category",))), (1, Line(("Salt",)))]
    >>> [getattr(block, "title", "") or block.cells[0] for block in with_headings(plan, stray)]
    ['Loose', 'Unknown category', 'Food', 'Salt']
    """
    trail, trails = [], {}
    for branch in plan:
        trail = [*trail[: branch.level], branch]
        trails[branch.category.id] = trail
    open_categories = set()
    for category_id, line in lines:
        for level, category in trails.get(category_id, ()):
            if category.id not in open_categories:
                open_categories.add(category.id)
                yield Heading(level, category.name, category.note, category.page_break)
        yield line
