"""The terms that a rule may speak of: what each is counted in, and how it reads at a day.

Some stand still until something happens; others grow by themselves, and so tell on which days an answer may change.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor, inf

from .facts import RECENT

COUNT, MONEY, DAYS, TIMES, SCORE = KINDS = ("count", "money", "days", "times", "score")
WHOLE = frozenset({COUNT, MONEY, DAYS})


@dataclass(frozen=True, slots=True)
class Term:
    """A fact that stands still.

    :param str field: of :class:`facts.Facts`
    :param str kind: what it is counted in, one of :data:`KINDS`; money is cents
    :param tuple domain: the least and the greatest value there can be
    :param bool may_miss: whether it can be unknown
    :param bool needs_order: whether it is known only of those who have ordered
    """

    field: str
    kind: str
    domain: tuple = (0, inf)
    may_miss: bool = False
    needs_order: bool = False

    def value(self, facts, day, gap):
        """What it reads; None where it is unknown."""
        return getattr(facts, self.field)

    def flips(self, facts, gap, bound):
        """The days on which comparing it with a number may turn out otherwise than on the day before."""
        return ()


class Since(Term):
    """The whole days since a date; below zero if that is to come."""

    __slots__ = ()

    def value(self, facts, day, gap):
        start = getattr(facts, self.field)
        return (day - start).days if start else None

    def flips(self, facts, gap, bound):
        start = getattr(facts, self.field)
        return _around(start, bound) if start else ()


class Silent(Since):
    """The days since the last order, none before it."""

    __slots__ = ()

    def value(self, facts, day, gap):
        return max((day - facts.last_order).days, 0) if facts.last_order else None


class Silence(Silent):
    """The same in expected gaps of the customer himself."""

    __slots__ = ()

    def value(self, facts, day, gap):
        return Fraction(max((day - facts.last_order).days, 0), gap.days) if facts.last_order else None

    def flips(self, facts, gap, bound):
        return _around(facts.last_order, bound * gap.days) if facts.last_order else ()


class SinceEnd(Since):
    """The days since it ended; whoever has ordered afterwards has begun anew."""

    __slots__ = ()

    def value(self, facts, day, gap):
        if facts.ended and facts.last_order and facts.last_order > facts.ended:
            return None
        return Since.value(self, facts, day, gap)


class YearRevenue(Term):
    """What was bought, less what came back, within the twelve months up to a day."""

    __slots__ = ()

    def value(self, facts, day, gap):
        return sum(cents for bought, cents in facts.recent if bought <= day < bought + RECENT)

    def flips(self, facts, gap, bound):
        return tuple(bought + RECENT for bought, _cents in facts.recent)


def _around(start, bound):
    """The first day at a bound and the first beyond it: every comparison turns on one of these.

    What lies outside the calendar never comes, however many gaps a rule asks for.

    >>> _around(date(2026, 1, 1), Fraction(3, 2)), _around(date(2026, 1, 1), 36500 * 365)
    ((datetime.date(2026, 1, 3),), ())
    """
    numbers = (start.toordinal() + days for days in sorted({ceil(bound), floor(bound) + 1}))
    return tuple(date.fromordinal(number) for number in numbers if 1 <= number <= date.max.toordinal())


ANY = (-inf, inf)
TERMS = {
    "orders": Term("orders", COUNT),
    "order_days": Term("order_days", COUNT),
    "revenue": Term("revenue", MONEY, ANY),
    "revenue_year": YearRevenue("recent", MONEY, ANY),
    "returns": Term("returns", COUNT),
    "returns_value": Term("returns_value", MONEY),
    "deliveries_open": Term("deliveries_open", COUNT),
    "satisfaction": Term("satisfaction", SCORE, (1, 5), may_miss=True),
    "leads_open": Term("leads_open", COUNT),
    "silent_days": Silent("last_order", DAYS, may_miss=True, needs_order=True),
    "silence": Silence("last_order", TIMES, may_miss=True, needs_order=True),
    "days_since_first": Since("first_order", DAYS, ANY, may_miss=True, needs_order=True),
    "days_since_lead": Since("first_lead", DAYS, ANY, may_miss=True),
    "days_since_end": SinceEnd("ended", DAYS, ANY, may_miss=True),
}
