"""What of an order goes beyond its limits, and what may still be given; all in :class:`decimal.Decimal`."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext

from ..cascade.steps import HUNDRED, PRECISE, plain
from .choice import figure
from .scope import DISCOUNT, FREE_GOODS, MARGIN, NEGATIVE

LEFT_STEP = Decimal("0.01")
LEFT_STEP_OF_MARGIN = Decimal(1)  # a finer figure would tell the cost
TINY = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that goes beyond what its negotiator may give.

    :param int order_id:
    :param line_id: id of the line, or None: the order as a whole
    :param str measure: :data:`DISCOUNT`, :data:`MARGIN`, :data:`FREE_GOODS` (percent) or :data:`NEGATIVE` (amounts
        without taxes, in the order's currency)
    :param limit_id: of the limit that holds, or None: there is none, and without one it has to be asked
    :param Decimal allowed:
    :param given: what the order has; None where it can't be told, as a margin without a cost
    """

    order_id: int
    line_id: int | None
    measure: str
    limit_id: int | None
    allowed: Decimal
    given: Decimal | None


@dataclass(frozen=True, slots=True)
class Directions:
    """The limits that hold for a line and one negotiator: :class:`.choice.Choice` or None for each measure."""

    discount: object = None
    margin: object = None
    free_goods: object = None

    @property
    def is_silent(self):
        """Whether no limit speaks of the line."""
        return not (self.discount or self.margin or self.free_goods)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a company decided for where a limit has no answer.

    :param bool ask_without_limit: a discount for which there is no limit has to be asked for
    :param bool ask_without_cost: so has one under a minimum margin where the cost is not known
    :param Decimal rounding: the smallest coin; less than that on a whole line is no discount
    """

    ask_without_limit: bool = False
    ask_without_cost: bool = True
    rounding: Decimal = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Deal:
    """An order line as the limits see it; all prices for one unit, without taxes, in the order's currency.

    :param line_id: whatever names the line
    :param Decimal quantity: zero for what the customer may still choose
    :param Decimal reference: what the customer pays without any negotiation
    :param Decimal net: what he pays
    :param cost: or None where it is not known
    :param bool is_free: free goods, which are judged by their share of the list value
    """

    line_id: object
    quantity: Decimal
    reference: Decimal
    net: Decimal
    cost: Decimal | None = None
    is_free: bool = False

    @property
    def amount(self):
        """What the line brings; one piece of what the customer may still choose."""
        return self.net * (self.quantity or 1)

    @property
    def discount(self):
        """Given on the reference price, in percent; zero where that is nothing.

        >>> Deal(1, Decimal(1), Decimal(80), Decimal(60)).discount
        Decimal('25')
        """
        return _percent(self.reference - self.net, self.reference)

    @property
    def margin(self):
        """In percent of the net price, or None where it has none."""
        return _percent(self.net - self.cost, self.net) if self.cost is not None and self.net > 0 else None

    def is_short_of(self, price, rounding):
        """Whether the net price misses another by money that can be paid."""
        missing = price - self.net
        return missing * self.quantity >= rounding if self.quantity else missing > TINY


def floor(deal, directions, policy):
    """The lowest net price of one unit that may be given, and the measure that sets it; (None, None) without any.

    What management itself asks is never too little: the floor is never above the reference, where there is one.

    >>> from .choice import Choice
    >>> from .scope import Limit
    >>> rules = Directions(Choice(Limit(1, max_discount=Decimal(20))), Choice(Limit(2, min_margin=Decimal(25))))
    >>> deal = Deal(1, Decimal(1), Decimal(100), Decimal(95), cost=Decimal(63))
    >>> floor(deal, rules, Policy())
    (Decimal('84'), 'margin')
    """
    floors = []
    if directions.discount:
        allowed = figure(directions.discount.limit, DISCOUNT)
        floors.append((deal.reference * (1 - allowed / HUNDRED), DISCOUNT))
    elif directions.is_silent and policy.ask_without_limit:
        floors.append((deal.reference, DISCOUNT))
    if directions.margin:
        price = _price_of_margin(deal, figure(directions.margin.limit, MARGIN), policy)
        if price is not None:
            floors.append((price, MARGIN))
    price, measure = max(floors, key=lambda pair: pair[0], default=(None, None))
    return (min(price, deal.reference), measure) if price is not None and deal.reference > 0 else (price, measure)


def _price_of_margin(deal, margin, policy):
    """The price that leaves a margin; that of the list where the cost is not known and has to be."""
    if deal.cost is None:
        return deal.reference if policy.ask_without_cost else None
    if margin >= HUNDRED:
        return deal.reference
    with localcontext(PRECISE):
        return deal.cost / (1 - margin / HUNDRED)


def left(deal, directions, policy):
    """The percent step that may still be added to a line's net price, rounded down; None: any.

    >>> from .choice import Choice
    >>> from .scope import Limit
    >>> ten = Directions(Choice(Limit(1, max_discount=Decimal(10))))
    >>> left(Deal(1, Decimal(1), Decimal(100), Decimal("94")), ten, Policy())
    Decimal('4.25')
    """
    price, measure = floor(deal, directions, policy)
    if price is None:
        return None
    if deal.net <= max(price, 0):
        return Decimal(0)
    step = LEFT_STEP_OF_MARGIN if measure == MARGIN else LEFT_STEP
    return _percent(deal.net - price, deal.net).quantize(step, ROUND_FLOOR)


def check_line(order_id, deal, directions, policy):
    """The findings of one line by itself; one below zero without a list price is the whole order's matter."""
    has_list_price = deal.reference > 0
    if deal.is_free or deal.quantity < 0 or (deal.net < 0 and not has_list_price):
        return []
    if has_list_price and not deal.is_short_of(deal.reference, policy.rounding):
        return []
    found = []
    if has_list_price and (directions.discount or (directions.is_silent and policy.ask_without_limit)):
        limit = directions.discount and directions.discount.limit
        allowed = figure(limit, DISCOUNT) if limit else Decimal(0)
        if deal.is_short_of(deal.reference * (1 - allowed / HUNDRED), policy.rounding):
            found.append(Finding(order_id, deal.line_id, DISCOUNT, limit and limit.id, allowed, deal.discount))
    if directions.margin:
        limit = directions.margin.limit
        price = _price_of_margin(deal, limit.min_margin, policy)
        if price is not None and deal.is_short_of(price, policy.rounding):
            found.append(Finding(order_id, deal.line_id, MARGIN, limit.id, limit.min_margin, deal.margin))
    return found


