"""Rules of one list that stand in each other's way: the same products, the same quantity, the same time.

In Odoo's order the newer of two such rules comes first. What never wins can go without changing a price. A promotion
inside the validity of a permanent price, and newer than it, is as it should be: both win in their time.
"""

from collections import defaultdict
from typing import NamedTuple

from .dated import DatedRule, terms
from .keys import stray_keys
from .kinds import DUPLICATE, OVERLAP, SHADOWED


class Conflict(NamedTuple):
    """One rule that meets another.

    :param str kind: duplicate, shadowed or overlap
    :param loser: the :class:`.dated.DatedRule` that comes second
    :param winner: the one that comes first
    :param bool never_wins: whether the loser can't win for any product, quantity or date
    """

    kind: str
    loser: DatedRule
    winner: DatedRule
    never_wins: bool


def conflicts(dated_rules):
    """At most one :class:`Conflict` a rule, in the order of the rules.

    :param dated_rules: the :class:`.dated.DatedRule` of one list

    >>> from ..pricing.rules import Rule
    >>> old, new = Rule(1, 1, "3_global", fixed_price=9.0), Rule(2, 0, "3_global", fixed_price=8.0)
    >>> [found] = conflicts([DatedRule(old), DatedRule(new)])
    >>> found.kind, found.loser.rule.id, found.never_wins
    ('overlap', 1, True)
    >>> conflicts([DatedRule(old), DatedRule(new._replace(min_quantity=10.0))])
    []
    """
    alike = defaultdict(list)
    for dated in sorted(dated_rules, key=lambda dated: dated.rule.position):
        alike[dated.target, dated.rule.min_quantity or 0.0].append(dated)
    found = [
        conflict
        for same in alike.values()
        for place, dated in enumerate(same)
        if (conflict := _conflict_of(dated, same[:place]))
    ]
    return sorted(found, key=lambda conflict: conflict.loser.rule.position)


def _conflict_of(loser, earlier):
    """The rule with those that come before it: with one that leaves it nothing, else with one that leaves it less."""
    fetched = [dated for dated in earlier if not stray_keys(dated.rule)]
    for winner in fetched:
        if winner.lasts_as_long_as(loser):
            return Conflict(_kind(loser, winner), loser, winner, True)
    for winner in fetched:
        if winner.meets(loser) and not loser.lasts_as_long_as(winner) and terms(winner.rule) != terms(loser.rule):
            return Conflict(OVERLAP, loser, winner, False)
    return None


def _kind(loser, winner):
    if winner.validity != loser.validity:
        return SHADOWED
    return DUPLICATE if terms(winner.rule) == terms(loser.rule) else OVERLAP
