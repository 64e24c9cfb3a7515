"""Discounts of a FatturaPA line, one ScontoMaggiorazione a step, so that the exchange system finds the line right.

The system (SdI) rejects an invoice by check 00423 where a line's total (PrezzoTotale, 2.2.1.11) is more than a cent
away from its unit price less its discounts, one after the other, times its quantity. A percentage (Percentuale) has
two decimals there, an amount (Importo, of one unit) eight; where both are given, the amount counts.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from ..cascade.steps import HUNDRED

PERCENTAGE = Decimal("0.01")
AMOUNT = Decimal("0.00000001")
TOLERANCE = Decimal("0.01")
MARGIN = Decimal("0.0075")  # what we allow ourselves: totals rounded to the cent are half a cent off
PRECISE = Context(prec=40, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Cut:
    """One step of a line's discounts.

    :param Decimal percent: taken off what the steps before left; below zero a surcharge
    :param bool in_money: it was agreed as an amount or a price, so it is written as an amount
    """

    percent: Decimal
    in_money: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One ScontoMaggiorazione.

    :param str kind: "SC" takes off, "MG" adds (Tipo)
    :param Decimal percent: Percentuale, or None
    :param Decimal amount: Importo of one unit, or None
    """

    kind: str
    percent: Decimal | None = None
    amount: Decimal | None = None


def entries_of(unit_price, cuts, quantity, total):
    """The entries of a line, such that it passes check 00423.

    Where the steps alone do not lead to the total (a fixed tax inside the price, a quantity of millions), the last one
    is written as the amount that does. With quantities beyond two millions no unit price of eight decimals may.

    :param Decimal unit_price: without tax, before all steps (PrezzoUnitario)
    :param cuts: the line's :class:`Cut` in their order
    :param Decimal quantity: of the line (Quantita)
    :param Decimal total: of the line (PrezzoTotale)
    :return: a tuple of :class:`Entry`

    >>> cuts = [Cut(Decimal("33.33")), Cut(Decimal("10"))]
    >>> [entry.percent for entry in entries_of(Decimal(10000), cuts, Decimal(1), Decimal("6000.30"))]
    [Decimal('33.33'), Decimal('10.00')]
    >>> entries_of(Decimal(3), [Cut(Decimal("33.333"))], Decimal(1), Decimal("2.00001"))
    (Entry(kind='SC', percent=None, amount=Decimal('0.99999000')),)
    >>> entries_of(Decimal(10), [Cut(Decimal("-2.5"))], Decimal(1), Decimal("10.25"))
    (Entry(kind='MG', percent=Decimal('2.50'), amount=None),)
    """
    with localcontext(PRECISE):
        written = _written(unit_price, cuts)
        if abs(deviation(unit_price, written, quantity, total)) > MARGIN:
            before = price_after(unit_price, written[:-1])
            return (*written[:-1], *_amount_entry(before - total / quantity))
        return written


def _written(unit_price, cuts):
    price, entries = unit_price, []
    for cut in cuts:
        entry = _percent_entry(cut) or _amount_entry(price * cut.percent / HUNDRED)
        entries += entry
        price = price_after(price, entry)
    return tuple(entries)


def _percent_entry(cut):
    """A step as a percentage, where two decimals tell it and the format takes it."""
    percent = abs(cut.percent).quantize(PERCENTAGE)
    if cut.in_money or not percent or percent > HUNDRED or percent != abs(cut.percent):
        return ()
    return (Entry("SC" if cut.percent > 0 else "MG", percent=percent),)


def _amount_entry(amount):
    """An amount off the price of one unit as an entry; none where it is nothing. Of a negative price, as that of a
    returned item, a discount adds."""
    amount = amount.quantize(AMOUNT)
    return (Entry("SC" if amount > 0 else "MG", amount=abs(amount)),) if amount else ()


def price_after(unit_price, entries):
    """The price of one unit after the entries, as the exchange system works it out.

    >>> price_after(Decimal(200), [Entry("SC", percent=Decimal(50)), Entry("MG", amount=Decimal("1.5"))])
    Decimal('101.5')
    """
    price = unit_price
    for entry in entries:
        sign = -1 if entry.kind == "SC" else 1
        price += sign * (entry.amount if entry.amount is not None else price * entry.percent / HUNDRED)
    return price


def deviation(unit_price, entries, quantity, total):
    """How far a line's total is from what the exchange system works out."""
    return price_after(unit_price, entries) * quantity - total


def passes_00423(unit_price, entries, quantity, total):
    """Whether the exchange system finds the line's total right.

    >>> cut = [Entry("SC", percent=Decimal("39.99"))]
    >>> passes_00423(Decimal(10000), cut, Decimal(1), Decimal("6000.30"))
    False
    """
    with localcontext(PRECISE):
        return abs(deviation(unit_price, entries, quantity, total)) <= TOLERANCE
