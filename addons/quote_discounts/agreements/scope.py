"""What an offer is for: a product, all variants of a template, a category and those below it, or everything."""

from typing import NamedTuple

PRODUCT, TEMPLATE, CATEGORY, EVERYTHING = "product", "template", "category", "all"
NEAREST = {PRODUCT: 3, TEMPLATE: 2, CATEGORY: 1, EVERYTHING: 0}


class Goods(NamedTuple):
    """What is sold.

    :param tuple category_ids: its category and all above it, the nearest first
    """

    product_id: int
    template_id: int
    category_ids: tuple = ()


class Scope(NamedTuple):
    """The goods that an offer is for; id is that of the product, template or category.

    >>> fresh_pasta = Goods(7, 70, (3, 2, 1))
    >>> Scope(CATEGORY, 3).closeness(fresh_pasta) > Scope(CATEGORY, 1).closeness(fresh_pasta)
    True
    >>> Scope(PRODUCT, 8).closeness(fresh_pasta) is None
    True
    """

    kind: str = EVERYTHING
    id: int | None = None

    def closeness(self, goods):
        """How specifically the scope names these goods, as a pair that compares; None where they are outside it."""
        if self.kind == CATEGORY:
            if self.id not in goods.category_ids:
                return None
            return NEAREST[CATEGORY], -goods.category_ids.index(self.id)
        named = {PRODUCT: goods.product_id, TEMPLATE: goods.template_id, EVERYTHING: self.id}[self.kind]
        return (NEAREST[self.kind], 0) if named == self.id else None


class Place(NamedTuple):
    """A scope in the tree of goods.

    :param frozenset around: the scopes that contain it, itself included

    >>> everything, pasta = Scope(), Scope(CATEGORY, 3)
    >>> shelf = Place(pasta, frozenset({everything, pasta}))
    >>> shelf.meets(Place(everything, frozenset({everything})))
    True
    >>> shelf.meets(Place(Scope(CATEGORY, 4), frozenset({everything, Scope(CATEGORY, 4)})))
    False
    """

    scope: Scope
    around: frozenset

    def meets(self, other):
        """Whether the same goods can be in both: scopes are a tree, so one has to contain the other."""
        return self.scope in other.around or other.scope in self.around


def scopes_around(goods, scope):
    """The scopes that contain one, itself included.

    :param Goods goods: goods that are in the scope; for a category only its ``category_ids`` count

    >>> len(scopes_around(Goods(7, 70, (3, 2, 1)), Scope(PRODUCT, 7)))
    6
    >>> sorted(scopes_around(Goods(0, 0, (3, 1)), Scope(CATEGORY, 3)))
    [Scope(kind='all', id=None), Scope(kind='category', id=1), Scope(kind='category', id=3)]
    """
    around = {Scope(), scope}
    if scope.kind == PRODUCT:
        around.add(Scope(TEMPLATE, goods.template_id))
    if scope.kind != EVERYTHING:
        around.update(Scope(CATEGORY, category_id) for category_id in goods.category_ids)
    return frozenset(around)
