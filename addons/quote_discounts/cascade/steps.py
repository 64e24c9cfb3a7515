"""Cascading discounts ("sconti a cascata"): written as "50+10+5", each step taken off what the one before left.

All arithmetic is in :class:`decimal.Decimal`: two digits of percentage would lose 30 cents on 10,000 euros.
"""

import functools
import re
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

LIST, PROMOTION, AGREEMENT, NEGOTIATED, NET_PRICE, HEADER, FREE_GOODS = KINDS = (
    "list",
    "promotion",
    "agreement",
    "negotiated",
    "net_price",
    "header",
    "free_goods",
)
HUNDRED = Decimal(100)
MOST_STEPS = 10
MOST_DECIMALS = 6
PRECISE = Context(prec=40)  # while steps are multiplied
WRITTEN = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,12})?")


class CascadeError(ValueError):
    """A cascade that can't be read or is not allowed.

    :param str code: "syntax", "range", "decimals" or "many"
    :param str part: the piece of text that is at fault
    """

    def __init__(self, code, part):
        super().__init__(f"{code}: {part}")
        self.code = code
        self.part = part


@dataclass(frozen=True, slots=True)
class Step:
    """One discount of a cascade, by exactly one of three figures.

    :param str kind: one of :data:`KINDS`
    :param Decimal percent: taken off what is left; below zero a surcharge
    :param Decimal price: the price of one unit after it
    :param Decimal amount: taken off the whole line, in the terms of its unit price
    """

    kind: str
    percent: Decimal | None = None
    price: Decimal | None = None
    amount: Decimal | None = None


@functools.lru_cache(maxsize=4096)
def parse(text):
    """The percentages of a written cascade.

    :param str text: "50+10+5", "10,5 + 3%", "-2" (a surcharge); nothing written is no step
    :return: a tuple of Decimal
    :raise CascadeError: where it can't be read

    >>> parse("50+10+5"), parse("10,5 + 3%"), parse("-2"), parse("")
    ((Decimal('50'), Decimal('10'), Decimal('5')), (Decimal('10.5'), Decimal('3')), (Decimal('-2'),), ())
    >>> parse("50++10")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    CascadeError: syntax: 50++10
    """
    if not (text or "").strip():
        return ()
    parts = [part.strip().removesuffix("%").rstrip() for part in text.split("+")]
    if not all(WRITTEN.fullmatch(part) for part in parts):
        raise CascadeError("syntax", text.strip())
    if len(parts) > MOST_STEPS:
        raise CascadeError("many", str(len(parts)))
    return tuple(_percentage(part) for part in parts if Decimal(part.replace(",", ".")))


def _percentage(part):
    percent = Decimal(part.replace(",", ".")).normalize()
    if abs(percent) > HUNDRED:
        raise CascadeError("range", part)
    if -percent.as_tuple().exponent > MOST_DECIMALS:
        raise CascadeError("decimals", part)
    return Decimal(f"{percent:f}")


def write(percents, separator=","):
    """Percentages as a written cascade, with as many decimals as they have.

    >>> write([Decimal("50"), Decimal("10.50")]), write(parse("-2")), write(())
    ('50+10,5', '-2', '')
    """
    return "+".join(f"{percent.normalize():f}".replace(".", separator) for percent in percents)


def factor(percents):
    """What a cascade leaves of 1, whatever the order of its steps.

    >>> factor(parse("50+10+5")), factor(parse("100"))
    (Decimal('0.4275'), Decimal('0'))
    """
    with localcontext(PRECISE):
        left = Decimal(1)
        for percent in percents:
            left *= 1 - percent / HUNDRED
        return left.normalize()


def percent_steps(kind, text):
    """The steps of a written cascade; none where it can't be read, since whoever stores a text has it checked.

    >>> percent_steps(NEGOTIATED, "10")
    (Step(kind='negotiated', percent=Decimal('10'), price=None, amount=None),)
    >>> percent_steps(NEGOTIATED, "10++")
    ()
    """
    try:
        return tuple(Step(kind, percent=percent) for percent in parse(text or ""))
    except CascadeError:
        return ()


class Cascade:
    """The discounts of one order line.

    :param unit_price: before all steps, a Decimal or a float
    :param quantity: of the line
    :param steps: the :class:`Step` in their order

    >>> cascade = Cascade(10000, 1, percent_steps(NEGOTIATED, "33,33+10"))
    >>> cascade.net_unit_price, cascade.effective_percent
    (Decimal('6000.3'), Decimal('39.997'))
    >>> Cascade(12.5, 4, [Step(NET_PRICE, price=Decimal(10)), Step(HEADER, amount=Decimal("0.02"))]).shares
    (Decimal('0.2'), Decimal('0.0004'))
    """

    def __init__(self, unit_price, quantity, steps):
        self.unit_price = exact(unit_price)
        self.quantity = exact(quantity)
        self.steps = tuple(steps)
        with localcontext(PRECISE):
            self.prices = tuple(self._prices())

    def _prices(self):
        """The price of one unit after each step."""
        price = self.unit_price
        for step in self.steps:
            if step.percent is not None:
                price *= 1 - step.percent / HUNDRED
            elif step.price is not None:
                price = step.price
            elif self.quantity:
                price -= step.amount / self.quantity
            yield price

    @property
    def net_unit_price(self):
        """The price of one unit after all steps, not rounded."""
        return plain(self.prices[-1]) if self.prices else self.unit_price

    @property
    def price_before_header(self):
        """The price of one unit as it was negotiated for this line, before what is cut off the whole order."""
        for step, before in zip(self.steps, (self.unit_price, *self.prices), strict=False):
            if step.kind in (HEADER, FREE_GOODS):
                return plain(before)
        return self.net_unit_price

    @property
    def effective_percent(self):
        """All steps as one percentage of the unit price; zero where that is nothing."""
        if not self.unit_price or not self.steps:
            return Decimal(0)
        with localcontext(PRECISE):
            return plain((1 - self.prices[-1] / self.unit_price) * HUNDRED)

    @property
    def shares(self):
        """What each step takes off, as a fraction of the unit price."""
        if not self.unit_price:
            return tuple(Decimal(0) for _step in self.steps)
        with localcontext(PRECISE):
            befores = (self.unit_price, *self.prices)
            return tuple(
                plain((before - after) / self.unit_price) for before, after in zip(befores, self.prices, strict=False)
            )


def exact(figure):
    """A float as the decimal number that it is written as.

    >>> exact(0.1), exact(Decimal("0.10"))
    (Decimal('0.1'), Decimal('0.10'))
    """
    return figure if isinstance(figure, Decimal) else Decimal(repr(float(figure)))


def plain(figure):
    """A Decimal without the zeros behind its last digit; whole numbers keep theirs.

    >>> Decimal("50.00").normalize(), plain(Decimal("50.00")), plain(Decimal("0.3960"))
    (Decimal('5E+1'), Decimal('50'), Decimal('0.396'))
    """
    return Decimal(f"{figure.normalize():f}")
