"""How much authority an order asks for, and whether a level has it."""

from dataclasses import dataclass

from .comparison import discount_of, margin_of

DIGITS = 4  # of a percentage


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be approved.

    :param float discount: percentage off the list, of the line that is furthest below it
    :param float|None margin: the lowest margin in percent, None where no cost is known
    :param float amount: value of the whole order without taxes, in the company's currency
    """

    discount: float = 0.0
    margin: float | None = None
    amount: float = 0.0


def ask(content, findings, amount):
    """What the lines that are beyond the limits ask for.

    :param Content content: of the order, see :mod:`.comparison`
    :param findings: pairs of measure and given figure, as the limits found them
    :param float amount: see :class:`Asked`

    >>> from odoo.addons.quote_discounts.approval.comparison import Content, Line
    >>> oil = Line("oil", "Oil", 10, 6.0, cost=5.0, reference=8.0)
    >>> wine = Line("wine", "Wine", 1, 50.0, cost=10.0, reference=100.0, free=True)
    >>> ask(Content("EUR", "Rossi", (oil, wine)), [("discount", 25.0)], 110.0)
    Asked(discount=25.0, margin=16.6667, amount=110.0)
    """
    bound = [line for line in content.lines if not line.free]
    lines = bound or content.lines
    discounts = [discount_of([line]) for line in lines if line.quantity > 0 and line.price >= 0 and not line.gift]
    margins = [margin_of([line]) for line in lines if line.quantity and line.price > 0]
    if not bound or any(_concerns_the_whole(line) for line in bound):
        discounts.append(discount_of(content.lines))
        margins.append(margin_of(content.lines))
    discounts += [given for measure, given in findings if measure == "discount" and given is not None]
    margins += [given for measure, given in findings if measure == "margin"]
    known = [float(margin) for margin in margins if margin is not None]
    return Asked(
        discount=round(max((float(discount) for discount in discounts if discount is not None), default=0.0), DIGITS),
        margin=round(min(known), DIGITS) if known else None,
        amount=amount,
    )


def _concerns_the_whole(line):
    """Whether a line says nothing by itself: a gift, or what is taken off the order by an amount below zero."""
    return line.reference is None or line.gift or line.price < 0 or line.quantity < 0


def covers(authority, asked):
    """Whether what a level may approve is enough.

    :param Asked authority: highest discount, lowest margin, highest amount (0: any)

    >>> covers(Asked(30, 10, 0), Asked(25, 12, 5000)), covers(Asked(30, 10, 0), Asked(25, 9.9, 5000))
    (True, False)
    >>> covers(Asked(30, 10, 4000), Asked(25, None, 5000))
    False
    """
    return (
        asked.discount <= authority.discount
        and (asked.margin is None or asked.margin >= authority.margin)
        and (not authority.amount or asked.amount <= authority.amount)
    )
