"""What a rule makes of a base price: Odoo's float operations in Odoo's order, so that the last bit agrees.

Source: ``product.pricelist.item._compute_price`` and ``uom.uom._compute_price`` of Odoo 19.
"""

from dataclasses import dataclass

from odoo.tools.float_utils import float_round

from .rules import FIXED, PERCENTAGE

FIXED_PRICE, DISCOUNT, ROUNDING, SURCHARGE, MIN_MARGIN, MAX_MARGIN = STEPS = (
    "fixed",
    "discount",
    "rounding",
    "surcharge",
    "min_margin",
    "max_margin",
)


@dataclass(frozen=True, slots=True)
class UnitRatio:
    """From the product's own unit, in which rules speak, to the unit that is asked for.

    :param float asked: factor of the asked unit
    :param float own: factor of the product's own unit
    """

    asked: float
    own: float

    def price(self, price):
        """A price a unit, carried over to the asked unit.

        >>> UnitRatio(asked=100.0, own=1.0).price(1.2)
        120.0
        """
        return price * self.asked / self.own if price else price


def to_asked_unit(ratio, price):
    """The price in the asked unit; ``ratio`` is None where that is the product's own."""
    return ratio.price(price) if ratio else price


def apply_rule(rule, base_price, ratio=None):
    """The price that a rule of Odoo's own kinds gives.

    :param rule: the :class:`~.rules.Rule`, or None where none applies
    :param float base_price: in the wanted currency and unit; ignored by fixed prices
    :param ratio: a :class:`UnitRatio`, or None

    >>> from .rules import Rule
    >>> apply_rule(Rule(1, 0, "3_global", method="percentage", percent_price=10), 200.0)
    180.0
    >>> apply_rule(Rule(1, 0, "3_global", method="formula", rounding=1.0, surcharge=-0.01), 12.34)
    11.99
    """
    if rule is None:
        return base_price
    if rule.method == FIXED:
        return to_asked_unit(ratio, rule.fixed_price)
    if rule.method == PERCENTAGE:
        return (base_price - (base_price * (rule.percent_price / 100))) or 0.0
    return steps_of_formula(rule, base_price, ratio)[-1][1]


def steps_of_formula(rule, base_price, ratio=None):
    """The stations of a formula's price, each with its name, in order; the last one is the price.

    :return: a list of pairs of the station (one of :data:`STEPS`) and the price there

    >>> from .rules import Rule
    >>> rule = Rule(1, 0, "3_global", method="formula", discount=10, rounding=0.5, min_margin=-2)
    >>> steps_of_formula(rule, 10.0)
    [('discount', 9.0), ('rounding', 9.0), ('min_margin', 9.0)]
    """
    price = base_price - (base_price * (rule.discount / 100))
    steps = [(DISCOUNT, price)]
    if rule.rounding:
        price = float_round(price, precision_rounding=rule.rounding)
        steps.append((ROUNDING, price))
    if rule.surcharge:
        price += to_asked_unit(ratio, rule.surcharge)
        steps.append((SURCHARGE, price))
    if rule.min_margin:
        price = max(price, base_price + to_asked_unit(ratio, rule.min_margin))
        steps.append((MIN_MARGIN, price))
    if rule.max_margin:
        price = min(price, base_price + to_asked_unit(ratio, rule.max_margin))
        steps.append((MAX_MARGIN, price))
    return steps
