"""A cut of the whole order shared out over its lines: in whole cents, in proportion, and adding up exactly.

Amounts are counted in the smallest unit of the currency (cents, yen, fils): all of it is whole numbers and fractions.
"""

from collections import defaultdict
from fractions import Fraction
from math import floor

from .steps import exact


class CutTooLarge(ValueError):
    """More is to be cut than the lines are worth; ``most`` is what they are worth."""

    def __init__(self, most):
        super().__init__(f"at most {most}")
        self.most = most


def smallest_units(amount, rounding):
    """An amount of money counted in the smallest unit of its currency.

    :param amount: a Decimal, or a float taken as the decimal number it is written as
    :param float rounding: the smallest unit: 0.01 for cents

    >>> smallest_units(12.5, 0.01), smallest_units(1500.0, 1.0), smallest_units(0.001, 0.001), smallest_units(2, 0.05)
    (Fraction(1250, 1), Fraction(1500, 1), Fraction(1, 1), Fraction(40, 1))
    """
    return Fraction(exact(amount)) / Fraction(exact(rounding))


def round_half_up(amount):
    """The nearest whole number, halves away from zero.

    >>> round_half_up(Fraction(5, 2)), round_half_up(Fraction(-5, 2)), round_half_up(Fraction(7, 3))
    (3, -3, 2)
    """
    nearest = (2 * abs(amount.numerator) + amount.denominator) // (2 * amount.denominator)
    return nearest if amount >= 0 else -nearest


def distribute(cut, weights, limits=None):
    """Shares of a cut in proportion to the weights, by largest remainder; the first line wins where two are equal.

    A share is never more than its limit: what a line cannot bear, the others do.

    :param int cut: zero or more
    :param weights: zero or more each, whole or fractions
    :param limits: the largest share of each; the whole units of its weight if not given
    :raise CutTooLarge: if the limits come to less than the cut
    :return: a list of whole numbers whose sum is the cut

    >>> distribute(100, [1, 1, 1], [50, 50, 50]), distribute(10, [300, 100]), distribute(7, [5, 2])
    ([34, 33, 33], [8, 2], [5, 2])
    >>> distribute(0, []), distribute(5, [100, 1], [3, 2])
    ([], [3, 2])
    >>> distribute(8, [5, 2])  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    CutTooLarge: at most 7
    """
    limits = [max(floor(weight), 0) for weight in weights] if limits is None else list(limits)
    if cut > sum(limits):
        raise CutTooLarge(sum(limits))
    shares, left = [0] * len(limits), cut
    while left:
        open_lines = [i for i, share in enumerate(shares) if share < limits[i]]
        added = _by_largest_remainder(left, [weights[i] for i in open_lines])
        for i, share in zip(open_lines, added, strict=True):
            shares[i] = min(shares[i] + share, limits[i])
        left = cut - sum(shares)
    return shares


def distribute_by_group(cut, weights, groups, limits=None):
    """Like ``distribute``, first over the groups (the VAT rates), then over the lines of each.

    Shared out line by line at once, a rate with a thousand small lines could be cents away from its proportion.

    :param groups: the group of each line, any hashable
    :raise CutTooLarge: if the limits come to less than the cut

    >>> distribute_by_group(10, [10, 10, 10, 30], ["4%", "4%", "4%", "22%"])
    [2, 2, 1, 5]
    >>> distribute_by_group(3, [10, 10, 10, 30, 30], ["4%", "4%", "4%", "22%", "22%"])
    [1, 0, 0, 1, 1]
    """
    limits = [max(floor(weight), 0) for weight in weights] if limits is None else list(limits)
    members = defaultdict(list)
    for i, group in enumerate(groups):
        members[group].append(i)
    of_groups = distribute(
        cut,
        [sum(weights[i] for i in lines) for lines in members.values()],
        [sum(limits[i] for i in lines) for lines in members.values()],
    )
    shares = [0] * len(limits)
    for of_group, lines in zip(of_groups, members.values(), strict=True):
        of_lines = distribute(of_group, [weights[i] for i in lines], [limits[i] for i in lines])
        for i, share in zip(lines, of_lines, strict=True):
            shares[i] = share
    return shares


def _by_largest_remainder(cut, weights):
    """Shares in proportion that add up to the cut, without limits; weights of nothing share alike."""
    total = sum(weights)
    if not total:
        weights, total = [1] * len(weights), len(weights)
    exact = [Fraction(cut * weight) / total for weight in weights]
    shares = [floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: shares[i] - exact[i])
    for i in by_remainder[: cut - sum(shares)]:
        shares[i] += 1
    return shares
