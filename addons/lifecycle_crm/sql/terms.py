"""Terms of rules in SQL, as they read on a day; the facts of a customer are the columns of ``fact``."""

from datetime import date
from math import ceil, floor

from odoo.tools import SQL

from ..stages import terms

COLUMNS = {
    "orders": "order_count",
    "order_days": "order_day_count",
    "revenue": "revenue_cents",
    "returns": "return_count",
    "returns_value": "return_cents",
    "deliveries_open": "open_delivery_count",
    "satisfaction": "satisfaction",
    "leads_open": "lead_count",
    "last_order": "last_order_date",
    "first_order": "first_order_date",
    "first_lead": "first_lead_date",
    "ended": "end_date",
}
_SIGNS = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
DAYS_IN_CALENDAR = (date.max - date.min).days  # more than these is a day that never comes
SURELY_PAST = 700_000  # days: whatever lies that far back is over, and still a date for PostgreSQL
_AT, _BEYOND = 0, 1  # the first day at a bound, the first beyond it
_TURNS = {">=": (_AT,), "<": (_AT,), ">": (_BEYOND,), "<=": (_BEYOND,), "=": (_AT, _BEYOND), "!=": (_AT, _BEYOND)}


def column(field):
    """The column of a field of :class:`stages.facts.Facts`."""
    return SQL.identifier("fact", COLUMNS[field])


def value(name, day):
    """What a term reads on a day, NULL where it is unknown.

    :param str name: of :data:`stages.terms.TERMS`
    :param SQL day: a date
    """
    term = terms.TERMS[name]
    if isinstance(term, terms.YearRevenue):
        return SQL(
            """(SELECT COALESCE(SUM(cents), 0)::bigint
                  FROM unnest(fact.recent_days, fact.recent_cents) AS recent(bought, cents)
                 WHERE bought <= %(day)s AND (bought + interval '1 year')::date > %(day)s)""",
            day=day,
        )
    if not isinstance(term, terms.Since):
        return column(name if name in COLUMNS else term.field)
    since = SQL("(%s - %s)", day, column(term.field))
    if isinstance(term, terms.Silent):
        # GREATEST would make a nought of what is unknown.
        since = SQL("CASE WHEN %(since)s < 0 THEN 0 ELSE %(since)s END", since=since)
    if isinstance(term, terms.Silence):
        return SQL("%s / fact.gap_days::numeric", since)
    if isinstance(term, terms.SinceEnd):
        return SQL("CASE WHEN fact.last_order_date > fact.end_date THEN NULL ELSE %s END", since)
    return since


def compared(name, operator, bound, day):
    """Whether a term compares so with an exact number; a division would round, so both sides are multiplied.

    :param str operator: of :data:`stages.rules.COMPARE`
    :param bound: an integer or a Fraction
    """
    left, right = value(name, day), SQL("%s", bound.numerator)
    if isinstance(terms.TERMS[name], terms.Silence):
        left, right = value("silent_days", day), SQL("%s * fact.gap_days::bigint", bound.numerator)
    if bound.denominator != 1:
        left = SQL("%s * %s", left, bound.denominator)
    return SQL("%s %s %s", left, SQL(_SIGNS[operator]), right)


def turns(name, operator, bound):
    """The days on which comparing a term with a number may turn out otherwise, as dates in SQL.

    Some may lie beyond :data:`datetime.date.max`: they never come, as for :mod:`stages.terms`.
    Of those of :meth:`stages.terms.Term.flips` only where this comparison does turn; those of
    :class:`~stages.terms.YearRevenue` are :data:`YEAR_TURNS`.
    """
    term = terms.TERMS[name]
    if not isinstance(term, terms.Since) or operator not in _TURNS:
        return []
    start = column(term.field)
    if isinstance(term, terms.Silence):
        return [_silent_until(start, bound, place) for place in _TURNS[operator]]
    days = ceil(bound), floor(bound) + 1
    wanted = (max(days[place], -SURELY_PAST) for place in _TURNS[operator] if days[place] <= DAYS_IN_CALENDAR)
    return [SQL("%s + %s", start, number) for number in wanted]


def _silent_until(start, bound, place):
    """The day on which silence is so many expected gaps; one beyond the calendar where that never comes."""
    reach = SQL("%s * fact.gap_days::bigint", bound.numerator)
    if bound.denominator != 1:  # numeric costs many times what integers do, and whole multiples are usual
        reach = SQL(("CEIL(%s / %s::numeric)", "FLOOR(%s / %s::numeric)")[place], reach, bound.denominator)
    days = SQL("%s + 1", reach) if place == _BEYOND else reach
    return SQL("%s + LEAST(GREATEST(%s, %s), %s)::integer", start, days, -SURELY_PAST, DAYS_IN_CALENDAR)


YEAR_TURNS = SQL("SELECT (bought + interval '1 year')::date FROM unnest(fact.recent_days) AS recent(bought)")
