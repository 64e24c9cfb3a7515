"""The discounts of a line as the customer reads them: named one by one, or hidden in the price that they start from.

What is shown adds up: the shown price, less the shown discounts one after the other, is the net price.

>>> cascade = Cascade(100, 2, percent_steps(PROMOTION, "10") + percent_steps(NEGOTIATED, "5"))
>>> shown = show(cascade, [True, False])
>>> shown.price, [(row.place, row.percent, row.before, row.after) for row in shown.rows]
(Decimal('95'), [(0, Decimal('10'), Decimal('95'), Decimal('85.5'))])
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext

from ..cascade.steps import (  # noqa: F401 (doctests)
    HUNDRED,
    NEGOTIATED,
    PRECISE,
    PROMOTION,
    Cascade,
    percent_steps,
    plain,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A discount that is shown.

    :param int place: of the step in its cascade
    :param percent: what is taken off, None where the step is no percentage
    :param Decimal before: the price of one unit that it is taken off
    :param Decimal after: the price of one unit that it leaves
    """

    place: int
    percent: Decimal | None
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class ShownCascade:
    """What a customer reads of a cascade.

    :param Decimal price: of one unit, which the shown discounts are taken off
    :param tuple rows: of :class:`Row`, in their order
    :param Decimal net: the price of one unit after all discounts
    """

    price: Decimal
    rows: tuple
    net: Decimal


def show(cascade, visible):
    """What to show of a cascade of which some steps are hidden.

    Worked out from its end: each shown step is undone from what comes after it, so that hidden ones go into the price
    before. What can't be undone, an agreed price or 100 %, starts from the price that it really started from.

    :param Cascade cascade: of an order line
    :param visible: for each of its steps, whether it is shown
    """
    befores = (cascade.unit_price, *cascade.prices)
    rows, after = [], cascade.net_unit_price
    with localcontext(PRECISE):
        for place in reversed(range(len(cascade.steps))):
            if visible[place]:
                step = cascade.steps[place]
                before = _undo(step, after, cascade.quantity, befores[place])
                rows.append(Row(place, step.percent, before, after))
                after = before
    return ShownCascade(after if cascade.steps else cascade.unit_price, tuple(reversed(rows)), cascade.net_unit_price)


def _undo(step, after, quantity, real_before):
    """The price before a step that left another one."""
    if step.percent is not None and step.percent != HUNDRED:
        before = after / (1 - step.percent / HUNDRED)
    elif step.amount is not None and quantity:
        before = after + step.amount / quantity
    else:
        before = real_before
    return plain(before)
