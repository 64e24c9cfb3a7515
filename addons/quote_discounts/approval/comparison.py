"""Whether an order is still worth to the company what was approved, or sent, before.

An approval is bound to a content. Afterwards the order may become a better deal for the company and needs nobody's yes
again; a worse line, total or margin does. Costs are those of the content that was approved, so that only what was
changed in the deal counts, not what the market did to a cost.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

COMPANY, CURRENCY, CUSTOMER, TERMS, PRICE, QUANTITY, MARGIN, DISCOUNT = KINDS = (
    "company",
    "currency",
    "customer",
    "terms",
    "price",
    "quantity",
    "margin",
    "discount",
)
PERCENT_DIGITS = 4  # percentages are compared on so many decimals


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order as it counts for the company.

    :param key: the product, or whatever tells two things sold apart
    :param str name: for people
    :param float quantity: in the product's own unit
    :param float price: net and without taxes, of one such unit
    :param float|None cost: of one such unit; None where nobody knows it
    :param float|None reference: the list price of one such unit, None where there is none
    :param bool free: whether the line is within its negotiator's limits by itself; never one that takes money off
    :param bool gift: whether it is given away, and so judged by the whole order
    """

    key: object
    name: str
    quantity: float
    price: float
    cost: float | None = None
    reference: float | None = None
    free: bool = False
    gift: bool = False

    @property
    def value(self):
        """What the line brings, without taxes."""
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class Content:
    """What an order promises the customer.

    :param currency: prices of two currencies are not compared
    :param customer: for whom it was approved
    :param float cash_discount: percentage that the payment terms give to who pays early
    :param lines: the :class:`Line`, without those that promise nothing
    :param float rounding: of the currency
    :param company: who offers it; the limits and authority of one company are not another's
    """

    currency: object
    customer: object
    lines: tuple = ()
    cash_discount: float = 0.0
    rounding: float = field(default=0.01, compare=False)
    company: object = None

    @property
    def value(self):
        """What the whole order brings, without taxes."""
        return sum(line.value for line in self.lines)


@dataclass(frozen=True, slots=True)
class Worse:
    """Why an order is a worse deal.

    :param str kind: one of :data:`KINDS`
    :param str name: of the line, empty for the whole order
    :param then: the figure before
    :param now: the figure of today
    """

    kind: str
    name: str = ""
    then: object = None
    now: object = None


def compare(then, now, whole=False):
    """The reasons why one content is a worse deal for the company than another.

    :param Content then: what was approved
    :param Content now: what is offered
    :param bool whole: whether more of what is within the limits counts in the totals too, as where a limit is set to
        the whole order
    :return: a tuple of :class:`Worse`; empty: nobody needs to say yes again

    >>> oil = Line("oil", "Oil", 10, 6.0, cost=5.0, reference=8.0)
    >>> then = Content("EUR", "Rossi", (oil,))
    >>> dearer = Line("oil", "Oil", 8, 6.5, cost=5.0, reference=8.0)
    >>> compare(then, Content("EUR", "Rossi", (dearer,)))
    ()
    >>> [worse.kind for worse in compare(then, replace(then, company="Another"))]
    ['company']
    >>> cheaper = Line("oil", "Oil", 10, 5.9, cost=5.0, reference=8.0)
    >>> [(worse.kind, worse.then, worse.now) for worse in compare(then, Content("EUR", "Rossi", (cheaper,)))]
    [('price', 6.0, 5.9), ('margin', 16.6667, 15.2542)]
    """
    if then.company != now.company:
        return (Worse(COMPANY),)
    if then.currency != now.currency:
        return (Worse(CURRENCY, then=then.currency, now=now.currency),)
    found = []
    if then.customer != now.customer:
        found.append(Worse(CUSTOMER, then=then.customer, now=now.customer))
    if round(now.cash_discount - then.cash_discount, PERCENT_DIGITS) > 0:
        found.append(Worse(TERMS, then=then.cash_discount, now=now.cash_discount))
    return (*found, *_compare_lines(then, now), *_compare_totals(then, now, whole))


def _compare_lines(then, now):
    """Per product: no unit is sold for less, and no more units are sold below the list than were approved.

    >>> then = Content("EUR", "Rossi", (Line("oil", "Oil", 10, 6.0),))
    >>> split = Content("EUR", "Rossi", (Line("oil", "Oil", 4, 6.0), Line("oil", "Oil", 6, 6.0)))
    >>> list(_compare_lines(then, split))
    []
    >>> more = Content("EUR", "Rossi", (Line("oil", "Oil", 11, 6.0),))
    >>> [worse.kind for worse in _compare_lines(then, more)]
    ['quantity']
    """
    approved, offered = defaultdict(list), defaultdict(list)
    for line in then.lines:
        approved[line.key].append(line)
    for line in now.lines:
        offered[line.key].append(line)
    for key, lines in offered.items():
        yield from _compare_product(approved[key], lines, then.rounding)