def check_order(order_id, deals, directions_of, takers, policy):
    """The findings of an order as a whole: free goods, and amounts below zero.

    Amounts below zero may take what their negotiators could have given on the lines one by one, and no more.

    :param deals: all :class:`Deal` of the order
    :param directions_of: callable giving the :class:`Directions` of a deal, for its own negotiator or for a given one
    :param takers: the negotiators of the lines below zero
    """
    return [
        *_check_free_goods(order_id, deals, directions_of, policy),
        *_check_negative(order_id, deals, directions_of, takers, policy),
    ]


def _check_free_goods(order_id, deals, directions_of, policy):
    """Free goods by the limit that holds for them, as a share of the list value of all that it holds for."""
    values, given = defaultdict(Decimal), defaultdict(Decimal)
    free_lines = defaultdict(list)
    for deal in deals:
        if deal.quantity < 0:
            continue
        directions = directions_of(deal)
        value = deal.reference * deal.quantity
        rule = _rule_of_free_goods(directions, policy)
        if rule is None:
            continue
        values[rule] += max(value, Decimal(0))
        if deal.is_free:
            given[rule] += value
            free_lines[rule].append(deal.line_id)
    for rule, (line_id, *others) in free_lines.items():
        limit_id, allowed = rule
        if given[rule] - values[rule] * allowed / HUNDRED >= policy.rounding:
            share = _percent(given[rule], values[rule])
            yield Finding(order_id, None if others else line_id, FREE_GOODS, limit_id, allowed, share)


def _rule_of_free_goods(directions, policy):
    """Id and figure of the limit for free goods; without one they are a discount of 100 %."""
    if directions.free_goods:
        return directions.free_goods.limit.id, figure(directions.free_goods.limit, FREE_GOODS)
    if directions.discount and figure(directions.discount.limit, DISCOUNT) < HUNDRED:
        return directions.discount.limit.id, Decimal(0)
    if directions.margin:
        return directions.margin.limit.id, Decimal(0)
    return (None, Decimal(0)) if directions.is_silent and policy.ask_without_limit else None


def _check_negative(order_id, deals, directions_of, takers, policy):
    taken = -sum((deal.amount for deal in deals if deal.amount < 0), Decimal(0))
    if taken < policy.rounding:
        return
    sold = [deal for deal in deals if deal.amount > 0 and deal.quantity > 0]
    room = min(sum((_room(deal, directions_of(deal, taker), policy) for deal in sold), Decimal(0)) for taker in takers)
    if taken - room >= policy.rounding:
        yield Finding(order_id, None, NEGATIVE, None, room, taken)


def _room(deal, directions, policy):
    """The money that may still be taken off a line."""
    price, _measure = floor(deal, directions, policy)
    return max(deal.net - max(price or Decimal(0), Decimal(0)), Decimal(0)) * deal.quantity


def _percent(part, whole):
    if not whole:
        return Decimal(0)
    with localcontext(PRECISE):
        return plain(part / whole * HUNDRED)
