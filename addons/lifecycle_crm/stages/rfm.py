"""Scores from 1 to 5 for recency, frequency and revenue: a picture of the company's customers beside each other.

They are relative, so a score moves when others buy: they never decide about the stage. Equal customers have equal
scores: ``ceil(5 * cume_dist())`` of PostgreSQL, not ``ntile``, which cuts through ties.
"""

from bisect import bisect_right
from typing import NamedTuple

GROUPS = 5


class Scores(NamedTuple):
    """Each from 1 to 5, more is better."""

    recency: int
    frequency: int
    revenue: int


def scores(values):
    """The score of each value among all, in the order given.

    >>> scores([10, 20, 20, 20, 50])
    [1, 4, 4, 4, 5]
    >>> scores([7, 7]), scores([])
    ([5, 5], [])
    """
    ranked = sorted(values)
    return [-(-GROUPS * bisect_right(ranked, value) // len(ranked)) for value in values]


def rfm(customers):
    """The :class:`Scores` of those of the customers who have ordered, by their identity.

    :param customers: pairs of an identity and its :class:`facts.Facts`
    """
    buyers = [(customer, facts) for customer, facts in customers if facts.orders]
    recency = scores([facts.last_order for _customer, facts in buyers])
    frequency = scores([facts.order_days for _customer, facts in buyers])
    revenue = scores([facts.revenue for _customer, facts in buyers])
    rows = zip(buyers, recency, frequency, revenue, strict=True)
    return {customer: Scores(*three) for (customer, _facts), *three in rows}
