"""Which limit holds: the most specific one; of those equally specific, or each on another count, the strictest.

Counts are not weighed against each other. A limit gives way only to one that is narrower on some count and wider on
none: "Anna, pasta: 15 %" beats "Anna: 20 %" and "pasta: 10 %", but between these two neither is the narrower, so the
stricter one holds. So the answer never depends on the order in which limits were written, and whoever wants an
exception writes it for exactly that case. Each measure is decided by itself: a limit that says nothing about margins
leaves those to the others.
"""

from dataclasses import dataclass

from .scope import DISCOUNT, FREE_GOODS, MARGIN

FIGURES = {DISCOUNT: "max_discount", MARGIN: "min_margin", FREE_GOODS: "max_free_goods"}


@dataclass(frozen=True, slots=True)
class Choice:
    """The limit that holds for a measure, and those that it prevails over.

    :param Limit limit:
    :param tuple wider: limits that gave way since they are less specific
    :param tuple milder: limits as specific, or on another count, that allow more
    """

    limit: object
    wider: tuple = ()
    milder: tuple = ()


def figure(limit, measure):
    """What a limit says about a measure, or None.

    >>> from .scope import Limit
    >>> figure(Limit(1, max_discount=5), DISCOUNT), figure(Limit(1, max_discount=5), MARGIN)
    (5, None)
    """
    return getattr(limit, FIGURES[measure])


def choose(limits, situation, measure):
    """The :class:`Choice` for a measure in a situation; None where no limit speaks of it.

    >>> from .scope import CATEGORY, USER, Limit, Situation
    >>> anna, pasta = Limit(1, who=(USER, 9), max_discount=20), Limit(2, goods=(CATEGORY, 7), max_discount=10)
    >>> everyone, both = Limit(3, max_discount=5), Limit(4, (USER, 9), goods=(CATEGORY, 7), max_discount=15)
    >>> situation = Situation(user_id=9, category_ids=(7,))
    >>> choose([anna, pasta, everyone], situation, DISCOUNT).limit.id
    2
    >>> choice = choose([anna, pasta, everyone, both], situation, DISCOUNT)
    >>> choice.limit.id, [limit.id for limit in choice.wider], choice.milder
    (4, [1, 2, 3], ())
    """
    ranks = {
        limit: limit.narrowness(situation)
        for limit in limits
        if figure(limit, measure) is not None and limit.covers(situation)
    }
    if not ranks:
        return None
    kinds = set(ranks.values())
    best = {rank for rank in kinds if not any(_is_narrower(other, rank) for other in kinds)}
    by_strictness = sorted(ranks, key=lambda limit: (_strictness(limit, measure), limit.id))
    first, *others = [limit for limit in by_strictness if ranks[limit] in best]
    wider = tuple(limit for limit in by_strictness if ranks[limit] not in best)
    return Choice(first, tuple(sorted(wider, key=lambda limit: limit.id)), tuple(others))


def _is_narrower(one, other):
    return one != other and all(mine >= theirs for mine, theirs in zip(one, other, strict=True))


def _strictness(limit, measure):
    """The lower, the stricter."""
    return -figure(limit, measure) if measure == MARGIN else figure(limit, measure)
