"""What the delivery of one piece costs: a fixed price or the first rule that fits, as Odoo's checkout reckons it.

Only what holds for a whole country can be told in a feed: a way that is limited to places within it, or asks a
carrier's server for its price, is not one of these.
"""

import operator
from typing import NamedTuple

OPERATORS = {
    "==": operator.eq,
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
}


class Parcel(NamedTuple):
    """One piece of a product on its way.

    :param float price: with VAT, in the company's currency
    :param frozenset tags: ids of the product's tags
    """

    price: float
    weight: float = 0.0
    volume: float = 0.0
    tags: frozenset = frozenset()

    def amount(self, variable):
        """What a rule calls by one of its words."""
        return {
            "price": self.price,
            "weight": self.weight,
            "volume": self.volume,
            "wv": self.weight * self.volume,
            "quantity": 1.0,
        }[variable]


class Step(NamedTuple):
    """A rule of a way of delivery: below a limit, say, a base price and so much for each kilo."""

    variable: str
    operator: str
    limit: float
    base: float
    price: float
    factor: str

    def holds(self, parcel):
        """Whether a parcel is within the limit of this rule."""
        return OPERATORS[self.operator](parcel.amount(self.variable), self.limit)

    def cost(self, parcel):
        """What this rule alone gives, before VAT and without the margin of its way."""
        return self.base + self.price * parcel.amount(self.factor)


class Way(NamedTuple):
    """A way of delivery.

    :param int id: what the caller knows it by
    :param steps: rules in their order; None: its price is fixed, and the caller knows it
    :param float free_from: price of the goods from which a fixed one is free; None: never
    :param float margin: share that is added to what rules give
    :param float fixed_margin: amount that is added to it
    """

    id: int
    steps: tuple | None = None
    free_from: float | None = None
    margin: float = 0.0
    fixed_margin: float = 0.0
    max_weight: float = 0.0
    max_volume: float = 0.0
    needed_tags: frozenset = frozenset()
    excluded_tags: frozenset = frozenset()

    def takes(self, parcel):
        """Whether one piece may go this way.

        >>> Way(1, max_weight=5.0).takes(Parcel(10.0, weight=6.0)), Way(1).takes(Parcel(10.0, weight=6.0))
        (False, True)
        >>> tagged = Parcel(10.0, tags=frozenset({7}))
        >>> Way(1, needed_tags=frozenset({8})).takes(tagged), Way(1, excluded_tags=frozenset({7})).takes(tagged)
        (False, False)
        """
        return (
            (not self.max_weight or parcel.weight <= self.max_weight)
            and (not self.max_volume or parcel.volume <= self.max_volume)
            and (not self.needed_tags or bool(self.needed_tags & parcel.tags))
            and not self.excluded_tags & parcel.tags
        )

    def is_free(self, parcel):
        """Whether goods of this price are delivered for nothing."""
        return self.free_from is not None and parcel.price >= self.free_from

    def cost(self, parcel):
        """What rules give for one piece, before VAT, in the company's currency; None where none of them fits.

        >>> light = Step("weight", "<=", 5.0, 4.0, 0.5, "weight")
        >>> by_weight = Way(1, (light, Step("weight", ">", 5.0, 20.0, 0.0, "weight")))
        >>> by_weight.cost(Parcel(10.0, weight=2.0)), by_weight._replace(margin=0.1).cost(Parcel(10.0, weight=9.0))
        (5.0, 22.0)
        >>> Way(1, ()).cost(Parcel(10.0)) is None
        True
        """
        step = next((each for each in self.steps or () if each.holds(parcel)), None)
        return None if step is None else step.cost(parcel) * (1.0 + self.margin) + self.fixed_margin
