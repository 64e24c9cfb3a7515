"""The price of a unit of measure: by the kilo, litre, metre, square or cubic metre.

Art. 13-16 Codice del consumo: it goes with every price that is shown or advertised, VAT included, unless it is the
same as the price itself; decimal multiples and parts such as 100 g are allowed where goods are usually sold so; goods
in a liquid count by their drained weight, which is the caller's to give. It is rounded to the nearest cent, half a
cent upwards, as amounts in euro are (Regulation (EC) 1103/97, art. 5).
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ..channels.amounts import Measure

# How much of the unit of law each unit is, and that unit.
SCALES = {
    "mg": (Decimal("0.000001"), "kg"),
    "g": (Decimal("0.001"), "kg"),
    "kg": (Decimal(1), "kg"),
    "ml": (Decimal("0.001"), "l"),
    "cl": (Decimal("0.01"), "l"),
    "l": (Decimal(1), "l"),
    "cm": (Decimal("0.01"), "m"),
    "m": (Decimal(1), "m"),
    "sqm": (Decimal(1), "sqm"),
    "cbm": (Decimal(1), "cbm"),
    "ct": (Decimal(1), "ct"),
}


class UnitPrice(NamedTuple):
    """Cents for a base quantity."""

    units: int
    base: Measure


def base_of(measure):
    """What the price of goods in a measure is told for: one unit of law.

    :return: a :class:`Measure`, None for a unit that the law does not name

    >>> base_of(Measure(Decimal(750), "ml")).text, base_of(Measure(Decimal(80), "g")).text
    ('1l', '1kg')
    >>> base_of(Measure(Decimal(8), "oz")) is None
    True
    """
    if measure.unit not in SCALES:
        return None
    return Measure(Decimal(1), SCALES[measure.unit][1])


def unit_price(units, measure, base):
    """The price of a base quantity.

    :param int units: cents for the whole
    :param Measure measure: how much it is
    :param Measure base: for how much the price is told
    :return: a :class:`UnitPrice`, None where the two are not measured alike

    >>> unit_price(299, Measure(Decimal(750), "ml"), Measure(Decimal(1), "l")).units
    399
    >>> unit_price(125, Measure(Decimal("0.5"), "kg"), Measure(Decimal(100), "g")).units
    25
    """
    if measure.quantity <= 0 or measure.unit not in SCALES or base.unit not in SCALES:
        return None
    (own, kind), (other, other_kind) = SCALES[measure.unit], SCALES[base.unit]
    if kind != other_kind:
        return None
    # One division, at the end: what is rounded is the true amount.
    exact = Decimal(units) * base.quantity * other / (measure.quantity * own)
    return UnitPrice(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), base)


def is_needed(measure, base):
    """Whether the unit price says more than the price: not where the whole is just the base.

    >>> is_needed(Measure(Decimal(1000), "g"), Measure(Decimal(1), "kg"))
    False
    """
    (own, kind), (other, other_kind) = SCALES[measure.unit], SCALES[base.unit]
    return (measure.quantity * own, kind) != (base.quantity * other, other_kind)
