"""For whom, for what and when a limit holds, and which of several is the more specific."""

from dataclasses import dataclass
from decimal import Decimal

DISCOUNT, MARGIN, FREE_GOODS, NEGATIVE = "discount", "margin", "free_goods", "negative"
EVERYONE, ROLE, TEAM, USER = range(4)
EVERY_CUSTOMER, TAG, CUSTOMER = range(3)
EVERYTHING, CATEGORY, TEMPLATE, VARIANT = range(4)


@dataclass(frozen=True, slots=True)
class Situation:
    """What a limit may ask of one order line and of whoever negotiated it.

    :param day: today, a date
    :param Decimal amount: of the order without taxes, in the currency of the limits
    :param category_ids: of the product, from the root down to its own
    """

    day: object = None
    amount: Decimal = Decimal(0)
    user_id: int | None = None
    team_ids: frozenset = frozenset()
    group_ids: frozenset = frozenset()
    customer_id: int | None = None
    tag_ids: frozenset = frozenset()
    variant_id: int | None = None
    template_id: int | None = None
    category_ids: tuple = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """One direction of management.

    :param int id: of its record
    :param who: a pair of :data:`EVERYONE`, :data:`ROLE`, :data:`TEAM` or :data:`USER` and an id
    :param customer: a pair of :data:`EVERY_CUSTOMER`, :data:`TAG` or :data:`CUSTOMER` and an id
    :param goods: a pair of :data:`EVERYTHING`, :data:`CATEGORY` (and all below it), :data:`TEMPLATE` or
        :data:`VARIANT` and an id
    :param start: first day, or None
    :param end: last day, or None
    :param Decimal amount_from: of the order, or None
    :param Decimal amount_to: of the order, itself outside, so that bands can follow one another; or None
    :param Decimal max_discount: percent of the list price; None: says nothing about it
    :param Decimal min_margin: percent of the net price, likewise
    :param Decimal max_free_goods: percent of the list value, likewise
    """

    id: int
    who: tuple = (EVERYONE, None)
    customer: tuple = (EVERY_CUSTOMER, None)
    goods: tuple = (EVERYTHING, None)
    start: object = None
    end: object = None
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    max_discount: Decimal | None = None
    min_margin: Decimal | None = None
    max_free_goods: Decimal | None = None

    def covers(self, situation):
        """Whether the limit holds in a situation.

        >>> pasta = Limit(1, goods=(CATEGORY, 7))
        >>> pasta.covers(Situation(category_ids=(1, 7, 12))), pasta.covers(Situation(category_ids=(1,)))
        (True, False)
        """
        return self.covers_order(situation) and self.covers_goods(situation)

    def covers_order(self, situation):
        """Whether the limit holds for the person, the customer, the day and the amount."""
        kind, which = self.who
        if kind == USER and which != situation.user_id:
            return False
        if kind == TEAM and which not in situation.team_ids:
            return False
        if kind == ROLE and which not in situation.group_ids:
            return False
        kind, which = self.customer
        if kind == CUSTOMER and which != situation.customer_id:
            return False
        if kind == TAG and which not in situation.tag_ids:
            return False
        return self._covers_time(situation.day) and self._covers_amount(situation.amount)

    def _covers_time(self, day):
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def _covers_amount(self, amount):
        return (self.amount_from is None or self.amount_from <= amount) and (
            self.amount_to is None or amount < self.amount_to
        )

    def covers_goods(self, situation):
        """Whether the limit holds for the product."""
        kind, which = self.goods
        if kind == CATEGORY:
            return which in situation.category_ids
        if kind == TEMPLATE:
            return which == situation.template_id
        return kind == EVERYTHING or which == situation.variant_id

    def narrowness(self, situation):
        """How specific the limit is in a situation that it covers, on each count; more is narrower.

        The counts are who (user, team, role, everyone), customer (one, tag, all), goods (variant, product, a category
        the deeper it is, everything), period (dated or not) and amount (a band or any).

        >>> fresh = Limit(1, who=(TEAM, 3), goods=(CATEGORY, 12))
        >>> fresh.narrowness(Situation(team_ids=frozenset([3]), category_ids=(1, 7, 12)))
        (2, 0, (1, 2), 0, 0)
        """
        kind, which = self.goods
        depth = situation.category_ids.index(which) if kind == CATEGORY else 0
        is_dated = self.start is not None or self.end is not None
        has_band = self.amount_from is not None or self.amount_to is not None
        return self.who[0], self.customer[0], (kind, depth), int(is_dated), int(has_band)
