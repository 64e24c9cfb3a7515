"""The two dates of an instalment: when it falls due by law, and from when on something is done about it.

An Italian office rarely pays on the day: it closes the month, its bank needs some days, and many pay no earlier than
60 or 120 days after the invoice, whatever was agreed. Whoever reminds earlier than that only shows that he does not
know his customer. The legal due date is never moved: interest runs from the day after it, with patience or without.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DUE, MONTH_END, TECHNICAL, FLOOR, CLOSING, AGREED = PARTS = (
    "due",
    "month_end",
    "technical_days",
    "floor_days",
    "closing_day",
    "agreed",
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited for a customer.

    :param bool is_month_end: whether he is given until the end of the month in which an instalment falls due
    :param int technical_days: what his office and his bank need from then on
    :param int floor_days: days from the invoice before which nothing is done; 0: no such floor
    :param closing_day: the only day of the month on which his office pays, or closes the month; 29 to 31 are the last
        day of a shorter month; None: any day
    """

    is_month_end: bool = True
    technical_days: int = 0
    floor_days: int = 0
    closing_day: int | None = None

    def __post_init__(self):
        if self.technical_days < 0 or self.floor_days < 0:
            raise ValueError("days of patience below zero")
        if self.closing_day is not None and not 1 <= self.closing_day <= 31:
            raise ValueError("a closing day outside the month")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the patience.

    :param str code: one of :data:`PARTS`
    :param date until: the date that this part asks to wait for
    :param number: its setting: days, or the day of the month; None where it has none
    :param bool is_deciding: whether the action date is this one
    """

    code: str
    until: date
    number: int | None = None
    is_deciding: bool = False


def action_date(due, invoiced, patience, agreed=None):
    """The first day on which something is done about an instalment.

    :param date due: the legal due date of the instalment (``date_maturity``)
    :param invoiced: the date of the invoice; None where there is none (an opening balance), and so no floor
    :param Patience patience: with this customer
    :param agreed: a date agreed with the customer in writing: it wins, be it earlier or later

    >>> action_date(date(2026, 1, 15), date(2025, 12, 15), Patience(technical_days=10))
    datetime.date(2026, 2, 10)
    >>> action_date(date(2026, 1, 15), date(2025, 12, 15), Patience(technical_days=10, floor_days=60))
    datetime.date(2026, 2, 13)
    >>> action_date(date(2026, 1, 15), date(2025, 12, 15), Patience(floor_days=60, closing_day=10))
    datetime.date(2026, 3, 10)
    """
    if agreed:
        return agreed
    waited = month_end(due) if patience.is_month_end else due
    waited += timedelta(patience.technical_days)
    if invoiced and patience.floor_days:
        waited = max(waited, invoiced + timedelta(patience.floor_days))
    return next_day_of_month(waited, patience.closing_day) if patience.closing_day else waited


def explain(due, invoiced, patience, agreed=None):
    """Why the action date is what it is: every part of the patience that was asked, the deciding one marked.

    Of two parts that ask for the same date the first decides, so that a part that changes nothing is never blamed.

    :return: a tuple of :class:`Part` in the order in which they are applied; the parameters are those of
        :func:`action_date`

    >>> for part in explain(date(2026, 1, 15), date(2025, 12, 15), Patience(technical_days=10, floor_days=60)):
    ...     part.code, part.number, part.until.isoformat(), part.is_deciding
    ('due', None, '2026-01-15', False)
    ('month_end', None, '2026-01-31', False)
    ('technical_days', 10, '2026-02-10', False)
    ('floor_days', 60, '2026-02-13', True)
    """
    parts = list(_parts(due, invoiced, patience, agreed))
    decided = action_date(due, invoiced, patience, agreed)
    deciding = parts[-1] if agreed else next(part for part in parts if part.until == decided)
    return tuple(Part(part.code, part.until, part.number, part is deciding) for part in parts)


def _parts(due, invoiced, patience, agreed):
    yield Part(DUE, due)
    waited = due
    if patience.is_month_end:
        waited = month_end(waited)
        yield Part(MONTH_END, waited)
    if patience.technical_days:
        waited += timedelta(patience.technical_days)
        yield Part(TECHNICAL, waited, patience.technical_days)
    if invoiced and patience.floor_days:
        floor = invoiced + timedelta(patience.floor_days)
        yield Part(FLOOR, floor, patience.floor_days)
        waited = max(waited, floor)
    if patience.closing_day:
        yield Part(CLOSING, next_day_of_month(waited, patience.closing_day), patience.closing_day)
    if agreed:
        yield Part(AGREED, agreed)


def month_end(day):
    """The last day of its month.

    >>> month_end(date(2028, 2, 1)), month_end(date(2026, 12, 31))
    (datetime.date(2028, 2, 29), datetime.date(2026, 12, 31))
    """
    return day.replace(day=monthrange(day.year, day.month)[1])


def next_day_of_month(day, number):
    """The given day of the month, on or after a date; the last day where the month is shorter.

    >>> next_day_of_month(date(2026, 1, 10), 10), next_day_of_month(date(2026, 1, 11), 10)
    (datetime.date(2026, 1, 10), datetime.date(2026, 2, 10))
    >>> next_day_of_month(date(2026, 2, 3), 31), next_day_of_month(date(2026, 12, 16), 15)
    (datetime.date(2026, 2, 28), datetime.date(2027, 1, 15))
    """
    wanted = _in_month(day, number)
    return wanted if wanted >= day else _in_month(month_end(day) + timedelta(1), number)


def _in_month(day, number):
    return day.replace(day=min(number, monthrange(day.year, day.month)[1]))
