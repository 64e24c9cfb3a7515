"""Where an instalment stands, in one word and a day: what an invoice shows at a glance."""

from dataclasses import dataclass
from datetime import date, timedelta

GIVEN_UP = ("waived", "lost", "settled")  # reasons to close a case after which nothing of it is asked for again
ASIDE = ("disputed", "declared")
# The most telling first: of several instalments an invoice shows the one that comes first here.
STANDINGS = (
    *GIVEN_UP,
    *("legal", "stopped", "disputed", "declared", "promised", "delivered", "notice", "called", "reminded"),
    *("overdue", "patience", "not_due"),
)
STEPS = {"mail": "reminded", "call": "called"}
NOTICES = {"sent": "notice", "stored": "delivered", "delivered": "delivered"}


@dataclass(frozen=True, slots=True)
class Position:
    """What is known of an open instalment, or of one that was given up.

    :param date due: when it falls due
    :param action: the day before which nothing is done; None where it is in no case
    :param line_state: of its line in an open case
    :param case_state: of that case
    :param given_up: why an earlier case was closed, a value of GIVEN_UP
    :param promised: until when the customer promised to pay it
    :param notice: pair of state and day of the last formal notice that names it
    :param step: pair of kind and day of the last step that was taken on it
    """

    due: date
    action: date | None = None
    line_state: str | None = None
    case_state: str | None = None
    given_up: str | None = None
    promised: date | None = None
    notice: tuple | None = None
    step: tuple | None = None


def standing(position, today):
    """The word for an instalment, and the day that belongs to it.

    :rtype: tuple

    >>> standing(Position(date(2026, 6, 30)), date(2026, 6, 15))
    ('not_due', datetime.date(2026, 6, 30))
    >>> standing(Position(date(2026, 5, 31), date(2026, 6, 20), "active", "open"), date(2026, 6, 15))
    ('patience', datetime.date(2026, 6, 20))
    >>> late = Position(date(2026, 3, 31), date(2026, 4, 10), "active", "open", step=("mail", date(2026, 5, 4)))
    >>> standing(late, date(2026, 6, 15))
    ('reminded', datetime.date(2026, 5, 4))
    """
    if position.given_up:
        return position.given_up, None
    if position.case_state in ("legal", "stopped"):
        return position.case_state, None
    if position.line_state in ASIDE:
        return position.line_state, None
    return _in_course(position) or _by_dates(position, today)


def _in_course(position):
    """What was done about it and has not come to its end."""
    if position.promised:
        return "promised", position.promised
    if position.notice and position.notice[0] in NOTICES:
        return NOTICES[position.notice[0]], position.notice[1]
    if position.step and position.step[0] in STEPS:
        return STEPS[position.step[0]], position.step[1]
    return None


def _by_dates(position, today):
    if position.due >= today:
        return "not_due", position.due
    if position.action and position.action > today:
        return "patience", position.action
    return "overdue", position.due + timedelta(1)


def foremost(standings):
    """Of the standings of an invoice's instalments the most telling one, the earliest of its days; None without any.

    >>> foremost([("not_due", date(2026, 7, 31)), ("reminded", date(2026, 5, 4))])
    ('reminded', datetime.date(2026, 5, 4))
    """
    return min(standings, key=lambda found: (STANDINGS.index(found[0]), found[1] or date.min), default=None)
