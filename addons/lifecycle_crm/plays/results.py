"""What a play brought, beside those who were left in peace; and no percentage where there are too few to tell.

The interval of the difference is Newcombe's (Statistics in Medicine 17, 1998, method 10): two Wilson intervals put
together. It stays within -1 and 1 and holds for small shares, where the textbook's does not.
"""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

Z95 = 1.959963984540054  # of a two-sided interval of 95 %
LEAST_PEOPLE, LEAST_EXPECTED = 30, 5
FEW_PEOPLE, FEW_EXPECTED = TOO_FEW = ("few_people", "few_expected")


@dataclass(frozen=True, slots=True)
class Group:
    """Those a play was for, or those held out of it; amounts in cents.

    :param int people: how many, and ``buyers`` how many of them bought afterwards within the time looked at
    :param int revenue: what all of them bought, without tax; ``cost`` what the play cost: gifts, calls, postage
    """

    people: int
    buyers: int
    revenue: int = 0
    cost: int = 0

    def __post_init__(self):
        if not 0 <= self.buyers <= self.people:
            raise ValueError("more buyers than people")


class Interval(NamedTuple):
    """A share, or a difference of shares, between its limits."""

    low: float
    value: float
    high: float


class Few(NamedTuple):
    """Why nothing can be said: one of :data:`TOO_FEW`, how many there are, and how many it takes."""

    code: str
    found: float
    needed: int


@dataclass(frozen=True, slots=True)
class Result:
    """A play beside its holdout.

    :param difference: the :class:`Interval` by which more people bought; None where there are too few
    :param few: the :class:`Few` that stands against it; None
    :param gained: cents of revenue beyond what the same number of people held out brought, rounded; None likewise
    :param int cost: cents of the play, which are known in any case
    """

    difference: Interval | None
    few: Few | None
    gained: int | None
    cost: int

    @property
    def is_certain(self):
        """Whether the interval leaves no doubt that there is a difference, for better or worse."""
        return self.difference is not None and (self.difference.low > 0 or self.difference.high < 0)


def compare(played, held):
    """The result of a play.

    :param Group played: those it was for, and ``held`` those held out
    :rtype: Result

    >>> result = compare(Group(400, 60, 900_000, 50_000), Group(100, 8, 150_000))
    >>> [round(part, 3) for part in result.difference], result.gained, result.is_certain
    ([-0.007, 0.07, 0.125], 300000, False)
    >>> compare(Group(400, 60), Group(20, 1)).few
    Few(code='few_people', found=20, needed=30)
    """
    if few := too_few(played, held):
        return Result(None, few, None, played.cost)
    expected = held.revenue * played.people / held.people
    return Result(newcombe(played, held), None, round(played.revenue - expected), played.cost)


def too_few(played, held):
    """Why two groups can't be compared; None if they can.

    At least thirty people on each side, and at least five buyers and five others to be expected on each if the play
    made no difference (Cochran's rule).

    >>> too_few(Group(300, 10), Group(40, 0))
    Few(code='few_expected', found=1.2, needed=5)
    """
    smaller = min(played.people, held.people)
    if smaller < LEAST_PEOPLE:
        return Few(FEW_PEOPLE, smaller, LEAST_PEOPLE)
    people, buyers = played.people + held.people, played.buyers + held.buyers
    expected = smaller * min(buyers, people - buyers) / people
    return Few(FEW_EXPECTED, round(expected, 1), LEAST_EXPECTED) if expected < LEAST_EXPECTED else None


def wilson(part, whole, z=Z95):
    """A share with its Wilson interval.

    >>> [round(limit, 4) for limit in wilson(56, 70)]
    [0.6918, 0.8, 0.877]
    """
    share, spread = part / whole, z * z / whole
    middle = share + spread / 2
    half = z * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    return Interval(max((middle - half) / (1 + spread), 0), share, min((middle + half) / (1 + spread), 1))


def newcombe(first, second, z=Z95):
    """By how much the share of buyers of one group is above that of another.

    >>> [round(limit, 4) for limit in newcombe(Group(70, 56), Group(80, 48))]
    [0.0524, 0.2, 0.3339]
    """
    mine, theirs = wilson(first.buyers, first.people, z), wilson(second.buyers, second.people, z)
    value = mine.value - theirs.value
    below = sqrt((mine.value - mine.low) ** 2 + (theirs.high - theirs.value) ** 2)
    above = sqrt((mine.high - mine.value) ** 2 + (theirs.value - theirs.low) ** 2)
    return Interval(value - below, value, value + above)
