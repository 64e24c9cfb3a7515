"""The new price of one product, from the old one and the facts beside it."""

from dataclasses import dataclass
from typing import NamedTuple

from odoo.tools.float_utils import float_round

from ..pricing.rounding import CENT, ENDINGS

PERCENT, AMOUNT, FIXED, COST_FACTOR, COST_MARGIN = "percent", "amount", "fixed", "cost_factor", "cost_margin"
OTHER_LIST, VENDOR, FILE = "pricelist", "vendor", "file"
FROM_OLD_PRICE = frozenset({PERCENT, AMOUNT})
FROM_COST = frozenset({COST_FACTOR, COST_MARGIN})
FROM_SOURCE = frozenset({OTHER_LIST, VENDOR, FILE})
NO_COST, NO_SOURCE = "no_cost", "no_source"
KEPT_DECIMALS = 6  # beyond them, a price holds nothing but the noise of binary numbers


@dataclass(frozen=True, slots=True)
class Formula:
    """How new prices are found.

    :param str method: one of the constants above
    :param float percent: on the old price, or on the price of another list or vendor
    :param float margin: percent of the new price
    :param str ending: see :data:`..pricing.rounding.ENDINGS`
    """

    method: str
    percent: float = 0.0
    amount: float = 0.0
    price: float = 0.0
    factor: float = 1.0
    margin: float = 0.0
    ending: str = CENT


class Facts(NamedTuple):
    """What is known of one price, all in its own currency.

    :param source: the price in the other list, the vendor's list or the file; None where there is none
    """

    old: float
    cost: float = 0.0
    source: float | None = None


class Proposal(NamedTuple):
    """A new price, or the reason why there is none (``no_cost``, ``no_source``): then the old one stays."""

    price: float | None
    reason: str | None = None


def propose(formula, facts):
    """The new price by a formula.

    >>> propose(Formula(PERCENT, percent=3.0), Facts(1.27))
    Proposal(price=1.31, reason=None)
    >>> propose(Formula(COST_MARGIN, margin=20.0, ending="x.90"), Facts(9.0, cost=8.0)).price
    9.9
    >>> propose(Formula(COST_FACTOR, factor=1.5), Facts(9.0)).reason
    'no_cost'
    """
    if formula.method in FROM_COST and not facts.cost > 0:
        return Proposal(None, NO_COST)
    if formula.method in FROM_SOURCE and (facts.source is None or not facts.source > 0):
        return Proposal(None, NO_SOURCE)
    return Proposal(with_ending(_raw_price(formula, facts), formula.ending))


def with_ending(price, ending):
    """A price brought to its ending.

    >>> with_ending(12.34, "x.90"), with_ending(0.4, "x.90"), with_ending(0.123, "0.05"), with_ending(1.1 * 3, "exact")
    (11.9, -0.1, 0.1, 3.3)
    """
    rounding, surcharge = ENDINGS[ending]
    if rounding:
        price = float_round(price, precision_rounding=rounding) + surcharge
    return float_round(price, precision_digits=KEPT_DECIMALS)


def _raw_price(formula, facts):
    match formula.method:
        case "percent":
            return facts.old * (1 + formula.percent / 100)
        case "amount":
            return facts.old + formula.amount
        case "fixed":
            return formula.price
        case "cost_factor":
            return facts.cost * formula.factor
        case "cost_margin":
            return facts.cost / (1 - formula.margin / 100)
        case "pricelist" | "vendor":
            return facts.source * (1 + formula.percent / 100)
        case "file":
            return facts.source
    raise ValueError(formula.method)
