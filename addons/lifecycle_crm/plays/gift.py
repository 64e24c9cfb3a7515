"""What a reward costs the company at most; amounts in cents without tax."""

from math import ceil

PERCENT, AMOUNT, POINTS = MODES = ("percent", "per_order", "per_point")


def worth(mode, discount, basket, points=1, cap=None):
    """The most that a discount takes off a basket, rounded up, and never more than the basket.

    :param str mode: one of :data:`MODES`, as in Odoo's rewards
    :param discount: a percentage, or an amount in cents
    :param int basket: what is expected to be bought
    :param cap: the most that the reward takes off; None: no such limit

    >>> worth(PERCENT, 10, 5_555), worth(AMOUNT, 1_000, 5_555), worth(POINTS, 100, 5_555, points=3)
    (556, 1000, 300)
    >>> worth(PERCENT, 50, 10_000, cap=2_000), worth(AMOUNT, 1_000, 600)
    (2000, 600)
    """
    taken = {PERCENT: basket * discount / 100, AMOUNT: discount, POINTS: discount * points}[mode]
    return min(ceil(round(taken, 6)), basket, *(() if cap is None else (cap,)))


def basket_cost(basket, revenue, known_revenue, known_cost, covered=1):
    """What a basket costs, by what was sold before; None where too little of that has a known cost.

    :param known_revenue: of what was sold, that of products whose cost is known, which is ``known_cost``
    :param covered: the share of the revenue that must be known

    >>> basket_cost(10_000, 500, 500, 300), basket_cost(10_000, 500, 400, 300), basket_cost(10_000, 500, 400, 240, 0.8)
    (6000, None, 6000)
    """
    if revenue <= 0 or known_revenue <= 0 or known_revenue < covered * revenue:
        return None
    return ceil(round(basket * known_cost / known_revenue, 6))
