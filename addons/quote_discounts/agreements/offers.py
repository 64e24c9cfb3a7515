"""Which promotion and which line of an agreement apply to a line of a quote.

An offer leaves a share of the price ("10+5" leaves 0.855) or names a net price. Promotions are for everybody: of
several the customer gets the best. An agreement was negotiated: of its lines the most specific counts, then the one
for the most.
"""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from ..cascade.steps import exact
from .period import Period
from .scope import CATEGORY, EVERYTHING, PRODUCT, TEMPLATE, Goods, Scope

REPLACE, CASCADE, BEST = "replace", "cascade", "best"


class Offer(NamedTuple):
    """A promotion, or a line of an agreement.

    :param share: what it leaves of the price; does not count where there is a net price
    :param min_quantity: in the goods' own unit
    :param frozenset list_ids: of the price lists it is for; empty for all
    :param customer_id: whom it was agreed with; None for everybody
    :param net_price: a price that was agreed instead of steps
    :param str stacking: of an agreement, how it goes with promotions and discounts of the list
    """

    id: int
    scope: Scope
    share: Decimal = Decimal(1)
    min_quantity: float = 0.0
    period: Period = Period()
    list_ids: frozenset = frozenset()
    customer_id: int | None = None
    net_price: float = 0.0
    stacking: str = CASCADE


class Ask(NamedTuple):
    """A line of a quote, as far as offers go; the quantity is in the goods' own unit."""

    goods: Goods
    quantity: float
    day: object
    list_id: int | None = None
    customer_id: int | None = None


class OfferBook:
    """Offers found by what they are for, so that each line of a quote looks at few of them."""

    def __init__(self, offers):
        self._offers = defaultdict(list)
        for offer in offers:
            self._offers[offer.customer_id, offer.scope].append(offer)

    def __bool__(self):
        return bool(self._offers)

    def best_promotion(self, ask):
        """The promotion that leaves least to pay, the most specific of equals; None where there is none.

        >>> pasta = Goods(7, 70, (3, 1))
        >>> book = OfferBook([Offer(1, Scope(), Decimal("0.9")), Offer(2, Scope(CATEGORY, 1), Decimal("0.9")),
        ...                   Offer(3, Scope(PRODUCT, 7), Decimal("0.95")),
        ...                   Offer(4, Scope(), Decimal("0.5"), min_quantity=100)])
        >>> book.best_promotion(Ask(pasta, 1, None)).id
        2
        >>> book.best_promotion(Ask(pasta, 100, None)).id
        4
        """
        candidates = list(self._matching(ask._replace(customer_id=None)))
        return min(candidates, key=lambda found: (found[1].share, *_negative(found[0]), found[1].id), default=_NONE)[1]

    def agreement(self, ask):
        """The line of the customer's agreements that applies: the most specific, then that for the most.

        >>> pasta = Goods(7, 70, (3, 1))
        >>> book = OfferBook([Offer(1, Scope(), Decimal("0.5"), customer_id=9),
        ...                   Offer(2, Scope(CATEGORY, 3), Decimal("0.9"), customer_id=9),
        ...                   Offer(3, Scope(CATEGORY, 3), Decimal("0.8"), 10, customer_id=9)])
        >>> [book.agreement(Ask(pasta, quantity, None, None, 9)).id for quantity in (1, 10)]
        [2, 3]
        >>> book.agreement(Ask(pasta, 1, None, None, 8)) is None
        True
        """
        if not ask.customer_id:
            return None
        candidates = list(self._matching(ask))
        return min(
            candidates, key=lambda found: (*_negative(found[0]), -found[1].min_quantity, found[1].id), default=_NONE
        )[1]

    def _matching(self, ask):
        """Pairs of closeness and offer."""
        goods = ask.goods
        scopes = [Scope(PRODUCT, goods.product_id), Scope(TEMPLATE, goods.template_id), Scope(EVERYTHING)]
        scopes += [Scope(CATEGORY, category_id) for category_id in goods.category_ids]
        for scope in scopes:
            for offer in self._offers.get((ask.customer_id, scope), ()):
                if admits(offer, ask):
                    yield scope.closeness(goods), offer


_NONE = (None, None)


def admits(offer, ask):
    """Whether quantity, day and list of a line of a quote are those of an offer.

    What is taken back counts like what is given: a return of ten comes under the conditions for ten.
    """
    return (
        abs(ask.quantity) >= offer.min_quantity
        and (not offer.list_ids or ask.list_id in offer.list_ids)
        and (ask.day is None or offer.period.contains(ask.day))
    )


def replaces(offer, price, net_price, share):
    """Whether an agreement takes the place of promotions and discounts of the list: True or False; None where they are
    better and the agreement stands back.

    :param offer: the agreement's :class:`Offer`
    :param price: the list price of one unit
    :param net_price: the net price agreed, in the terms of that price; 0 for none
    :param share: what promotions and discounts of the list leave of the price together

    >>> ten_off = Offer(1, Scope(), Decimal("0.9"), stacking=BEST)
    >>> replaces(ten_off, 100.0, 0.0, Decimal("0.95")), replaces(ten_off, 100.0, 0.0, Decimal("0.8"))
    (True, None)
    >>> replaces(ten_off._replace(stacking=CASCADE), 100.0, 0.0, Decimal("0.8"))
    False
    """
    if offer.stacking == CASCADE and not net_price:
        return False
    if offer.stacking != BEST:
        return True
    agreed = exact(net_price) if net_price else exact(price) * offer.share
    return True if agreed <= exact(price) * share else None


def clashes(first, second):
    """Whether two offers to the same customer say something about the same goods, quantity and days.

    >>> one = Offer(1, Scope(), customer_id=9)
    >>> clashes(one, one._replace(id=2)), clashes(one, one._replace(min_quantity=10))
    (True, False)
    """
    return (
        first.customer_id == second.customer_id
        and first.scope == second.scope
        and first.min_quantity == second.min_quantity
        and first.period.meets(second.period)
    )


def pairs_that_clash(some, others):
    """All pairs of an offer of some and one of others that clash, each offer with what it belongs to.

    :param some: pairs of anything and an :class:`Offer`; likewise others

    >>> one = Offer(1, Scope(), customer_id=9)
    >>> list(pairs_that_clash([("a", one)], [("b", one._replace(id=2)), ("c", one._replace(min_quantity=10))]))
    [('a', 'b')]
    """
    same = defaultdict(list)
    for name, offer in others:
        same[offer.scope, offer.min_quantity].append((name, offer))
    for name, offer in some:
        for other_name, other in same.get((offer.scope, offer.min_quantity), ()):
            if clashes(offer, other):
                yield name, other_name


def _negative(pair):
    return tuple(-number for number in pair)
