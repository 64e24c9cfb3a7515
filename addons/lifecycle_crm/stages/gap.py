"""The time that a customer lets pass between two purchases, as far as his few orders tell.

His own mean is drawn towards that of the company's customers: two orders in one week do not make him a weekly buyer.
The weight says how many gaps of his own it takes for them to count as much as everybody's.
"""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from math import ceil, floor

FLOOR, CEILING = BOUNDS = ("floor", "ceiling")


@dataclass(frozen=True, slots=True)
class GapSettings:
    """How the expected gap is made.

    :param int default: days, where the company has not yet seen ``enough`` gaps to tell its own mean
    :param int weight: how many gaps the mean of all counts for
    :param int least: the shortest gap that is believed, in days, and ``most`` the longest
    """

    default: int = 60
    weight: int = 5
    least: int = 30
    most: int = 365
    enough: int = 30

    def __post_init__(self):
        if not (0 < self.least <= self.default <= self.most and self.weight >= 0 and self.enough >= 1):
            raise ValueError("a gap needs 0 < least <= default <= most, a weight of zero or more, and enough of one up")


@dataclass(frozen=True, slots=True)
class Prior:
    """The mean gap of the company's customers: their ``days`` altogether, through ``count``."""

    days: int
    count: int

    @property
    def mean(self):
        """In days, exact."""
        return Fraction(self.days, self.count)


@dataclass(frozen=True, slots=True)
class Gap:
    """The expected gap of one customer, with the numbers it was made from.

    :param int days: whole days, at least one
    :param int own_days: the days between his purchases, through ``own_count``
    :param Fraction prior: the mean of all, or the default
    :param int weight: for how many gaps the prior counted
    :param bound: FLOOR or CEILING where that decided; None
    """

    days: int
    own_days: int
    own_count: int
    prior: Fraction
    weight: int
    bound: str | None = None

    def next_order(self, facts):
        """The day on which the next order is expected, be it past or to come; None without orders."""
        return facts.last_order + timedelta(self.days) if facts.last_order else None

    def silent_from(self, facts, times):
        """The first day on which he has been silent for so many times his gap; None without orders.

        >>> from datetime import date
        >>> from .facts import Facts
        >>> facts = Facts(1, 1, date(2026, 1, 1), date(2026, 1, 1))
        >>> expected_gap(facts, GapSettings(default=45)).silent_from(facts, Fraction("1.5"))
        datetime.date(2026, 3, 10)
        """
        return facts.last_order + timedelta(ceil(times * self.days)) if facts.last_order else None


def prior_of(customers, settings):
    """What the company's customers tell together: every gap counts once; the default where there are too few.

    :param customers: the :class:`facts.Facts` of all
    :rtype: Prior

    >>> prior_of([], GapSettings(default=90)).mean
    Fraction(90, 1)
    """
    days = count = 0
    for facts in customers:
        days += facts.gap_days
        count += facts.gap_count
    return Prior(days, count) if count >= settings.enough else Prior(settings.default, 1)


def expected_gap(facts, settings, prior=None):
    """How long this customer is expected to let pass.

    :param prior: of the company, see :func:`prior_of`; None: the default
    :rtype: Gap

    >>> from datetime import date
    >>> from .facts import Facts
    >>> facts = Facts(3, 3, date(2026, 1, 1), date(2026, 1, 15))
    >>> gap = expected_gap(facts, GapSettings(weight=5, least=20), Prior(4500, 100))
    >>> gap.days, gap.own_days, gap.own_count, int(gap.prior)
    (34, 14, 2, 45)
    """
    mean = prior.mean if prior else Fraction(settings.default)
    count = facts.gap_count + settings.weight
    wanted = floor((facts.gap_days + settings.weight * mean) / count + Fraction(1, 2)) if count else settings.default
    days = min(max(wanted, settings.least), settings.most)
    bound = None if days == wanted else FLOOR if days > wanted else CEILING
    return Gap(days, facts.gap_days, facts.gap_count, mean, settings.weight, bound)
