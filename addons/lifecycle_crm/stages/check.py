"""What is wrong with a rule book, found before it is used: all of it at once, each with the rule it is about.

Whether a rule can ever decide is worked out exactly as long as that stays small. A rule that is called unreachable is
so for certain; one that hides behind two terms which depend on each other (days of silence, and times) may be missed.
"""

from collections import Counter
from dataclasses import dataclass

from .regions import boxes_of, without
from .rules import COMPARE, KNOWN, MATCHES, PHASES, UNKNOWN
from .terms import TERMS

PROBLEMS = (
    "no_catch_all",
    "after_catch_all",
    "duplicate_code",
    "duplicate_stage",
    "unknown_stage",
    "unknown_phase",
    "unknown_match",
    "unknown_fact",
    "unknown_operator",
    "wrong_type",
    "contradiction",
    "unreachable",
)
MOST_BOXES = 5000  # beyond it nothing is said rather than the user kept waiting


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong.

    :param str code: one of :data:`PROBLEMS`
    :param rule: the code of the rule it is about; None where it is about the book or a stage
    :param detail: the term, operator, stage or code that is meant
    """

    code: str
    rule: str | None = None
    detail: str | None = None


def problems(book):
    """All that is wrong with a rule book; nothing if it may be used.

    :return: a tuple of :class:`Problem`

    >>> from .rules import Condition, Rule, RuleBook, Stage
    >>> stages = (Stage("new", "start"), Stage("regular", "growth"))
    >>> one = Rule("one", "new", (Condition("orders", ">", 1), Condition("orders", "<", 2)))
    >>> for problem in problems(RuleBook(stages, (one, Rule("rest", "regular"), Rule("more", "new")))):
    ...     problem.code, problem.rule
    ('contradiction', 'one')
    ('after_catch_all', 'more')
    """
    words = (*_words_of_book(book), *(found for rule in book.rules for found in _words(book, rule)))
    readable = not any(found.code in ("unknown_fact", "unknown_operator", "wrong_type") for found in words)
    return (*words, *(_reach(book) if readable else ()))


def _words_of_book(book):
    if not book.rules or (book.rules[-1].conditions and all(rule.conditions for rule in book.rules)):
        yield Problem("no_catch_all")
    for code in _twice(rule.code for rule in book.rules):
        yield Problem("duplicate_code", rule=code, detail=code)
    for code in _twice(stage.code for stage in book.stages):
        yield Problem("duplicate_stage", detail=code)
    for stage in book.stages:
        if stage.phase not in PHASES:
            yield Problem("unknown_phase", detail=stage.code)


def _twice(codes):
    return [code for code, count in Counter(codes).items() if count > 1]


def _words(book, rule):
    """What is wrong with a rule by itself, read word by word."""
    if rule.stage not in {stage.code for stage in book.stages}:
        yield Problem("unknown_stage", rule.code, rule.stage)
    if rule.match not in MATCHES:
        yield Problem("unknown_match", rule.code, rule.match)
    for condition in rule.conditions:
        if condition.term not in TERMS:
            yield Problem("unknown_fact", rule.code, condition.term)
        elif condition.operator not in (*COMPARE, KNOWN, UNKNOWN):
            yield Problem("unknown_operator", rule.code, condition.operator)
        elif not condition.is_sound:
            yield Problem("wrong_type", rule.code, condition.term)


def _reach(book):
    """Rules that can never decide, whoever comes."""
    earlier, closed = [], False
    for rule in book.rules:
        boxes = boxes_of(rule)
        if closed:
            yield Problem("after_catch_all", rule.code)
        elif not boxes:
            yield Problem("contradiction", rule.code, _contradicted(rule))
        elif not _left(boxes, earlier):
            yield Problem("unreachable", rule.code)
        earlier += boxes
        closed = closed or not rule.conditions


def _contradicted(rule):
    """The term on which the conditions contradict each other, the first if there are several."""
    for end in range(1, len(rule.conditions) + 1):
        if not boxes_of(type(rule)(rule.code, rule.stage, rule.conditions[:end], rule.match)):
            return rule.conditions[end - 1].term
    return None


def _left(boxes, earlier):
    """What no earlier box takes away; the boxes themselves where finding out would take too long."""
    left = boxes
    for other in earlier:
        left = [part for box in left for part in without(box, other)]
        if len(left) > MOST_BOXES:
            return boxes
    return left
