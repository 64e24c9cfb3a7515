"""The ways out side by side: which is open, what it costs, what is missing, and whether it is worth it.

Codes, cents and rows of the table; the words are the models' matter. Where a row nobody confirmed decides, the answer
is ``confirm_first``: each such row is taken away and the way looked at again, and if the answer is another one, the row
decides. The rows that do not decide are told too.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

from .compensation import COMPANY
from .documents import missing
from .outlines import OUTLINES, Outline
from .reading import Reading

OPEN, CLOSED, CONFIRM_FIRST = "open", "closed", "confirm_first"


@dataclass(frozen=True)
class Claim:
    """What is owed and what is at hand on the day of filing; amounts in cents.

    :param int principal: what is still to be paid, ``interest`` what it has borne, ``compensation`` the flat one
    :param str audience: company, pa or consumer
    :param frozenset documents: codes of the papers at hand, see :mod:`documents`
    :param bool insolvent: whether an insolvency procedure is open
    :param date limitation: the last day to enforce the claim, if known
    :param bool is_large: whether the creditor is an enterprise of larger size, see :func:`waiver.small_limit`
    """

    principal: int
    day: date
    interest: int = 0
    compensation: int = 0
    audience: str = COMPANY
    documents: frozenset = frozenset()
    insolvent: bool = False
    limitation: date | None = None
    is_large: bool = False

    @property
    def total(self):
        """What is asked for in all, without the costs."""
        return self.principal + self.interest + self.compensation

    def value(self, law):
        """What decides on the court: with the interest borne so far, if the law says so."""
        return self.total if law.applies("claim_value_with_interest") else self.principal + self.compensation

    def fee_value(self, law):
        """What decides on the fee."""
        return self.principal + self.compensation if law.applies("court_fee_without_interest") else self.value(law)


class Estimate(NamedTuple):
    """What the user thinks of a way.

    :param probability: of getting paid by it, from 0 to 1
    :param hours: own working hours
    :param int lawyer: cents
    """

    probability: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)
    lawyer: int = 0


class Cost(NamedTuple):
    """A cost of the way by its code: court_fee, clerk_advance, own_hours or lawyer."""

    code: str
    cents: int


@dataclass(frozen=True)
class Way:
    """A way out.

    :param str status: open, closed (see ``outline.reasons``) or confirm_first (see ``confirm`` and ``lacking``)
    :param tuple missing: the :class:`documents.Need` that nothing at hand meets
    :param int net: cents to be expected: probability times what is at stake, less all costs
    :param tuple rows: all rows the answer rests on; ``unconfirmed`` those nobody confirmed
    :param tuple confirm: those of them that decide; ``lacking`` the codes without any row
    """

    code: str
    status: str
    outline: Outline
    missing: tuple
    costs: tuple
    net: int
    rows: tuple
    confirm: tuple = ()
    lacking: tuple = ()
    remarks: tuple = field(default=())

    @property
    def ready(self):
        """Whether one can go today: open, and nothing necessary is missing."""
        return self.status == OPEN and not any(need.necessary for need in self.missing)

    @property
    def unconfirmed(self):
        """The rows of law that nobody answers for yet."""
        return tuple(row for row in self.rows if not row.confirmed)

    @property
    def answer(self):
        """What must not hang on a row nobody confirmed."""
        if self.status == CLOSED:
            return (self.status, self.outline.reasons)
        court_fee = self.outline.fee and self.outline.fee.court
        # What can be expected may move by the cents of a clerk's advance, but not change its sign.
        return (self.status, self.outline._replace(fee=None), court_fee, self.missing, self.net > 0)


def ways(claim, table, estimates=None, hour_cost=0):
    """All ways for a claim, in the order of :data:`outlines.OUTLINES`.

    :param Table table: the law
    :param dict estimates: an :class:`Estimate` by the code of the way
    :param int hour_cost: cents of one own hour

    >>> from .table import Row, Table
    >>> table = Table([
    ...     Row("justice_of_peace_limit", Decimal(10000), date(2023, 3, 1), date(2026, 10, 30)),
    ...     Row("justice_of_peace_limit", Decimal(30000), date(2026, 10, 31), confirmed=False),
    ...     Row("standing_alone_limit", Decimal(1100), date(2013, 1, 1)),
    ... ])
    >>> claim = Claim(1_200_000, date(2026, 10, 31), documents=frozenset({"einvoice"}))
    >>> action = {way.code: way for way in ways(claim, table)}["ordinary_action"]
    >>> action.status, [int(row.amount) for row in action.confirm], action.outline.court
    ('confirm_first', [30000], 'justice_of_peace')
    """
    estimates = estimates or {}
    return [assess(code, claim, table, estimates.get(code, Estimate()), hour_cost) for code in OUTLINES]


def assess(code, claim, table, estimate, hour_cost=0):
    """One way, with the rows to be confirmed first."""
    way = _assess(code, claim, table, estimate, hour_cost)
    confirm = tuple(
        row
        for row in way.unconfirmed
        if _assess(code, claim, table.without(row), estimate, hour_cost).answer != way.answer
    )
    status = CONFIRM_FIRST if confirm or (way.lacking and way.status == OPEN) else way.status
    return Way(**{**vars(way), "status": status, "confirm": confirm})


def _assess(code, claim, table, estimate, hour_cost):
    """One way, by the table as it stands."""
    law = Reading(table, claim.day)
    outline = OUTLINES[code](claim, law)
    costs = _costs(outline, estimate, hour_cost)
    expected = Fraction(estimate.probability) * outline.at_stake - sum(cost.cents for cost in costs)
    limited = claim.limitation and claim.limitation < claim.day
    return Way(
        code=code,
        status=CLOSED if outline.reasons else OPEN,
        outline=outline,
        missing=missing(outline.needs, claim.documents),
        costs=costs,
        net=floor(expected + Fraction(1, 2)),
        rows=tuple(law.rows),
        lacking=tuple(law.missing),
        remarks=(*outline.remarks, *(["limitation_passed"] if limited else [])),
    )


def _costs(outline, estimate, hour_cost):
    """The costs that are not zero."""
    fee = outline.fee
    costs = (
        Cost("court_fee", fee.court if fee else 0),
        Cost("clerk_advance", fee.clerk if fee else 0),
        Cost("own_hours", floor(Fraction(estimate.hours) * hour_cost + Fraction(1, 2))),
        Cost("lawyer", estimate.lawyer),
    )
    return tuple(cost for cost in costs if cost.cents)
