"""When a customer may be called or written to.

The Garante's rules for debt collection (30 November 2005) forbid pestering and leave the figures to whoever collects:
quiet hours and contacts a week come from the policy. The public holidays are those of L. 260/1949, and from 2026 on
4 October as well (L. 151/2025).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.easter import easter

CALL, WRITE = CHANNELS = ("call", "write")
QUIET_HOURS, WEEK_CONTACTS, WEEKEND, HOLIDAY = REASONS = ("quiet_hours", "week_contacts", "weekend", "holiday")
WEEK = timedelta(7)
SATURDAY, SUNDAY = 5, 6
FIXED_HOLIDAYS = ((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26))
SAINT_FRANCIS, SAINT_FRANCIS_SINCE = (10, 4), 2026


@dataclass(frozen=True, slots=True)
class Limits:
    """What a policy allows.

    A natural person is left alone in the quiet hours, on Sundays and public holidays, and once he was contacted often
    enough in seven days, by whatever channel. A business is only not called on weekends and public holidays.

    :param bool is_natural_person: a consumer, or a person who answers for a business under his own name
    :param quiet_from: when the quiet hours begin
    :param quiet_to: when they end, on the next day if that is earlier; None, or both the same: no quiet hours
    :param week_contacts: the most contacts in any seven days; None: no limit
    """

    is_natural_person: bool
    quiet_from: time | None = None
    quiet_to: time | None = None
    week_contacts: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a contact is allowed.

    :param bool is_allowed: at the moment that was asked for
    :param moment: the first moment from then on at which it is; None: never
    :param reason: what stands against it now, one of :data:`REASONS`
    """

    is_allowed: bool
    moment: datetime | None
    reason: str | None = None


def may_contact(limits, channel, now, contacts=()):
    """Whether a customer may be contacted now, and if not, when.

    :param Limits limits: for this customer
    :param str channel: CALL or WRITE
    :param datetime now: in Italian local time, as are the contacts
    :param contacts: the moments of the contacts made (or already fixed for later), in any order
    :rtype: Answer

    >>> limits = Limits(is_natural_person=True, quiet_from=time(20), quiet_to=time(8), week_contacts=2)
    >>> may_contact(limits, CALL, datetime(2026, 4, 3, 10)).is_allowed
    True
    >>> may_contact(limits, CALL, datetime(2026, 4, 4, 21))
    Answer(is_allowed=False, moment=datetime.datetime(2026, 4, 7, 8, 0), reason='quiet_hours')
    >>> calls = [datetime(2026, 3, 30, 9), datetime(2026, 4, 1, 9, 30)]
    >>> may_contact(limits, CALL, datetime(2026, 4, 3, 10), calls)
    Answer(is_allowed=False, moment=datetime.datetime(2026, 4, 7, 8, 0), reason='week_contacts')
    >>> may_contact(Limits(is_natural_person=False), CALL, datetime(2026, 4, 4, 21))
    Answer(is_allowed=False, moment=datetime.datetime(2026, 4, 7, 0, 0), reason='weekend')
    """
    first, moment = None, now
    while obstacle := _obstacle(limits, channel, moment, contacts):
        reason, moment = obstacle
        first = first or reason
        if moment is None:
            break
    return Answer(first is None, moment, first)


def _obstacle(limits, channel, moment, contacts):
    """The first reason against a contact, with the moment at which that reason ends; None if there is none."""
    if limits.is_natural_person:
        return _free_day(moment, SUNDAY) or _quiet(limits, moment) or _week_full(limits, moment, contacts)
    return _free_day(moment, SATURDAY) if channel == CALL else None


def _free_day(moment, first_day_off):
    if moment.weekday() >= first_day_off:
        return WEEKEND, _start_of(moment + timedelta(1))
    if is_holiday(moment.date()):
        return HOLIDAY, _start_of(moment + timedelta(1))
    return None


def _start_of(moment):
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _quiet(limits, moment):
    start, end = limits.quiet_from, limits.quiet_to
    if start is None or end is None or start == end:
        return None
    clock = moment.time()
    is_quiet = start <= clock < end if start < end else clock >= start or clock < end
    if not is_quiet:
        return None
    day = moment if clock < end else moment + timedelta(1)
    return QUIET_HOURS, datetime.combine(day.date(), end, moment.tzinfo)


def _week_full(limits, moment, contacts):
    if limits.week_contacts is None:
        return None
    recent = sorted(contact for contact in contacts if contact > moment - WEEK)
    if len(recent) < limits.week_contacts:
        return None
    if not limits.week_contacts:
        return WEEK_CONTACTS, None
    return WEEK_CONTACTS, recent[-limits.week_contacts] + WEEK


def is_holiday(day):
    """Whether a day is a public holiday in all of Italy (no Sunday by itself, no patron saint of a town).

    >>> is_holiday(date(2026, 4, 6)), is_holiday(date(2026, 4, 7)), is_holiday(date(2025, 10, 4))
    (True, False, False)
    """
    return day in _holidays(day.year)


def next_working_day(day):
    """The first day after another on which offices work.

    >>> next_working_day(date(2026, 4, 3)), next_working_day(date(2026, 6, 1))
    (datetime.date(2026, 4, 7), datetime.date(2026, 6, 3))
    """
    following = day + timedelta(1)
    while following.weekday() >= SATURDAY or is_holiday(following):
        following += timedelta(1)
    return following


def day_to_pay(due):
    """The last day on which a payment is in time.

    What falls due on a Sunday or a public holiday may be paid on the next day that is neither (art. 1187, 2963 c.c.);
    a Saturday is a day like any other.

    >>> day_to_pay(date(2026, 3, 14)), day_to_pay(date(2026, 3, 15)), day_to_pay(date(2026, 4, 5))
    (datetime.date(2026, 3, 14), datetime.date(2026, 3, 16), datetime.date(2026, 4, 7))
    """
    while due.weekday() == SUNDAY or is_holiday(due):
        due += timedelta(1)
    return due


def working_days_after(day, count):
    """The day that is so many working days after another.

    >>> working_days_after(date(2026, 4, 2), 5), working_days_after(date(2026, 4, 2), 0)
    (datetime.date(2026, 4, 10), datetime.date(2026, 4, 2))
    """
    for _each in range(count):
        day = next_working_day(day)
    return day


@lru_cache(maxsize=64)
def _holidays(year):
    fixed = FIXED_HOLIDAYS + ((SAINT_FRANCIS,) if year >= SAINT_FRANCIS_SINCE else ())
    sunday = easter(year)
    return frozenset({date(year, month, day) for month, day in fixed} | {sunday, sunday + timedelta(1)})
