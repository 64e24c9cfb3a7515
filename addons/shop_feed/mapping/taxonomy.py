"""The public files of a taxonomy: lines ``ID - A > B > C`` below a line that names the version."""

import re
from typing import NamedTuple

from odoo.addons.listino_pricelist.layout.words import one_line

from .sources import Mistake

LINES_AT_MOST, LENGTH_AT_MOST = 50_000, 1_000
_VERSION = re.compile(r"#\s*(?P<name>[\w ]*Taxonomy[\w ]*)_?Version:\s*(?P<version>\S+)", re.IGNORECASE)
_LINE = re.compile(r"(?P<id>\d{1,9})\s+-\s+(?P<path>\S.*)", re.ASCII)
_WORD = re.compile(r"\w+")
PATH = " > "


class Category(NamedTuple):
    """A category of a taxonomy: its number and the names from the top down."""

    id: int
    names: tuple

    @property
    def path(self):
        return PATH.join(self.names)


class Taxonomy(NamedTuple):
    """A taxonomy: its version, and its categories in the order of the file."""

    version: str
    categories: list


def parse(text):
    """Read a file.

    :raise Mistake: where it is something else, with the number and the words of the first line that is

    >>> taxonomy = parse("# Google_Product_Taxonomy_Version: 2021-09-21\\n1 - Animali\\n3237 - Animali > Vivi\\n")
    >>> taxonomy.version, [category.path for category in taxonomy.categories]
    ('2021-09-21', ['Animali', 'Animali > Vivi'])
    >>> parse("<html>")
    Traceback (most recent call last):
    ...
    odoo.addons.shop_feed.mapping.sources.Mistake: taxonomy_line {'line': 1, 'text': '<html>'}
    """
    version, categories, lines_of = "", [], {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if number > LINES_AT_MOST:
            raise Mistake("taxonomy_too_long", limit=LINES_AT_MOST)
        if line.startswith("#"):
            version = version or (match["version"] if (match := _VERSION.match(line)) else "")
        elif line.strip():
            category = _category(number, line)
            if lines_of.setdefault(category.id, number) != number:
                raise Mistake("taxonomy_twice", line=number, id=category.id, other=lines_of[category.id])
            categories.append(category)
    if not categories:
        raise Mistake("taxonomy_empty")
    return Taxonomy(version, categories)


def _category(number, line):
    match = _LINE.fullmatch(line.strip()) if len(line) <= LENGTH_AT_MOST else None
    names = tuple(one_line(name) for name in match["path"].split(">")) if match else ()
    if not names or not all(names):
        raise Mistake("taxonomy_line", line=number, text=one_line(line)[:80])
    return Category(int(match["id"]), names)


def search(categories, query, limit=20):
    """The categories in whose path each word of a query begins a word; those that name it last and shortest first.

    >>> oils = [("Cibi", "Olio"), ("Olio motore", "Filtri"), ("Cibi", "Olio", "Oliva")]
    >>> oils = [Category(number, names) for number, names in enumerate(oils, 1)]
    >>> [category.id for category in search(oils, "oli")], [category.id for category in search(oils, "cib oliv")]
    ([1, 3, 2], [3])
    """
    words = _WORD.findall(query.casefold())
    if not words:
        return []
    hits = []
    for order, category in enumerate(categories):
        leaf = _WORD.findall(category.names[-1].casefold())
        path = _WORD.findall(category.path.casefold())
        if all(any(each.startswith(word) for each in path) for word in words):
            in_leaf = sum(any(each.startswith(word) for each in leaf) for word in words)
            hits.append((-in_leaf, len(category.names), len(leaf), order, category))
    return [hit[-1] for hit in sorted(hits)[:limit]]
