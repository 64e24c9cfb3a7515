"""How much money was given beyond the limits, line by line; all in :class:`decimal.Decimal`."""

from decimal import Decimal

from ..cascade.steps import HUNDRED
from .findings import floor
from .scope import FREE_GOODS, NEGATIVE

ZERO = Decimal(0)


def beyond(deal, directions, policy, findings):
    """The money of a line that its negotiator was not free to give; without taxes, in the order's currency.

    A discount counts as far as it goes below the lowest price that might be given. Free goods and amounts below zero,
    which are judged over the whole order, count with the part of them that is too much.

    :param findings: those of the order

    >>> from .choice import Choice
    >>> from .findings import Deal, Directions, Finding, Policy
    >>> from .scope import Limit
    >>> ten = Directions(Choice(Limit(1, max_discount=Decimal(10))))
    >>> beyond(Deal(1, Decimal(3), Decimal(100), Decimal(85)), ten, Policy(), [])
    Decimal('15.0')
    >>> tenth = Finding(1, None, "free_goods", 1, Decimal(10), Decimal(25))
    >>> beyond(Deal(2, Decimal(2), Decimal(100), Decimal(0), is_free=True), ten, Policy(), [tenth])
    Decimal('120.0')
    """
    if deal.is_free:
        ids = {choice.limit.id for choice in (directions.discount, directions.margin, directions.free_goods) if choice}
        concerned = [
            finding
            for finding in findings
            if finding.measure == FREE_GOODS
            and (finding.line_id == deal.line_id or finding.line_id is None)
            and (finding.limit_id is None or finding.limit_id in ids)
        ]
        return max(deal.reference * deal.quantity, ZERO) * _excess(concerned)
    if deal.amount < 0:
        return -deal.amount * _excess(finding for finding in findings if finding.measure == NEGATIVE)
    price, _measure = floor(deal, directions, policy)
    missing = (price - deal.net) * deal.quantity if price is not None else ZERO
    return missing if missing >= policy.rounding else ZERO


def discount_figures(deal, directions, policy):
    """The discount that a line's negotiator might give and the one that the line has, in percent.

    Where nothing limits it, he might have given everything; free goods and amounts below zero have no such figures.

    >>> from .findings import Deal, Directions, Policy
    >>> discount_figures(Deal(1, Decimal(1), Decimal(100), Decimal(85)), Directions(), Policy(ask_without_limit=True))
    (Decimal('0'), Decimal('15'))
    """
    if deal.is_free or deal.amount < 0:
        return ZERO, ZERO
    if directions.discount:
        return directions.discount.limit.max_discount, deal.discount
    return (ZERO if directions.is_silent and policy.ask_without_limit else HUNDRED), deal.discount


def _excess(findings):
    """The part of what was given that is too much."""
    parts = ((finding.given - finding.allowed) / finding.given for finding in findings if finding.given)
    return min(max(parts, default=ZERO), Decimal(1))
