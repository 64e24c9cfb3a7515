"""What a payment pays: costs first, then interest, then principal (art. 1194 c.c.).

The creditor may agree otherwise, so this is a proposal to look at; nothing is posted by it. Interest bears no interest:
only the principal is a base.
"""

from datetime import date
from typing import NamedTuple

from .interest import rounded


class Imputation(NamedTuple):
    """The cents of a payment by what they pay; ``left`` is more than was owed."""

    costs: int
    interest: int
    principal: int
    left: int


class Step(NamedTuple):
    """A payment, what it pays, and what is owed after it."""

    day: date
    paid: int
    imputation: Imputation
    costs: int
    interest: int
    principal: int


def impute(paid, costs, interest, principal):
    """Share a payment out over what is owed, all in cents.

    >>> impute(10_000, costs=4_000, interest=250, principal=50_000)
    Imputation(costs=4000, interest=250, principal=5750, left=0)
    >>> impute(3_000, costs=4_000, interest=250, principal=50_000)
    Imputation(costs=3000, interest=0, principal=0, left=0)
    >>> impute(60_000, costs=4_000, interest=250, principal=50_000).left
    5750

    :raise ValueError: where one of them is negative
    """
    if min(paid, costs, interest, principal) < 0:
        raise ValueError("Neither a payment nor a debt is negative.")
    parts, left = [], paid
    for owed in (costs, interest, principal):
        parts.append(min(left, owed))
        left -= parts[-1]
    return Imputation(*parts, left)


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


def propose(curve, principal, due, payments, until, costs=0):
    """Follow a debt from payment to payment, and to a day at the end, on which nothing is paid.

    :param Curve curve: the rates
    :param payments: pairs of a day and the cents paid on it; those after ``until`` are left out
    :param int costs: cents of costs, the flat compensation among them, owed from the beginning
    :return: a :class:`Step` for each payment, in order, and one for the end; interest is in whole cents at each step

    >>> from decimal import Decimal
    >>> from .interest import Curve
    >>> from .table import Row, Table
    >>> curve = Curve(Table([Row("legal_rate", Decimal(5), date(2023, 1, 1), date(2023, 12, 31))]), "legal")
    >>> paid = [(date(2023, 3, 15), 20_000)]
    >>> steps = propose(curve, 100_000, date(2023, 1, 1), paid, date(2023, 5, 27), costs=4_000)
    >>> steps[0].imputation
    Imputation(costs=4000, interest=1000, principal=15000, left=0)
    >>> steps[1].principal, steps[1].interest
    (85000, 850)
    """
    steps, since, interest = [], due, 0
    stops = sorted((stop for stop in payments if stop[0] <= until), key=lambda stop: stop[0])
    for day, paid in [*stops, (until, 0)]:
        if day > since:
            interest += sum(rounded([curve.interest([(since, principal)], since, day)]))
        since = max(since, day)
        part = impute(paid, costs, interest, principal)
        costs, interest, principal = costs - part.costs, interest - part.interest, principal - part.principal
        steps.append(Step(day, paid, part, costs, interest, principal))
    return steps
