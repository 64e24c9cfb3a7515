"""The steps of a play as data, and the day on which each is due.

Steps follow each other as on a ladder: the next one waits until the one before is done, so that what was put off never
bunches up. After the last step a play may go on in a slow cadence for as long as its reason holds: never give up.
"""

from dataclasses import dataclass
from datetime import date, timedelta

ENTERED, STAYED, DELIVERED, SILENT, ANSWERED, EVENT = TRIGGERS = (
    "entered",
    "stayed",
    "delivered",
    "silent",
    "answered",
    "event",
)
ORDERED, LEFT, REPLIED, OBJECTED, COMPLAINED, ENDED = STOPS = (
    "ordered",
    "left_stage",
    "replied",
    "objected",
    "complained",
    "ended",
)
DONE, SKIPPED, FAILED = OUTCOMES = ("done", "skipped", "failed")
AGAIN = "cadence"  # the step code of what comes after the ladder


@dataclass(frozen=True, slots=True)
class Step:
    """A step.

    :param str code: unique within the play
    :param str trigger: one of :data:`TRIGGERS`: the customer entered the stage, stayed in it, got everything he
        ordered, passed the day on which he was expected, answered, or something outside happened
    :param int days: from the trigger, or from the step before where that is later
    :param str action: what is done: mail, sms, call, voucher, activity; a code of the models
    """

    code: str
    trigger: str
    days: int
    action: str

    def __post_init__(self):
        if self.trigger not in TRIGGERS or self.days < 0:
            raise ValueError(f"step {self.code}: an unknown trigger, or days below zero")


@dataclass(frozen=True, slots=True)
class Play:
    """A play.

    :param stage: the stage that it is for; None: whatever stage the customer is in
    :param tuple steps: of the ladder, in their order
    :param frozenset stops: which of :data:`STOPS` end it for a customer
    :param cadence: days from one touch to the next after the ladder, and ``cadence_action`` what is done; None: over
    """

    code: str
    stage: str | None
    steps: tuple
    stops: frozenset = frozenset({ORDERED, LEFT, OBJECTED, ENDED})
    cadence: int | None = None
    cadence_action: str | None = None

    def __post_init__(self):
        codes = [step.code for step in self.steps]
        if not codes or len(set(codes)) < len(codes) or AGAIN in codes:
            raise ValueError(f"play {self.code}: it needs steps, each with a code of its own")
        if self.stops - set(STOPS):
            raise ValueError(f"play {self.code}: an unknown stop")
        if (self.cadence is None) != (self.cadence_action is None) or (self.cadence is not None and self.cadence < 1):
            raise ValueError(f"play {self.code}: a cadence is one day or more, and something is done in it")


@dataclass(frozen=True, slots=True)
class Touch:
    """What came of a step: its code, the day on which it was settled, and one of :data:`OUTCOMES`."""

    step: str
    day: date
    outcome: str = DONE


@dataclass(frozen=True, slots=True)
class Entry:
    """A customer's way through a play, from one entry on; a later entry is another.

    :param dict triggers: the day of each trigger that has happened, or is foreseen (SILENT), by its code
    :param tuple touches: what came of the steps so far, in their order
    :param dict stopped: the first day of each of :data:`STOPS` that has happened since the entry
    """

    triggers: dict
    touches: tuple = ()
    stopped: dict | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The next thing to do: the step's code (:data:`AGAIN` for the cadence, ``turn`` counts), its action and day."""

    step: str
    action: str
    day: date
    turn: int = 0


def stop_of(play, entry):
    """Why and since when the play is over for a customer, the earliest reason; None while it goes on.

    >>> from .presets import WIN_BACK
    >>> stop_of(WIN_BACK, Entry({ENTERED: date(2026, 1, 1)}, stopped={REPLIED: date(2026, 1, 5)}))
    >>> stop_of(WIN_BACK, Entry({ENTERED: date(2026, 1, 1)}, stopped={ORDERED: date(2026, 1, 9)}))
    ('ordered', datetime.date(2026, 1, 9))
    """
    stops = [(day, STOPS.index(stop), stop) for stop, day in (entry.stopped or {}).items() if stop in play.stops]
    if not stops:
        return None
    day, _place, stop = min(stops)
    return stop, day


def next_due(play, entry):
    """What is to be done next and on which day, be it past or to come.

    :return: a :class:`Due`; None where the play is over, or waits for a trigger that has not happened

    >>> from .presets import WIN_BACK
    >>> entry = Entry({ENTERED: date(2026, 1, 1)})
    >>> next_due(WIN_BACK, entry)
    Due(step='mail', action='mail', day=datetime.date(2026, 1, 1), turn=0)
    >>> late = Entry(entry.triggers, (Touch("mail", date(2026, 1, 20)),))
    >>> next_due(WIN_BACK, late).day
    datetime.date(2026, 1, 30)
    >>> touches = (*late.touches, Touch("call", date(2026, 1, 30)), Touch("voucher", date(2026, 2, 14)))
    >>> next_due(WIN_BACK, Entry(entry.triggers, touches))
    Due(step='cadence', action='mail', day=datetime.date(2026, 8, 13), turn=1)
    """
    if stop_of(play, entry):
        return None
    settled = {touch.step for touch in entry.touches}
    last = max((touch.day for touch in entry.touches), default=None)
    for step in play.steps:
        if step.code not in settled:
            start = entry.triggers.get(step.trigger)
            if start is None:
                return None
            return Due(step.code, step.action, max(start, last or start) + timedelta(step.days))
    if play.cadence is None:
        return None
    turn = sum(touch.step == AGAIN for touch in entry.touches) + 1
    return Due(AGAIN, play.cadence_action, last + timedelta(play.cadence), turn)
