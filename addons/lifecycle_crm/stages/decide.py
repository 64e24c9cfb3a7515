"""One customer, one day: the stage, why, and the day on which silence alone will move him."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .gap import Gap, expected_gap
from .rules import ALL
from .terms import TERMS


class Reading:
    """What the terms read for a customer on a day; each is worked out once, and only if a rule asks for it."""

    __slots__ = ("_found", "day", "facts", "gap")

    def __init__(self, facts, day, gap):
        self.facts, self.day, self.gap = facts, day, gap
        self._found = {}

    def __getitem__(self, term):
        if term not in self._found:
            self._found[term] = TERMS[term].value(self.facts, self.day, self.gap)
        return self._found[term]


@dataclass(frozen=True, slots=True)
class Finding:
    """A condition of the rule that decided, with what was found.

    :param actual: what the term read; a Fraction for times, None if unknown
    """

    term: str
    operator: str
    value: int | Fraction | None
    actual: int | Fraction | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a customer stands.

    :param str stage: the code of the stage, and ``rule`` of the rule that decided
    :param tuple findings: its conditions that held, as :class:`Finding`; empty for the rule that holds for everybody
    :param Gap gap: his expected gap with the numbers it was made from
    :param next_order: when the next order is expected; None without orders
    :param next_change: the first later day on which he is in another stage if nothing happens; None: never
    """

    stage: str
    rule: str
    findings: tuple
    gap: Gap
    next_order: date | None
    next_change: date | None

    def reason(self):
        """The reason as plain data, to be stored and put into words; numbers that are not whole are rounded to cents.

        :return: a dict of ``rule``, ``gap`` and ``conditions``
        """
        gap = self.gap
        return {
            "rule": self.rule,
            "gap": {
                "days": gap.days,
                "own_days": gap.own_days,
                "own_count": gap.own_count,
                "prior": _plain(gap.prior),
                "weight": gap.weight,
                "bound": gap.bound,
            },
            "conditions": [
                {
                    "term": each.term,
                    "operator": each.operator,
                    "value": _plain(each.value),
                    "actual": _plain(each.actual),
                }
                for each in self.findings
            ],
        }


def decide(book, facts, day, prior=None):
    """The stage of a customer on a day.

    :param RuleBook book: sound, see :func:`check.problems`
    :param Facts facts: as known on that day
    :param Prior prior: the company's mean gap
    :rtype: Decision

    >>> from .facts import facts_of
    >>> from .presets import SHOP
    >>> facts = facts_of([(date(2026, 1, 10), 5000), (date(2026, 2, 10), 7000)], date(2026, 2, 10))
    >>> decision = decide(SHOP, facts, date(2026, 3, 1))
    >>> decision.stage, decision.gap.days, decision.next_order.isoformat(), decision.next_change.isoformat()
    ('occasional', 55, '2026-04-06', '2026-05-31')
    >>> later = decide(SHOP, facts, decision.next_change)
    >>> later.stage, later.reason()["conditions"][-1]
    ('at_risk', {'term': 'silence', 'operator': '>=', 'value': 2, 'actual': 2.0})
    """
    gap = expected_gap(facts, book.gap, prior)
    reading = Reading(facts, day, gap)
    rule = _rule(book, reading)
    return Decision(
        stage=rule.stage,
        rule=rule.code,
        findings=_findings(rule, reading),
        gap=gap,
        next_order=gap.next_order(facts),
        next_change=_next_change(book, reading, rule.stage),
    )


def stage_on(book, facts, day, prior=None):
    """The stage alone, at less than half of the cost."""
    return _rule(book, Reading(facts, day, expected_gap(facts, book.gap, prior))).stage


def _rule(book, reading):
    for rule in book.rules:
        if rule.holds(reading):
            return rule
    raise ValueError("No rule holds: the last one must hold for everybody.")


def _findings(rule, reading):
    found = [(condition, reading[condition.term]) for condition in rule.conditions]
    return tuple(
        Finding(condition.term, condition.operator, condition.bound, actual)
        for condition, actual in found
        if rule.match == ALL or condition.holds(actual)
    )


def _next_change(book, reading, stage):
    """Between two days on which a condition may turn, nothing can: so only these are looked at, in their order."""
    facts, gap = reading.facts, reading.gap
    turns = {
        day
        for rule in book.rules
        for condition in rule.conditions
        for day in TERMS[condition.term].flips(facts, gap, condition.bound or 0)
        if day > reading.day
    }
    return next((day for day in sorted(turns) if _rule(book, Reading(facts, day, gap)).stage != stage), None)


def _plain(number):
    return number if isinstance(number, int | None) else round(float(number), 2)
