"""Rule books in SQL: which rule decides on a day, why, and when another stage will."""

import json
from datetime import date

from odoo.tools import SQL

from ..stages.rules import ALL, KNOWN, UNKNOWN
from ..stages.terms import TERMS, TIMES, YearRevenue
from . import terms


class Compiled:
    """A rule book that may be asked in SQL about rows named ``fact``.

    :param RuleBook book: sound, see :func:`stages.check.problems`
    """

    def __init__(self, book):
        self.book = book
        self.uses_year = any(
            isinstance(TERMS[condition.term], YearRevenue) for rule in book.rules for condition in rule.conditions
        )

    def rule(self, day):
        """The place of the rule that decides on a day."""
        whens = [SQL("WHEN %s THEN %s", self._holds(rule, day), place) for place, rule in enumerate(self.book.rules)]
        return SQL("CASE %s END", SQL(" ").join(whens))

    def stage(self, day):
        """The place among the book's stages of the one that holds on a day."""
        places = zip(self.book.rules, self.stage_places(), strict=True)
        whens = [SQL("WHEN %s THEN %s", self._holds(rule, day), place) for rule, place in places]
        return SQL("CASE %s END", SQL(" ").join(whens))

    def stage_places(self):
        """By rule, the place of its stage among the book's."""
        places = {stage.code: place for place, stage in enumerate(self.book.stages)}
        return [places[rule.stage] for rule in self.book.rules]

    def findings(self, place, day):
        """The conditions of the rule at a place that held, with what was found, as JSON.

        The same as ``conditions`` of :meth:`stages.decide.Decision.reason`.
        """
        whens = [SQL("WHEN %s THEN %s", number, self._found(rule, day)) for number, rule in enumerate(self.book.rules)]
        return SQL("CASE %s %s END", place, SQL(" ").join(whens))

    def next_change(self, day, stage):
        """The first later day on which the stage is another one if nothing happens; NULL: never."""
        turns = [
            turn
            for rule in self.book.rules
            for condition in rule.conditions
            for turn in terms.turns(condition.term, condition.operator, condition.bound)
        ]
        distinct = {turn.code + repr(turn.params): turn for turn in turns}
        sources = [SQL("SELECT unnest(ARRAY[%s]::date[]) AS day", SQL(", ").join(distinct.values()))]
        if self.uses_year:
            sources.append(terms.YEAR_TURNS)
        return SQL(
            """
            (SELECT turn.day FROM (SELECT day FROM (%(days)s) every
                                    WHERE day > %(day)s AND day <= %(last)s ORDER BY day) turn
              WHERE %(later)s <> %(stage)s LIMIT 1)
            """,
            days=SQL(" UNION ").join(sources),
            day=day,
            last=date.max,
            later=self.stage(SQL("turn.day")),
            stage=stage,
        )

    # === CONDITIONS === #

    def _holds(self, rule, day):
        if not rule.conditions:
            return SQL("TRUE")
        joint = SQL(" AND ") if rule.match == ALL else SQL(" OR ")
        return SQL("(%s)", joint.join(self._condition(condition, day) for condition in rule.conditions))

    def _condition(self, condition, day):
        """A condition about something unknown does not hold: NULL counts as false within CASE, AND and OR."""
        if condition.operator in (KNOWN, UNKNOWN):
            word = SQL("IS NOT NULL") if condition.operator == KNOWN else SQL("IS NULL")
            return SQL("%s %s", terms.value(condition.term, day), word)
        return terms.compared(condition.term, condition.operator, condition.bound, day)

    def _found(self, rule, day):
        if not rule.conditions:
            return SQL("'[]'::jsonb")
        rows = [self._finding(condition, day) for condition in rule.conditions]
        if rule.match == ALL:
            return SQL("jsonb_build_array(%s)", SQL(", ").join(rows))
        found = [
            SQL("CASE WHEN %s THEN jsonb_build_array(%s) ELSE '[]'::jsonb END", self._condition(condition, day), row)
            for condition, row in zip(rule.conditions, rows, strict=True)
        ]
        return SQL("(%s)", SQL(" || ").join(found))

    def _finding(self, condition, day):
        bound = condition.bound
        shown = bound if bound is None or isinstance(bound, int) else round(float(bound), 2)
        said = json.dumps({"term": condition.term, "operator": condition.operator, "value": shown})
        actual = terms.value(condition.term, day)
        if TERMS[condition.term].kind == TIMES:
            actual = SQL("ROUND(%s, 2)", actual)
        return SQL("(%s::jsonb || jsonb_build_object('actual', %s))", said, actual)
