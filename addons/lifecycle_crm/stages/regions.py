"""Which customers a rule can mean at all, as sets that can be intersected and subtracted exactly.

A box gives, for each term it restricts, what the term may read: some ranges of numbers, and whether it may be unknown.
A rule is a union of boxes. Terms count as independent of each other, so a box may hold customers that cannot exist;
what is found empty is empty for certain.
"""

from dataclasses import dataclass
from math import ceil, inf

from .rules import ALL, KNOWN, UNKNOWN
from .terms import TERMS, WHOLE

AT, AFTER = 0, 1
FIRST, LAST = (-inf, AT), (inf, AFTER)
ORDERED = ("orders", "order_days")


@dataclass(frozen=True, slots=True)
class Values:
    """What a term may read.

    :param tuple spans: pairs of cuts, in order and apart from each other; a cut (v, AT) lies just before a number,
        (v, AFTER) just behind it
    :param bool unknown: whether it may be unknown too
    """

    spans: tuple
    unknown: bool

    def __bool__(self):
        return bool(self.spans) or self.unknown

    def __and__(self, other):
        both = [(max(mine[0], theirs[0]), min(mine[1], theirs[1])) for mine in self.spans for theirs in other.spans]
        return Values(tuple(span for span in both if span[0] < span[1]), self.unknown and other.unknown)

    def __sub__(self, other):
        left = self.spans
        for start, end in other.spans:
            parts = [part for mine in left for part in ((mine[0], min(mine[1], start)), (max(mine[0], end), mine[1]))]
            left = tuple(span for span in parts if span[0] < span[1])
        return Values(left, self.unknown and not other.unknown)


def everything(name):
    """All that a term can read."""
    term = TERMS[name]
    least, greatest = term.domain
    return Values((((least, AT), (greatest, AFTER)),), term.may_miss)


def values_of(condition):
    """What a term may read where a condition holds.

    >>> from .rules import Condition
    >>> values_of(Condition("orders", "<", 1)).spans, values_of(Condition("orders", "<", 0)).spans
    ((((0, 0), (1, 0)),), ())
    """
    whole = everything(condition.term)
    if condition.operator == UNKNOWN:
        return Values((), whole.unknown)
    if condition.operator == KNOWN:
        return Values(whole.spans, unknown=False)
    at, after = _cuts(condition)
    spans = {
        "=": ((at, after),),
        "!=": ((FIRST, at), (after, LAST)),
        "<": ((FIRST, at),),
        "<=": ((FIRST, after),),
        ">": ((after, LAST),),
        ">=": ((at, LAST),),
    }[condition.operator]
    return whole & Values(spans, unknown=False)


def _cuts(condition):
    """The cuts before and behind a bound; whole numbers have nothing between one and the next."""
    bound = condition.bound
    if TERMS[condition.term].kind in WHOLE:
        return (ceil(bound), AT), (ceil(bound) + 1, AT)
    return (bound, AT), (bound, AFTER)


def boxes_of(rule):
    """The boxes of a rule that are not empty; one that holds for everybody has a box without restrictions."""
    groups = [rule.conditions] if rule.match == ALL or not rule.conditions else [(each,) for each in rule.conditions]
    return [box for box in map(_box, groups) if all(box.values())]


def _box(conditions):
    box = {}
    for condition in conditions:
        _narrow(box, condition.term, values_of(condition))
    if any(TERMS[name].needs_order and not values.unknown for name, values in list(box.items())):
        for name in ORDERED:
            _narrow(box, name, Values((((1, AT), LAST),), unknown=False))
    return box


def _narrow(box, name, values):
    box[name] = box.get(name, everything(name)) & values


def without(box, other):
    """The boxes that are left of one when another is taken away.

    >>> from .rules import Condition
    >>> few, one = _box([Condition("orders", "<=", 2)]), _box([Condition("orders", "=", 1)])
    >>> [box["orders"].spans for box in without(few, one)]
    [(((0, 0), (1, 0)), ((2, 0), (3, 0)))]
    """
    left, inside = [], dict(box)
    for name, values in other.items():
        mine = inside.get(name, everything(name))
        if outside := mine - values:
            left.append({**inside, name: outside})
        inside[name] = mine & values
        if not inside[name]:
            break
    return left
