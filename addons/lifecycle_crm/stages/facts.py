"""What is known of one customer. Absolute: it changes when something happens, not because a day has passed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

RECENT = relativedelta(years=1)  # how far back the single purchases are kept
EARLIEST = date(1970, 1, 1)  # an order before it is a typing error


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one customer in one company.

    :param int orders: confirmed orders; what is worth nothing or less is a return, not an order
    :param int order_days: on how many days he ordered: two orders of one morning are one decision to buy
    :param first_order: the day of the first order, and ``last_order`` of the latest; None without orders
    :param int revenue: cents without tax of all orders, less what was returned
    :param tuple recent: pairs of day and cents of at least the last twelve months, oldest first
    :param int returns: how often goods came back, and ``returns_value`` the cents they were worth
    :param int deliveries_open: orders of which something is still to be delivered
    :param satisfaction: the mean of his latest answers, 1 to 5; None if he never answered
    :param int leads_open: leads and quotes that may still become an order
    :param first_lead: the day of the first of them; None without leads
    :param ended: the day on which he (or the company) ended it, in words and not by silence
    """

    orders: int = 0
    order_days: int = 0
    first_order: date | None = None
    last_order: date | None = None
    revenue: int = 0
    recent: tuple = ()
    returns: int = 0
    returns_value: int = 0
    deliveries_open: int = 0
    satisfaction: Decimal | None = None
    leads_open: int = 0
    first_lead: date | None = None
    ended: date | None = None

    def __post_init__(self):
        if not 0 <= self.order_days <= self.orders or bool(self.orders) != bool(self.order_days):
            raise ValueError("days with orders do not fit the orders")
        if bool(self.orders) != (self.last_order is not None) or bool(self.orders) != (self.first_order is not None):
            raise ValueError("orders without their dates, or dates without orders")
        if self.orders and not self._dates_fit():
            raise ValueError("the first order is later than the last, or on the same day as a later one")

    def _dates_fit(self):
        return self.gap_days >= self.gap_count

    @property
    def gap_count(self):
        """How many times he came back on another day."""
        return max(self.order_days - 1, 0)

    @property
    def gap_days(self):
        """The sum of the days between: only first and last matter, whatever lies in the middle."""
        return (self.last_order - self.first_order).days if self.orders else 0


def facts_of(purchases, today, **others):
    """The facts of a list of purchases: what the set-based SQL must agree with.

    What is dated later than today or earlier than computers is left out, as it says nothing about a customer's habits;
    what is worth nothing or less is a return.

    :param purchases: pairs of day and cents without tax, in any order
    :param others: the facts that do not come from purchases

    >>> facts_of([(date(2026, 1, 5), 100), (date(2026, 1, 5), 50), (date(2026, 3, 6), 70)], date(2026, 4, 1)).order_days
    2
    >>> facts = facts_of([(date(2026, 2, 1), -30), (date(2206, 1, 1), 100)], date(2026, 4, 1))
    >>> facts.orders, facts.returns, facts.revenue
    (0, 1, -30)
    """
    believable = sorted((day, cents) for day, cents in purchases if EARLIEST <= day <= today)
    bought = [(day, cents) for day, cents in believable if cents > 0]
    returned = [cents for _day, cents in believable if cents < 0]
    days = sorted({day for day, _cents in bought})
    return Facts(
        orders=len(bought),
        order_days=len(days),
        first_order=days[0] if days else None,
        last_order=days[-1] if days else None,
        revenue=sum(cents for _day, cents in believable),
        recent=tuple(pair for pair in believable if pair[0] + RECENT > today),
        returns=len(returned),
        returns_value=-sum(returned),
        **others,
    )
