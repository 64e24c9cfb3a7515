"""What a visitor looks for, and the categories in which he does."""

from collections import Counter
from typing import NamedTuple

from odoo.addons.listino_pricelist.layout.words import clean, one_line

from .card import SEPARATOR

LONGEST = 80  # characters of a search
MOST_WORDS = 6
MOST_BRANCHES = 40
MOST_PAGES = 1000
PAGE_SIZE = 24


class Asked(NamedTuple):
    """A visitor's search: words that all occur, a category's path, the number of the page from 1."""

    words: tuple = ()
    category: str = ""
    page: int = 1

    @property
    def text(self):
        """The words as somebody types them."""
        return " ".join(self.words)

    def query(self, **changes):
        """The parameters of the address of this search, or of one that differs from it.

        >>> Asked(("olio",), "Cibo", 3).query(category="")
        {'q': 'olio'}
        """
        changed = self._replace(**{"page": 1, **changes})
        found = {"q": changed.text, "c": changed.category, "p": str(changed.page) if changed.page > 1 else ""}
        return {name: value for name, value in found.items() if value}


def read(query):
    """A search out of the parameters of an address, whatever they hold.

    >>> read({"q": " olio  nuovo ", "c": "Cibo", "p": "2"})
    Asked(words=('olio', 'nuovo'), category='Cibo', page=2)
    >>> read({"p": "-7"}), read({"p": "x"}).page
    (Asked(words=(), category='', page=1), 1)
    """
    words = one_line(clean(query.get("q") or ""))[:LONGEST].split()
    page = query.get("p") or ""
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    category = one_line(clean(query.get("c") or ""))[:750]
    return Asked(tuple(words[:MOST_WORDS]), category, min(max(number, 1), MOST_PAGES))


class Branch(NamedTuple):
    """A category to choose: its name, its path, and how many items it holds."""

    name: str
    path: str
    count: int


def is_below(path, category):
    """Whether a path is a category's, or of one in it.

    >>> is_below("Cibo > Olio", "Cibo"), is_below("Cibo", "Cibo"), is_below("Cibovagando", "Cibo"), is_below("x", "")
    (True, True, False, True)
    """
    return not category or path == category or path.startswith(category + SEPARATOR)


def branches(counts, category=""):
    """The categories one level below another, the fullest ones; those that offer no choice are passed through.

    :param dict counts: items by their path

    >>> branches({"Cibo > Olio": 2, "Cibo > Vino > Rosso": 1, "Cibo > Vino": 4})
    [Branch(name='Olio', path='Cibo > Olio', count=2), Branch(name='Vino', path='Cibo > Vino', count=5)]
    >>> branches({"Cibo > Olio": 2}, "Cibo > Olio")
    []
    """
    found = _below(counts, category)
    while len(found) == 1 and found[0].count == sum(n for path, n in counts.items() if is_below(path, category)):
        category = found[0].path
        deeper = _below(counts, category)
        if not deeper:
            break
        found = deeper
    fullest = sorted(found, key=lambda branch: -branch.count)[:MOST_BRANCHES]
    return sorted(fullest, key=lambda branch: branch.name.casefold())


def _below(counts, category):
    depth = len(category.split(SEPARATOR)) if category else 0
    sums = Counter()
    for path, count in counts.items():
        parts = path.split(SEPARATOR)
        if path and len(parts) > depth and is_below(path, category):
            sums[SEPARATOR.join(parts[: depth + 1])] += count
    return [Branch(path.rpartition(SEPARATOR)[2], path, count) for path, count in sums.items()]


def trail(category):
    """The way to a category: names and paths, from the top.

    >>> trail("Cibo > Olio")
    [('Cibo', 'Cibo'), ('Olio', 'Cibo > Olio')]
    """
    parts = category.split(SEPARATOR) if category else []
    return [(part, SEPARATOR.join(parts[: place + 1])) for place, part in enumerate(parts)]


def page_count(total):
    """How many pages show so many products: one even where there are none, and never more than are offered.

    >>> page_count(0), page_count(24), page_count(25)
    (1, 1, 2)
    """
    return min(max(-(-total // PAGE_SIZE), 1), MOST_PAGES)
