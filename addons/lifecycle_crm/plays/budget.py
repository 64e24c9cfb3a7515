"""What a gift may cost: no play gives away more than it was given, nor sells below the margin that the owner sets."""

from dataclasses import dataclass, replace
from fractions import Fraction

PERIOD, CUSTOMER, MARGIN, NO_COST = REASONS = ("budget", "customer_budget", "margin", "cost_unknown")


@dataclass(frozen=True, slots=True)
class Budget:
    """What a play may spend; amounts in cents.

    :param int total: in its period, of which ``spent`` is used and ``reserved`` is promised and not used yet
    :param each: the most for one customer in the period; None: no such limit
    """

    total: int
    spent: int = 0
    reserved: int = 0
    each: int | None = None

    @property
    def left(self):
        """What can still be promised."""
        return self.total - self.spent - self.reserved

    def spend(self, value):
        """The budget after another gift was promised."""
        return replace(self, reserved=self.reserved + value)


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift that is tied to a purchase; amounts in cents without tax.

    :param int value: what it costs the company at most: a discount, a voucher's face value, the shipping
    :param int basket: the least purchase that it asks for, or the one it is expected with
    :param basket_cost: what that basket costs the company; None: nobody knows
    :param int given: what the customer got from this play in the period already
    """

    value: int
    basket: int
    basket_cost: int | None
    given: int = 0

    @property
    def margin(self):
        """What is left of the basket's price after its cost and the gift, as a share of what is paid.

        >>> Gift(value=500, basket=5500, basket_cost=3500).margin
        Fraction(3, 10)
        """
        paid = self.basket - self.value
        return Fraction(paid - self.basket_cost, paid) if paid > 0 else None


def objections(gift, budget, least_margin=None):
    """The reasons against a gift, as :data:`REASONS`; none: it may be given.

    Where a margin is asked for and the cost is not known, nothing is given: a guard that is blind guards nothing.

    :param least_margin: the share of the price that must be left, exact; None: no margin is asked for
    :return: a tuple of pairs of a code and its numbers

    >>> gift = Gift(value=1000, basket=5000, basket_cost=3600)
    >>> objections(gift, Budget(total=10_000, spent=9_500), Fraction(1, 5))
    (('budget', {'value': 1000, 'left': 500}), ('margin', {'margin': 0.1, 'least': 0.2}))
    """
    return tuple(_objections(gift, budget, least_margin))


def _objections(gift, budget, least_margin):
    if gift.value > budget.left:
        yield PERIOD, {"value": gift.value, "left": budget.left}
    if budget.each is not None and gift.given + gift.value > budget.each:
        yield CUSTOMER, {"value": gift.value, "given": gift.given, "each": budget.each}
    if least_margin is None:
        return
    if gift.basket_cost is None:
        yield NO_COST, {}
    elif gift.margin is None or gift.margin < least_margin:
        margin = None if gift.margin is None else round(float(gift.margin), 4)
        yield MARGIN, {"margin": margin, "least": round(float(least_margin), 4)}
