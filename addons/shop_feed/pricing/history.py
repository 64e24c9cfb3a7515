"""What an item cost when, and what it cost at least before a reduction began.

Art. 17-bis Codice del consumo (D.Lgs. 26/2023, from 1 July 2023): who announces a reduction shows the lowest price he
asked of consumers in general in the thirty days before it is applied; where a reduction grows within one campaign
without a break, those before its first step. The thirty days are whole ones of the seller's calendar, which may reach
back some hours more than thirty times twenty-four, never less.
"""

from bisect import bisect_right
from datetime import datetime, time, timedelta
from typing import NamedTuple

DAYS = 30


class Event(NamedTuple):
    """A price from a moment on.

    :param datetime at: with its zone
    :param int units: cents
    :param bool is_reduced: whether it is announced as a reduction
    :param campaign: what tells one announced sale from another
    """

    at: datetime
    units: int
    is_reduced: bool = False
    campaign: object = None


class Before(NamedTuple):
    """What is known of the time before a reduction.

    :param datetime began: when its first step was applied
    :param int lowest: cents, the lowest price of the days looked at; None where no price is known
    :param int days: for how many whole days before ``began`` prices are known, thirty at most
    """

    began: datetime
    lowest: int | None
    days: int


class History:
    """The prices of one item on one list; of two at the same moment the later one in the list counts.

    >>> from datetime import timezone
    >>> def day(number): return datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(number)
    >>> history = History([Event(day(0), 1000), Event(day(40), 900), Event(day(45), 1000), Event(day(60), 800, True),
    ...                    Event(day(63), 700, True)], timezone.utc)
    >>> history.at(day(62)).units, history.before(day(65)).lowest, history.before(day(65)).began == day(60)
    (800, 900, True)
    >>> history.before(day(50)) is None
    True
    """

    def __init__(self, events, zone):
        by_moment = {event.at: event for event in events}
        self.events = [by_moment[at] for at in sorted(by_moment)]
        self._moments = [event.at for event in self.events]
        self._zone = zone

    def at(self, moment):
        """The event that holds at a moment, None before the first."""
        index = self._index(moment)
        return self.events[index] if index >= 0 else None

    def before(self, moment):
        """What came before the reduction that holds at a moment, as :class:`Before`; None where none does."""
        index = self._index(moment)
        if index < 0 or not self.events[index].is_reduced:
            return None
        first = self._first_step(index)
        began = self.events[first].at
        start = self.start_of_days(began)
        inside = self.events[max(self._index(start), 0) : first]
        if not inside:
            return Before(began, None, 0)
        known = DAYS if inside[0].at <= start else min((began - inside[0].at).days, DAYS)
        return Before(began, min(event.units for event in inside), known)

    def start_of_days(self, began):
        """Midnight at the start of the thirty days before a moment."""
        day = began.astimezone(self._zone).date() - timedelta(DAYS)
        return datetime.combine(day, time.min, self._zone)

    def _index(self, moment):
        return bisect_right(self._moments, moment) - 1

    def _first_step(self, index):
        """Where the reduction began: back over steps of one campaign, each at least as dear as the next one.

        A price that rises ends a reduction. What comes after it is another one, and has the cheaper days before it.
        """
        events = self.events
        while index and _goes_on(events[index - 1], events[index]):
            index -= 1
        return index


def _goes_on(earlier, later):
    return earlier.is_reduced and earlier.campaign == later.campaign and earlier.units >= later.units
