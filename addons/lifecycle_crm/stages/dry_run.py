"""What a change of the rules would do: who moves from where to where, before anything is saved."""

from collections import Counter
from dataclasses import dataclass

from .decide import Decision, decide


@dataclass(frozen=True, slots=True)
class Move:
    """A customer whom the new rules put elsewhere, with both decisions and so both reasons."""

    customer: object
    before: Decision
    after: Decision


@dataclass(frozen=True)
class DryRun:
    """The outcome.

    :param tuple moves: a :class:`Move` for each customer who moves, in the order in which they came
    :param Counter flows: how many move, by the pair of the old and the new stage
    :param Counter before: how many are in each stage today, and ``after`` how many would be
    """

    moves: tuple
    flows: Counter
    before: Counter
    after: Counter


def dry_run(old, new, customers, day, old_prior=None, new_prior=None):
    """Decide about everybody by both versions.

    :param customers: pairs of an identity and its :class:`facts.Facts`; read once
    :rtype: DryRun

    >>> from datetime import date
    >>> from .facts import facts_of
    >>> from .presets import SERVICES, SHOP
    >>> facts = facts_of([(date(2026, 1, 10), 5000)], date(2026, 6, 1))
    >>> outcome = dry_run(SHOP, SERVICES, [("Rossi", facts)], date(2026, 6, 1))
    >>> dict(outcome.flows)
    {('lost', 'new'): 1}
    """
    moves, before, after = [], Counter(), Counter()
    for customer, facts in customers:
        was, would_be = decide(old, facts, day, old_prior), decide(new, facts, day, new_prior)
        before[was.stage] += 1
        after[would_be.stage] += 1
        if was.stage != would_be.stage:
            moves.append(Move(customer, was, would_be))
    flows = Counter((move.before.stage, move.after.stage) for move in moves)
    return DryRun(tuple(moves), flows, before, after)
