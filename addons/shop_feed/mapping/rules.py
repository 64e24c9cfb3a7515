"""Rules on the facts of a product: under a condition set a value, change one, add a label, or leave the product out.

>>> rules = [Rule(1, [Check("category_path", "under", "Vini")], [Action("set", "age_group", "adult")]),
...          Rule(2, [Check("quantity", "below", "1")], [Action("exclude")])]
>>> facts = {"category_path": "Vini / Rossi", "quantity": 3}
>>> apply(rules, facts, {"title": "Barolo"})
Outcome(values={'title': 'Barolo', 'age_group': 'adult'}, excluded_by=None)
>>> apply(rules, {"quantity": 0}, {}).excluded_by
2
"""

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from .sources import Mistake, checked_source, text_of

PATH = " / "


def _number(text):
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Mistake("not_a_number", value=text) from None
    if not number.is_finite():
        raise Mistake("not_a_number", value=text)
    return number


def _compared(test):
    def compare(value, operand):
        try:
            return test(Decimal(value), operand)
        except InvalidOperation:
            return False

    return compare


def _is_under(path, branch):
    return path == branch or path.startswith(branch + PATH)


# Each operator: a test of a fact as text and the operand, and how the operand is read. Words are compared without case.
OPERATORS = {
    "is": (lambda value, operand: value.casefold() == operand, str.casefold),
    "is_not": (lambda value, operand: value.casefold() != operand, str.casefold),
    "contains": (lambda value, operand: operand in value.casefold(), str.casefold),
    "starts_with": (lambda value, operand: value.casefold().startswith(operand), str.casefold),
    "under": (lambda value, operand: _is_under(value.casefold(), operand), str.casefold),
    "above": (_compared(lambda value, operand: value > operand), _number),
    "below": (_compared(lambda value, operand: value < operand), _number),
    "is_set": (lambda value, operand: bool(value), str),
    "is_not_set": (lambda value, operand: not value, str),
}
WITHOUT_OPERAND = frozenset({"is_set", "is_not_set"})


class Check:
    """A question about one fact; of several values, such as tags, one has to fit (for ``is_not``: all)."""

    def __init__(self, source, operator, operand=""):
        if operator not in OPERATORS:
            raise Mistake("operator_unknown", name=operator)
        if not operand and operator not in WITHOUT_OPERAND:
            raise Mistake("operand_missing", operator=operator)
        self.source, self._operator = checked_source(source), operator
        self._test, read = OPERATORS[operator]
        self._operand = read(operand)

    def holds(self, facts):
        """Whether any of the values of its source passes; for "is not", whether all do."""
        value = facts.get(self.source)
        texts = [text_of(each) for each in value] if isinstance(value, list) and value else [text_of(value)]
        quantified = all if self._operator == "is_not" else any
        return quantified(self._test(text, self._operand) for text in texts)


class Action(NamedTuple):
    """What a rule does: ``set``, ``prefix``, ``suffix``, ``clear`` a field, or ``exclude`` the product."""

    kind: str
    field: str = ""
    argument: str = ""

    def done(self, values):
        """The values afterwards; a prefix before nothing is nothing."""
        old = values.get(self.field)
        match self.kind:
            case "set":
                return {**values, self.field: self.argument}
            case "clear":
                return {name: value for name, value in values.items() if name != self.field}
            case "prefix" | "suffix" if isinstance(old, str) and old:
                return {**values, self.field: self.argument + old if self.kind == "prefix" else old + self.argument}
        return values


class Rule:
    """Actions where all tests hold; without a test, always.

    :param key: what the caller knows it by
    :raise Mistake: where it makes no sense
    """

    def __init__(self, key, tests, actions):
        self.key, self.tests, self.actions = key, tuple(tests), tuple(actions)
        for action in self.actions:
            if action.kind not in {"set", "prefix", "suffix", "clear", "exclude"}:
                raise Mistake("action_unknown", name=action.kind)
            if action.kind != "exclude" and not action.field:
                raise Mistake("field_missing", action=action.kind)
            if action.kind in {"set", "prefix", "suffix"} and not action.argument:
                raise Mistake("argument_missing", name=action.kind)

    @property
    def needs(self):
        """The sources that it asks about, so that those are fetched."""
        return frozenset(test.source for test in self.tests)

    def holds(self, facts):
        """Whether all its tests hold; a rule without tests always does."""
        return all(test.holds(facts) for test in self.tests)


class Outcome(NamedTuple):
    """Values after the rules, and the key of the rule that leaves the product out, if one does."""

    values: dict
    excluded_by: object


def apply(rules, facts, values):
    """All rules that hold, in their order; the first that leaves the product out ends it."""
    for rule in rules:
        if not rule.holds(facts):
            continue
        for action in rule.actions:
            if action.kind == "exclude":
                return Outcome(values, rule.key)
            values = action.done(values)
    return Outcome(values, None)
