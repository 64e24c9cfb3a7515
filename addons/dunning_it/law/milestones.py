"""The legal way once it is taken: which term of the law runs, from what has happened so far.

Days are counted as they are in the calendar; that a term stands still in August or goes on after a holiday is left
aside, so the true day may be later, never earlier.
"""

from datetime import date, timedelta
from typing import NamedTuple

from .outlines import ACTION, CERTIFICATION, INJUNCTION, NEGOTIATION
from .table import Row

LEGAL_WAYS = (INJUNCTION, ACTION, NEGOTIATION, CERTIFICATION)
# An order may be enforceable at once, before it is served, so that one is not held against the other.
ORDER = [
    ("filed", "issued"),
    ("filed", "served"),
    ("issued", "served"),
    ("served", "opposed"),
    ("issued", "opposed"),
    ("issued", "executive"),
]


class Progress(NamedTuple):
    """What has happened, each with its day.

    :param date filed: the petition, the invitation to negotiate, or the request to certify
    :param date issued: the order, the judgment, the agreement or the certificate
    :param date served: on the debtor
    :param date opposed: by the debtor
    :param date executive: since when it can be enforced
    """

    filed: date | None = None
    issued: date | None = None
    served: date | None = None
    opposed: date | None = None
    executive: date | None = None


class Term(NamedTuple):
    """A term that runs.

    :param str code: of the table
    :param date start: the day it is counted from
    :param date end: its last day; None where the table has no length for the day it starts on
    :param Row row: the row it rests on
    """

    code: str
    start: date
    end: date | None
    row: Row | None


def running_term(table, way, progress, *, is_public=False):
    """The term that runs now, or None.

    :param bool is_public: whether the debtor is a public administration
    :rtype: Term

    >>> from decimal import Decimal
    >>> from .table import Table
    >>> since = date(1995, 1, 1)
    >>> table = Table([Row("service_days", Decimal(60), since), Row("opposition_days", Decimal(40), since)])
    >>> running_term(table, "injunction", Progress(issued=date(2026, 3, 1))).end
    datetime.date(2026, 4, 30)
    >>> running_term(table, "injunction", Progress(issued=date(2026, 3, 1), served=date(2026, 3, 10))).end
    datetime.date(2026, 4, 19)
    >>> running_term(table, "injunction", Progress(filed=date(2026, 2, 1)))
    """
    found = _start(way, progress, is_public)
    if not found:
        return None
    code, start = found
    row = table.find(code, start)
    return Term(code, start, start + timedelta(days=int(row.amount)) if row else None, row)


def _start(way, progress, is_public):
    """The code of the term and the day it is counted from."""
    if progress.executive:
        days = [day for day in (progress.served, progress.executive) if day]
        return ("pa_enforcement_days", max(days)) if is_public and way in (INJUNCTION, ACTION) else None
    if way == CERTIFICATION and progress.filed and not progress.issued:
        return "pcc_certification_days", progress.filed
    if way != INJUNCTION or progress.opposed:
        return None
    if progress.served:
        return "opposition_days", progress.served
    return ("service_days", progress.issued) if progress.issued else None


def out_of_order(progress):
    """The first pair of milestones of which the later one is dated before the earlier, or None.

    >>> out_of_order(Progress(filed=date(2026, 3, 2), issued=date(2026, 3, 1)))
    ('filed', 'issued')
    >>> out_of_order(Progress(filed=date(2026, 3, 1), served=date(2026, 3, 1)))
    """
    days = progress._asdict()
    for earlier, later in ORDER:
        if days[earlier] and days[later] and days[later] < days[earlier]:
            return earlier, later
    return None
