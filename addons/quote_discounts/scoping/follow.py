"""Lines that follow the answers behind them: which to add, to change, to take away, to leave alone.

An answer has effects, each wants a quantity of a product on the quote. What a person has changed on such a line since
is his: the line is kept as it is, and he is told. Nothing here needs Odoo.
"""

from dataclasses import dataclass, field
from typing import NamedTuple


class Line(NamedTuple):
    """A line that came from an effect.

    :param id: of the line
    :param effect: key of the effect
    :param float quantity: on the line now
    :param float noted: what the answer had set
    :param bool touched: whether a person negotiated or changed something else on it
    """

    id: object
    effect: object
    quantity: float
    noted: float
    touched: bool = False

    @property
    def is_edited(self):
        """Whether it is not any more as the answer had made it."""
        return self.touched or not is_same(self.quantity, self.noted)


@dataclass
class Plan:
    """What has to be done: quantities by effect to add, quantities by line to set, lines to drop, lines to keep."""

    add: dict = field(default_factory=dict)
    change: dict = field(default_factory=dict)
    drop: list = field(default_factory=list)
    kept: list = field(default_factory=list)


def is_same(first, second, digits=6):
    """Whether two quantities differ by no more than rounding."""
    return round(first - second, digits) == 0


def quantity_of(answer, factor, is_per_unit):
    """The quantity that an effect wants; None where it wants no line.

    :param answer: the number of a number question, True or False of any other
    >>> quantity_of(12, 0.5, True), quantity_of(12, 3, False), quantity_of(True, 2, False)
    (6.0, 3.0, 2.0)
    >>> quantity_of(0, 3, False), quantity_of(False, 3, False), quantity_of(0, 3, True)
    (None, None, None)
    """
    if not answer:
        return None
    return float(answer) * factor if is_per_unit else float(factor)


def follow(wanted, lines, anew=False):
    """How the lines that came from an answer follow it.

    :param dict wanted: the quantity by effect, of the effects that want a line; effects not in there want none
    :param lines: the :class:`Line` that are there
    :param bool anew: set also what a person had changed
    :rtype: Plan

    >>> follow({"copy": 6.0, "photos": 1.0}, [Line(1, "copy", 4.0, 4.0), Line(2, "shop", 1.0, 1.0)])
    Plan(add={'photos': 1.0}, change={1: 6.0}, drop=[2], kept=[])

    A quantity written by hand stays, and so does a line with a negotiated discount that would go:

    >>> follow({"copy": 6.0}, [Line(1, "copy", 5.0, 4.0), Line(2, "shop", 1.0, 1.0, touched=True)])
    Plan(add={}, change={}, drop=[], kept=[1, 2])

    A negotiated discount does not keep the quantity from following:

    >>> follow({"copy": 6.0}, [Line(1, "copy", 4.0, 4.0, touched=True)])
    Plan(add={}, change={1: 6.0}, drop=[], kept=[])
    >>> follow({"copy": 6.0}, [Line(1, "copy", 5.0, 4.0)], anew=True).change
    {1: 6.0}
    """
    plan = Plan()
    there = set()
    for line in lines:
        there.add(line.effect)
        quantity = wanted.get(line.effect)
        if quantity is None:
            (plan.kept if line.is_edited and not anew else plan.drop).append(line.id)
        elif is_same(quantity, line.quantity):
            if not is_same(quantity, line.noted):
                plan.change[line.id] = quantity  # the hand was right: noted as the answer's own
        elif is_same(line.quantity, line.noted) or anew:
            plan.change[line.id] = quantity
        else:
            plan.kept.append(line.id)
    plan.add = {effect: quantity for effect, quantity in wanted.items() if effect not in there}
    return plan
