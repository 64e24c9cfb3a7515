"""Rules as data: ordered, the first that holds decides, and the last holds for everybody.

A condition about something unknown does not hold, whatever it compares; whether it is known can be asked for itself.
"""

import operator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from .gap import GapSettings
from .terms import DAYS, TERMS, TIMES, WHOLE

ALL, ANY = MATCHES = ("all", "any")
KNOWN, UNKNOWN = ("known", "unknown")
COMPARE = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
FURTHEST = 36500  # days, and times: beyond it lies no calendar
ACQUISITION, START, GROWTH, SEPARATION = PHASES = ("acquisition", "start", "growth", "separation")


@dataclass(frozen=True, slots=True)
class Condition:
    """A term of :data:`terms.TERMS` compared with a number.

    :param str operator: a key of :data:`COMPARE`, or KNOWN or UNKNOWN, which take no value
    :param value: a whole number for counts, days and cents; any exact number for times and scores
    """

    term: str
    operator: str
    value: int | Decimal | Fraction | float | None = None

    @property
    def bound(self):
        """The value as an exact number: 1.1 is eleven tenths.

        >>> Condition("silence", ">=", 1.1).bound
        Fraction(11, 10)
        """
        return self.value if isinstance(self.value, int | None) else Fraction(str(self.value))

    def holds(self, actual):
        """Whether it holds for what the term reads, None being unknown."""
        if self.operator in (KNOWN, UNKNOWN):
            return (actual is None) == (self.operator == UNKNOWN)
        return actual is not None and COMPARE[self.operator](actual, self.bound)

    @property
    def is_sound(self):
        """Whether the value is of the kind that the term is counted in."""
        if self.operator in (KNOWN, UNKNOWN):
            return self.value is None
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal | Fraction | float):
            return False
        kind, is_whole = TERMS[self.term].kind, isinstance(self.value, int)
        if not is_whole and (kind in WHOLE or not isfinite(self.value)):
            return False
        return kind not in (DAYS, TIMES) or abs(self.value) <= FURTHEST


@dataclass(frozen=True, slots=True)
class Rule:
    """Who fulfils the conditions is in the stage.

    :param str code: of the rule; it is what a reason names
    :param str match: whether ALL conditions must hold or ANY of them; without conditions it holds for everybody
    """

    code: str
    stage: str
    conditions: tuple = ()
    match: str = ALL

    def holds(self, reading):
        """Whether it holds for a :class:`decide.Reading`."""
        if not self.conditions:
            return True
        every = all if self.match == ALL else any
        return every(condition.holds(reading[condition.term]) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage, in one of the four :data:`PHASES`."""

    code: str
    phase: str


@dataclass(frozen=True)
class RuleBook:
    """A version of a company's rules.

    :param tuple stages: in the order of a customer's life
    :param tuple rules: in the order in which they are asked
    :param GapSettings gap: how the expected gap is made
    """

    stages: tuple
    rules: tuple
    gap: GapSettings = field(default_factory=GapSettings)
