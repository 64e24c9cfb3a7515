"""Which prices a feed may announce: the price alone, or a sale price beside the one it is lower than."""

from datetime import datetime
from typing import NamedTuple

from .history import DAYS

NONE, TRUE, CAPPED, NEW, PERISHABLE = "none", "true", "capped", "new", "perishable"
NOT_LOWER, UNKNOWN = "not_lower", "unknown"


class Offer(NamedTuple):
    """The prices to announce, in cents, and why these.

    :param int price: what a channel calls the price
    :param int sale_price: None where no reduction may be announced
    :param int lowest: the lowest price of the days before, where there is a reduction and any is known
    :param str reason: ``none`` (there is no reduction), ``true``, ``capped`` (the price before was a lower one than
        the list says), ``new`` (on the market for less than thirty days: ``days`` of them must be named beside the
        price), ``perishable`` (exempt), ``not_lower`` (cost as little before), ``unknown`` (no price of the days
        before is known)
    :param int days: for how many days before the reduction prices are known
    :param datetime began: when the reduction was first applied
    """

    price: int
    sale_price: int | None = None
    lowest: int | None = None
    reason: str = NONE
    days: int = 0
    began: datetime | None = None


def announce(history, now, full_price, *, on_market_since=None, is_perishable=False):
    """The prices of an item that may be announced.

    :param History history: what it cost, up to now
    :param datetime now: with its zone
    :param int full_price: cents that the shop would strike out
    :param datetime on_market_since: when it was first offered, if that is known
    :param bool is_perishable: agricultural and food products that perish are exempt
    :rtype: Offer
    :raise ValueError: where the history does not reach back to any price by ``now``

    >>> from datetime import timedelta, timezone
    >>> from .history import Event, History
    >>> start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    >>> history = History([Event(start, 950), Event(start + timedelta(20), 1000),
    ...                    Event(start + timedelta(40), 800, True)], timezone.utc)
    >>> announce(history, start + timedelta(41), 1200)[:4]
    (950, 800, 950, 'capped')
    >>> announce(history, start + timedelta(30), 1200)[:4]
    (1000, None, None, 'none')
    """
    event = history.at(now)
    if event is None:
        raise ValueError("No price is known by then.")
    before = history.before(now)
    if before is None:
        return Offer(event.units)
    about = {"lowest": before.lowest, "days": before.days, "began": before.began}
    if is_perishable:
        if full_price > event.units:
            return Offer(full_price, event.units, reason=PERISHABLE, **about)
        return Offer(event.units, reason=NOT_LOWER, **about)
    if before.lowest is None or not (before.days >= DAYS or _is_new(history, before, on_market_since)):
        return Offer(event.units, reason=UNKNOWN, **about)
    reference = min(before.lowest, full_price)
    if reference <= event.units:
        return Offer(event.units, reason=NOT_LOWER, **about)
    reason = NEW if before.days < DAYS else CAPPED if reference < full_price else TRUE
    return Offer(reference, event.units, reason=reason, **about)


def _is_new(history, before, on_market_since):
    """Whether prices are missing only because the item was not sold yet, rather than because nobody wrote them down."""
    if not on_market_since or on_market_since <= history.start_of_days(before.began):
        return False
    return history.events[0].at <= on_market_since
