"""The stages that a customer would have been in, from his purchases: what the app would have seen, had it been there.

So a company that installs it with years of orders has its history on the first day, and each customer his real
"since when". The rules and the company's mean gap are today's; leads and answers of then are not known any more.
"""

from typing import NamedTuple

from .decide import Decision, decide
from .facts import EARLIEST, facts_of

ORDER, RETURN, SILENCE, MANUAL = ("order", "return", "silence", "manual")


class Step(NamedTuple):
    """A customer enters a stage on a day, by a cause of :data:`history.CAUSES`."""

    day: object
    cause: str
    decision: Decision


def reconstruct(book, purchases, today, prior=None, ended=None):
    """The changes of stage from the first purchase up to a day.

    :param purchases: pairs of day and cents without tax, in any order
    :param ended: the day on which the relation ended in words
    :return: a list of :class:`Step`, the oldest first; empty for who never bought

    >>> from datetime import date
    >>> from .presets import SHOP
    >>> steps = reconstruct(SHOP, [(date(2026, 1, 10), 5000), (date(2026, 9, 1), 5000)], date(2026, 9, 30))
    >>> [(step.day.isoformat(), step.decision.stage, step.cause) for step in steps]  # doctest: +NORMALIZE_WHITESPACE
    [('2026-01-10', 'new', 'order'), ('2026-03-11', 'at_risk', 'silence'), ('2026-05-10', 'lost', 'silence'),
     ('2026-09-01', 'occasional', 'order')]
    """
    known = sorted(pair for pair in purchases if EARLIEST <= pair[0] <= today)
    events = sorted({day for day, _cents in known} | ({ended} if ended and ended <= today else set()))
    steps, day = [], events[0] if events else None
    while day is not None and day <= today:
        past = [pair for pair in known if pair[0] <= day]
        facts = facts_of(past, day, ended=ended if ended and ended <= day else None)
        decision = decide(book, facts, day, prior)
        if not steps or steps[-1].decision.stage != decision.stage:
            steps.append(Step(day, _cause(day, known, ended), decision))
        following = [event for event in events if event > day] + (
            [decision.next_change] if decision.next_change else []
        )
        day = min(following, default=None)
    return steps


def _cause(day, purchases, ended):
    cents = [cents for bought, cents in purchases if bought == day]
    if any(each > 0 for each in cents):
        return ORDER
    if day == ended:
        return MANUAL
    return RETURN if cents else SILENCE
