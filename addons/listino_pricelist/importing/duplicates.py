"""The same product twice in one file."""

from collections import defaultdict

from . import barcodes

FILLED = ("reference", "barcode", "supplier_code", "description", "category")


def settle_duplicates(steps):
    """Merge the rows that repeat an earlier one, refuse those that contradict another.

    Two rows about the same product (for the same quantity and dates, where prices depend on them) are one when they
    agree on the price, the reference and the barcode; when they don't, nobody can tell which is right and all are
    refused. Rows that would create different products with one barcode or reference are refused too. What is refused
    does not depend on the order of the rows.

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
    """Merge a group of rows into its first, which takes over what it lacks, or refuse them all."""
    first = group[0].row
    if not _agree(group):
        for step in group:
            step.refuse("contradicts", row=_other(group, step).row.number)
        return
    for step in group[1:]:
        step.action = "duplicate"
        step.row.note("same_as", row=first.number)
        for name in FILLED:
            setattr(first, name, getattr(first, name) or getattr(step.row, name))


def _agree(group):
    """Whether the rows say the same; a missing code is no other code."""
    prices = {(step.new_price, step.row.discount, step.unit_id) for step in group}
    references = {step.row.reference for step in group if step.row.reference}
    codes = {barcodes.key(step.row.barcode) for step in group if step.row.barcode}
    return max(len(prices), len(references), len(codes)) == 1


def _other(group, step):
    """The first row that contradicts this one, else (the others contradict each other) the first or the second."""
    differing = (one for one in group if not _agree([one, step]))
    return next(differing, group[1] if step is group[0] else group[0])


def _refuse_shared(steps, name, key):
    """Rows that would create different products with the same barcode or reference."""
    new = [step for step in steps if step.action != "refuse" and step.product is None]
    owners = defaultdict(dict)
    for step in new:
        if value := getattr(step.row, name):
            owners[key(value)].setdefault(step.identity, step)
    refused = {}
    for shared in owners.values():
        if len(shared) > 1:
            for identity in shared:
                other = next(one for owner, one in shared.items() if owner != identity)
                refused.setdefault(identity, (getattr(other.row, name), other.row.number))
    for step in new:
        if step.identity in refused:
            value, number = refused[step.identity]
            step.refuse(f"{name}_shared", value=value, row=number)