def _compare_product(approved, offered, rounding):
    """What is worse in the lines of one product.

    Lines are matched by price and not one by one, so that it does not matter how they are split: at no price may more
    units be sold for less than were approved for less.
    """
    lowest = min((line.price for line in approved), default=None)
    for line in offered:
        if line.free and lowest is not None and line.price < lowest - _tolerance(line, approved, rounding):
            yield Worse(PRICE, line.name, lowest, line.price)
    bound = [line for line in offered if not line.free]
    for line in bound:
        slack = _tolerance(line, approved, rounding)
        wanted = sum(other.quantity for other in bound if other.price <= line.price)
        granted = sum(other.quantity for other in approved if other.price <= line.price + slack)
        if lowest is None or line.price < lowest - slack:
            yield Worse(PRICE, line.name, lowest, line.price)
            return
        if wanted > granted + 1e-6:
            yield Worse(QUANTITY, line.name, granted, wanted)
            return


def _tolerance(line, approved, rounding):
    """What the rounding of two lines' totals may make of one unit's price; nothing that adds up.

    >>> round(_tolerance(Line("oil", "Oil", 3, 3.33), [Line("oil", "Oil", 1, 3.33)], 0.01), 6)
    0.003333
    """
    quantities = [abs(line.quantity), *(abs(other.quantity) for other in approved)]
    return rounding / max(*quantities, 1.0)


def _compare_totals(then, now, whole=False):
    """Whether the whole order earns less, in percent, or is further below the list.

    The discount counts where a cost, and so the margin, is not known.

    >>> wine, oil = Line("wine", "Wine", 1, 100.0, cost=50.0, free=True), Line("oil", "Oil", 1, 10.0, cost=9.0)
    >>> then = Content("EUR", "Rossi", (wine, oil))
    >>> [worse.kind for worse in _compare_totals(then, Content("EUR", "Rossi", (oil,)))]
    ['margin']
    >>> list(_compare_totals(then, Content("EUR", "Rossi", (wine,))))
    []
    """
    costs = {line.key: line.cost for line in reversed(then.lines)}
    counted = now.lines if whole else tuple(_get_counted(then, now))
    if not counted:
        return
    kept = tuple(_get_kept(then, now))
    margins = [margin_of(lines, costs) for lines in (kept, counted)]
    if None not in margins:
        if _is_lower(margins[1], margins[0], now):
            yield Worse(MARGIN, then=round(margins[0], PERCENT_DIGITS), now=round(margins[1], PERCENT_DIGITS))
        return
    discounts = [discount_of(lines) for lines in (kept, counted)]
    if None not in discounts and _is_lower(discounts[0], discounts[1], now):
        yield Worse(DISCOUNT, then=round(discounts[0], PERCENT_DIGITS), now=round(discounts[1], PERCENT_DIGITS))


def _get_kept(then, now):
    """What was approved, without the units of what was beyond the limits that are not sold any more: fewer of those are
    no loss, fewer of the others may be.

    >>> oil = Line("oil", "Oil", 5, 10.0)
    >>> then, now = Content("EUR", "Rossi", (oil,)), Content("EUR", "Rossi", (replace(oil, quantity=2),))
    >>> [line.quantity for line in _get_kept(then, now)]
    [2.0]
    """
    sold = defaultdict(float)
    for line in now.lines:
        sold[line.key] += line.quantity
    for line in sorted(then.lines, key=lambda line: (line.free, line.price)):
        quantity = line.quantity if line.free else min(line.quantity, max(sold[line.key], 0))
        sold[line.key] -= quantity
        if quantity:
            yield replace(line, quantity=quantity)


def _get_counted(then, now):
    """The lines without what anybody might have sold besides: units within the limits beyond those of before.

    >>> oil = Line("oil", "Oil", 5, 10.0, free=True)
    >>> then, now = Content("EUR", "Rossi", (Line("oil", "Oil", 2, 10.0),)), Content("EUR", "Rossi", (oil,))
    >>> [line.quantity for line in _get_counted(then, now)]
    [2.0]
    """
    left = defaultdict(float)
    for line in then.lines:
        left[line.key] += line.quantity
    for line in sorted(now.lines, key=lambda line: (line.free, line.price)):
        quantity = min(line.quantity, max(left[line.key], 0)) if line.free else line.quantity
        left[line.key] -= quantity
        if quantity:
            yield replace(line, quantity=quantity)


def _is_lower(percent, other, content):
    """Whether a percentage is lower by more than half a cent a line makes of it."""
    slack = 100 * content.rounding / 2 * max(len(content.lines), 1) / max(abs(content.value), content.rounding)
    return percent < other - min(slack, 0.05) - 10**-PERCENT_DIGITS


def margin_of(lines, costs=None):
    """Margin as a percentage of what is charged; None where a cost is not known or nothing is charged.

    :param dict costs: of one unit by key, instead of the lines' own

    >>> margin_of([Line("oil", "Oil", 2, 10.0, cost=7.5)])
    25.0
    >>> margin_of([Line("oil", "Oil", 2, 10.0)]) is None
    True
    """
    costs = costs or {}
    value = sum(line.value for line in lines)
    each = [(line, line.cost if costs.get(line.key) is None else costs[line.key]) for line in lines]
    if any(cost is None for _line, cost in each) or value <= 0:
        return None
    return 100 * (value - sum(line.quantity * cost for line, cost in each)) / value


def discount_of(lines):
    """What is taken off the list, as a percentage; None where no line has a list price.

    >>> discount_of([Line("oil", "Oil", 2, 6.0, reference=8.0), Line("pen", "Pen", 1, 4.0, reference=4.0)])
    20.0
    """
    listed = sum(line.quantity * (line.reference or 0.0) for line in lines)
    return 100 * (listed - sum(line.value for line in lines)) / listed if listed > 0 else None
