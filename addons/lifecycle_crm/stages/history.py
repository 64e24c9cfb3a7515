"""The stages that a customer was in, from transitions that are only ever added: any day can be asked for again."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

CAUSES = ("order", "silence", "cancellation", "return", "rule_change", "manual", "merge", "first")


@dataclass(frozen=True, slots=True)
class Transition:
    """A customer enters a stage.

    :param datetime moment: when; of two at the same moment the one added later counts
    :param str cause: one of :data:`CAUSES`
    """

    moment: datetime
    stage: str
    cause: str


class History:
    """The transitions of one customer, in the order in which they were added.

    :raise ValueError: where one is earlier than the one before, stays in its stage, or has no known cause

    >>> history = History([Transition(datetime(2026, 1, 1, 9), "new", "order")])
    >>> history = history.with_stage(datetime(2026, 3, 1), "at_risk", "silence")
    >>> history.stage_at(datetime(2026, 2, 1)), history.stage_at(datetime(2025, 12, 31)), len(history.transitions)
    ('new', None, 2)
    """

    def __init__(self, transitions=()):
        self.transitions = tuple(transitions)
        for transition in self.transitions:
            if transition.cause not in CAUSES:
                raise ValueError(f"{transition.cause} is no cause of a transition")
        for before, after in zip(self.transitions, self.transitions[1:], strict=False):
            if after.moment < before.moment or after.stage == before.stage:
                raise ValueError("a transition goes back in time, or nowhere")
        self._moments = [transition.moment for transition in self.transitions]

    def stage_at(self, moment):
        """The stage at a moment, that of the moment itself included; None before the first."""
        place = bisect_right(self._moments, moment)
        return self.transitions[place - 1].stage if place else None

    def with_stage(self, moment, stage, cause):
        """The history with one more transition; itself where the customer is in that stage already."""
        if self.transitions and self.transitions[-1].stage == stage:
            return self
        return History((*self.transitions, Transition(moment, stage, cause)))

    def stays(self, until):
        """Triples of a stage, the moment it was entered and the moment it was left, as known at ``until``."""
        ends = [*self._moments[1:], until]
        return [
            (each.stage, each.moment, min(end, until))
            for each, end in zip(self.transitions, ends, strict=False)
            if each.moment <= until
        ]


def flow(histories, start, end):
    """How many passed from one stage into another after ``start`` and up to ``end``, by pairs; None: before the first.

    >>> one = History([Transition(datetime(2026, 1, 1), "new", "order")])
    >>> one = one.with_stage(datetime(2026, 2, 1), "lost", "silence")
    >>> flow([one], datetime(2026, 1, 15), datetime(2026, 2, 1))
    Counter({('new', 'lost'): 1})
    """
    pairs = Counter()
    for history in histories:
        stages = [None, *(each.stage for each in history.transitions)]
        for before, after in zip(stages, history.transitions, strict=False):
            if start < after.moment <= end:
                pairs[before, after.stage] += 1
    return pairs
