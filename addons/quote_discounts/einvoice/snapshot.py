"""The steps of an invoice line's discount, as they are stored with it: figures that hold for any price and quantity.

A step is a dictionary: ``kind`` (one of :data:`..cascade.steps.KINDS`), ``cut`` (the percentage that it takes off what
the steps before left, as a decimal number in a text), ``by`` ("percent", "amount" or "price": how it was agreed),
``label`` (what the customer reads, or None) and ``visible``. Since each is relative, a part of the quantity, a credit
note and a changed price keep them.
"""

from decimal import Context, Decimal, InvalidOperation, localcontext

from ..cascade.steps import FREE_GOODS, HEADER, HUNDRED, KINDS, NEGOTIATED, NET_PRICE, PRECISE, plain
from .discounts import Cut

FIGURES = ("percent", "amount", "price")
STORED = Context(prec=24)
SAME = 1e-9  # percentages closer than this are one
LAST = (HEADER, FREE_GOODS)


def of_cascade(cascade, names=()):
    """The snapshot of an order line's cascade.

    :param cascade: a :class:`..cascade.steps.Cascade`
    :param names: the steps' (label, visible), as far as they are known

    >>> from ..cascade.steps import Cascade, Step
    >>> cascade = Cascade(10, 4, [Step("promotion", percent=Decimal(50)), Step("header", amount=Decimal(1))])
    >>> [(step["kind"], step["cut"], step["by"]) for step in of_cascade(cascade)]
    [('promotion', '50', 'percent'), ('header', '5', 'amount')]
    """
    names = [*names, *[(None, True)] * len(cascade.steps)]
    befores = (cascade.unit_price, *cascade.prices)
    return [
        _entry(step.kind, _cut(step, before, after), _figure(step), *name)
        for step, before, after, name in zip(cascade.steps, befores, cascade.prices, names, strict=False)
    ]


def _cut(step, before, after):
    if step.percent is not None:
        return step.percent
    if not before:
        return Decimal(0)
    with localcontext(PRECISE):
        cut = (1 - after / before) * HUNDRED
    return STORED.plus(cut)


def _figure(step):
    return next(name for name in FIGURES if getattr(step, name) is not None)


def _entry(kind, cut, by="percent", label=None, visible=True):
    return {"kind": kind, "cut": f"{plain(cut):f}", "by": by, "label": label or None, "visible": bool(visible)}


def of_percents(percents):
    """The snapshot of a negotiated cascade.

    >>> of_percents([Decimal("10.50")])
    [{'kind': 'negotiated', 'cut': '10.5', 'by': 'percent', 'label': None, 'visible': True}]
    """
    return [_entry(NEGOTIATED, percent) for percent in percents]


def negotiated(snapshot):
    """The percentages that were negotiated for the line."""
    return [Decimal(step["cut"]) for step in snapshot or () if step["kind"] == NEGOTIATED]


def negotiated_anew(snapshot, percents):
    """A snapshot with other negotiated percentages; they replace an agreed price too.

    >>> header = [{"kind": "header", "cut": "2", "by": "amount", "label": None, "visible": True}]
    >>> [step["cut"] for step in negotiated_anew([*of_percents([Decimal(9)]), *header], [Decimal(5)])]
    ['5', '2']
    """
    replaced = {NEGOTIATED, NET_PRICE} if percents else {NEGOTIATED}
    kept = [step for step in snapshot or () if step["kind"] not in replaced]
    first = [step for step in kept if step["kind"] not in LAST]
    return [*first, *of_percents(percents), *kept[len(first) :]]


def percent_of(snapshot):
    """All steps as one percentage.

    >>> percent_of(of_percents([Decimal("33.33"), Decimal(10)]))
    Decimal('39.997')
    """
    with localcontext(PRECISE):
        left = Decimal(1)
        for step in snapshot or ():
            left *= 1 - Decimal(step["cut"]) / HUNDRED
        return plain((1 - left) * HUNDRED)


def tells(snapshot, discount):
    """Whether a snapshot is one, and comes to a discount.

    >>> tells(of_percents([Decimal(50), Decimal(10)]), 55.0), tells([{"kind": "gift"}], 0.0), tells("50", 50.0)
    (True, False, False)
    """
    try:
        return all(_is_step(step) for step in snapshot or ()) and abs(float(percent_of(snapshot)) - discount) < SAME
    except (TypeError, InvalidOperation):
        return False


def _is_step(step):
    keys = {"kind", "cut", "by", "label", "visible"}
    return isinstance(step, dict) and step.keys() == keys and step["kind"] in KINDS and step["by"] in FIGURES


def cuts_of(snapshot):
    """The steps that the customer may see, as the electronic invoice takes them."""
    return [Cut(Decimal(step["cut"]), step["by"] != "percent") for step in snapshot if step["visible"]]


def hidden_factor(snapshot):
    """What the steps that the customer does not see leave of the price that he reads.

    >>> hidden_factor([{**of_percents([Decimal(10)])[0], "visible": False}])
    Decimal('0.9')
    """
    return 1 - percent_of([step for step in snapshot if not step["visible"]]) / HUNDRED
