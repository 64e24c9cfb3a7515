"""What a payment pays: costs first, then interest, then principal (art. 1194 c.c.).

The creditor may agree otherwise, so this is a proposal to look at; nothing is posted by it.
"""

from typing import NamedTuple


class Sharing(NamedTuple):
    """The cents of a payment over several debts.

    :param list interest: what it pays of the interest of each debt, in their order
    :param list principal: what it pays of the principal of each debt
    """

    costs: int
    interest: list
    principal: list
    left: int


def share_out(paid, costs, debts, chosen=0):
    """Share a payment out over several debts as the law lets the creditor do, all in cents.

    Costs come first, then interest, then principal (art. 1194 c.c.), the oldest debt before the others. The debtor may
    say which debts he pays (art. 1193 c.c.), though not their principal before their interest.

    :param debts: pairs of interest and principal: those that the debtor chose, then the others, the oldest first
    :param int chosen: how many of them he chose
    :rtype: Sharing

    >>> share_out(60_000, 4_000, [(250, 50_000), (100, 30_000)])
    Sharing(costs=4000, interest=[250, 100], principal=[50000, 5650], left=0)
    >>> share_out(60_000, 4_000, [(100, 30_000), (250, 50_000)], chosen=1)
    Sharing(costs=4000, interest=[100, 250], principal=[30000, 25650], left=0)
    >>> share_out(10_000, 0, [(0, 3_000)]).left
    7000
    """
    if min(paid, costs, *(part for debt in debts for part in debt), 0) < 0:
        raise ValueError("Neither a payment nor a debt is negative.")
    for_costs, left = min(paid, costs), paid - min(paid, costs)
    interest, principal = [], []
    for group in (debts[:chosen], debts[chosen:]):
        for kind, shared in ((0, interest), (1, principal)):
            for debt in group:
                shared.append(min(left, debt[kind]))
                left -= shared[-1]
    return Sharing(for_costs, interest, principal, left)
