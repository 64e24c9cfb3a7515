"""Why a price is what it is: the chain of lists and rules with every number, and the rules that lost.

The explanation is data, for a form, a report or a test to show.
"""

from dataclasses import dataclass, field

from .formula import DISCOUNT, FIXED_PRICE, apply_rule, steps_of_formula, to_asked_unit
from .resolution import base_of
from .rules import FIXED, PERCENTAGE, SALES_PRICE, Rule

NOT_ENOUGH, OUTRANKED, OUT_OF_DATE = "quantity", "order", "date"
KEPT_BREAKS = "kept_breaks"


@dataclass(frozen=True, slots=True)
class Station:
    """What one list does to the price.

    :param list_id: the list; None for the sales prices themselves
    :param rule: the winning :class:`~.rules.Rule`, or None
    :param str base: kind of the base price (sales price, cost, other list); None for a fixed price
    :param base_price: the base price in the currency wanted of this list
    :param list steps: pairs of the step's name and the price after it, in order
    :param float kept: the share of the price that quantity discounts kept from another list leave of it
    :param float price: the list's answer
    :param list lost: pairs of a losing rule and the reason (quantity, order, date)
    """

    list_id: int | None
    rule: Rule | None
    base: str | None
    base_list_id: int | None
    base_price: float | None
    steps: list
    price: float
    lost: list = field(default_factory=list)
    kept: float = 1.0


def derive(facts, list_id, request, answer):
    """The stations of a price, from the list that was asked down to the product's own price.

    :param facts: a :class:`~.resolution.Facts` that also gives ``book(list_id)`` and ``rules_out_of_date(list_id)``
    :param answer: the :class:`~.resolution.Answer` of that list to the request
    :rtype: list[Station]
    """
    stations = []
    while answer:
        rule = answer.rule
        base, base_list_id = _base(rule)
        stations.append(
            Station(
                list_id=list_id,
                rule=rule,
                base=base,
                base_list_id=base_list_id,
                base_price=answer.base_price,
                steps=_steps(rule, answer, request.ratio),
                price=answer.price,
                lost=_lost(facts, list_id, request, rule),
                kept=answer.kept,
            )
        )
        list_id, answer = base_list_id, answer.base
    return stations


def _base(rule):
    if rule is None:
        return SALES_PRICE, None
    if rule.known and rule.method == FIXED:
        return None, None
    return base_of(rule)


def _steps(rule, answer, ratio):
    kept = [(KEPT_BREAKS, answer.price)] if answer.kept != 1 else []
    if rule is None or not rule.known:
        return kept
    if rule.method == FIXED:
        return [(FIXED_PRICE, to_asked_unit(ratio, rule.fixed_price)), *kept]
    if rule.method == PERCENTAGE:
        return [(DISCOUNT, apply_rule(rule, answer.base_price, ratio)), *kept]
    steps = steps_of_formula(rule, answer.base_price, ratio)
    return [*(steps if rule.discount else steps[1:]), *kept]


def _lost(facts, list_id, request, winner):
    """The rules that cover the goods but do not apply, each with the reason, in Odoo's order."""
    lost = []
    for rule in facts.book(list_id).candidates(request.goods):
        if winner is None or rule.id != winner.id:
            reason = OUTRANKED if rule.admits_quantity(request.own_quantity) else NOT_ENOUGH
            lost.append((rule, reason))
    lost += [(rule, OUT_OF_DATE) for rule in facts.rules_out_of_date(list_id).candidates(request.goods)]
    return lost
