"""The same product twice in one file."""

from collections import defaultdict

from . import barcodes


def settle_duplicates(steps):
    """Merge the rows that repeat an earlier one, refuse those that contradict another.

    Two rows about the same product (for the same quantity and dates, where prices depend on them) are one when they
    agree on the price; when they don't, nobody can tell which is right and both are refused. Rows that would create two
    different products with one barcode or reference are refused too.

    :param list steps: of plan.Step; their ``action`` is set where it is settled here
    """
    groups = defaultdict(list)
    for step in steps:
        if not step.action:
            groups[step.identity, step.moment].append(step)
    for group in groups.values():
        if len(group) > 1:
            _settle(group)
    for name, key in (("barcode", barcodes.key), ("reference", str)):
        _refuse_shared(steps, name, key)


def _settle(group):
    first = group[0]
    if all(_agrees(first, other) for other in group[1:]):
        for step in group[1:]:
            step.action = "duplicate"
            step.row.note("same_as", row=first.row.number)
        return
    for step in group:
        other = next(one for one in group if one is not step and (one is first or step is first))
        step.refuse("contradicts", row=other.row.number)


def _agrees(step, other):
    """The same price, discount, unit and barcode (or none)."""
    barcode, second = step.row.barcode, other.row.barcode
    return (
        step.new_price == other.new_price
        and step.row.discount == other.row.discount
        and step.unit_id == other.unit_id
        and (not barcode or not second or barcodes.key(barcode) == barcodes.key(second))
    )


def _refuse_shared(steps, name, key):
    """Rows that would create different products with the same barcode or reference."""
    owners = defaultdict(dict)
    new = [step for step in steps if not step.action and step.product is None and getattr(step.row, name)]
    for step in new:
        owners[key(getattr(step.row, name))].setdefault(step.identity, step)
    for step in new:
        others = owners[key(getattr(step.row, name))]
        if len(others) > 1:
            other = next(one for identity, one in others.items() if identity != step.identity)
            step.refuse(f"{name}_shared", value=getattr(step.row, name), row=other.row.number)
