"""The flat compensation for the cost of collecting: once an invoice, without a notice, never from a consumer.

Costs are owed beside it as far as they exceed it (art. 6 par. 3 of directive 2011/7/EU, art. 6 D.Lgs. 231/2002; Court
of Justice of the EU, 13 September 2018, C-287/17).
"""

from datetime import date
from typing import NamedTuple

from ..patience.contacts import day_to_pay
from .reading import to_cents
from .table import DAY, Row

COMPANY, PA, CONSUMER = "company", "pa", "consumer"
CODE = "flat_compensation"


class Compensation(NamedTuple):
    """What one invoice bears.

    :param invoice: what the caller knows it by
    :param date since: the first day of delay, whose law counts
    :param int cents: zero where no row holds
    :param Row row: None where the compensation is provisional
    """

    invoice: object
    since: date
    cents: int
    row: Row | None


def compensations(table, audience, instalments, until):
    """The compensation of each invoice with an instalment that was late by the end of a day.

    What falls due on a Sunday or public holiday is late from the day after the next that is none.

    :param instalments: triples of the invoice, its due date, and the day on which it was paid in full (None: not yet)
    :rtype: list

    >>> from decimal import Decimal
    >>> from .table import Table
    >>> table = Table([Row("flat_compensation", Decimal(40), date(2013, 1, 1))])
    >>> first, second = date(2026, 1, 31), date(2026, 2, 28)
    >>> late = [("A", first, None), ("A", second, None), ("B", first, first), ("B", second, date(2026, 3, 5))]
    >>> [(each.invoice, each.cents) for each in compensations(table, "company", late, date(2026, 3, 31))]
    [('A', 4000), ('B', 4000)]
    >>> compensations(table, "consumer", late, date(2026, 3, 31))
    []
    """
    if audience == CONSUMER:
        return []
    since = {}
    for invoice, due, paid in instalments:
        last = day_to_pay(due)
        if last < (until if paid is None else min(paid, until)):
            since[invoice] = min(since.get(invoice, date.max), last + DAY)
    found = ((invoice, day, table.find(CODE, day)) for invoice, day in since.items())
    return [Compensation(invoice, day, to_cents(row.amount) if row else 0, row) for invoice, day, row in found]


def beyond(costs, flat):
    """What of each cost exceeds the flat compensation, which is for the first of them.

    :param costs: cents
    :param int flat: cents of all flat compensations

    >>> beyond([1_000, 3_500, 700], 4_000), beyond([1_000], 0)
    ([0, 500, 700], [1000])
    """
    asked = []
    for cost in costs:
        covered = min(cost, max(flat, 0))
        flat -= covered
        asked.append(cost - covered)
    return asked
