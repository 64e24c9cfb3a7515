"""On which ground a credit note gives the VAT of an unpaid invoice back, until when, and which losses are small."""

from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from .reading import Reading
from .table import DAY

INSOLVENCY, HOMOLOGATED, FRUITLESS, AGREEMENT = BASES = (
    "insolvency",
    "homologated_agreement",
    "fruitless_enforcement",
    "agreement_within_year",
)


class Answer(NamedTuple):
    """Whether a ground holds.

    :param str problem: ``future``, ``unknown`` (the table has no such rule on that day) or ``late``; None: it holds
    :param date last: the last day for the credit note; None where it is not known
    :param tuple rows: the rows of law that it rests on
    """

    problem: str | None
    last: date | None
    rows: tuple

    @property
    def unconfirmed(self):
        """The rows of law that nobody answers for yet."""
        return tuple(row for row in self.rows if not row.confirmed)


def vat_ground(table, basis, since, supplies, day):
    """Whether a credit note of a day may give the VAT back (art. 26 D.P.R. 633/72).

    A ground of the law counts from the day it came up, until the VAT return of that year is due; an agreement between
    the parties only for so long after the supply. The row with the term of the return is asked only where it decides.

    :param str basis: one of :data:`BASES`
    :param date since: the opening of the procedure, the homologation, the fruitless enforcement, or the agreement
    :param supplies: the dates of the supplies, not none
    :rtype: Answer
    """
    if since > day:
        return Answer("future", None, ())
    if basis == AGREEMENT:
        return _agreement(table, min(supplies), day)
    law = Reading(table, since)
    if not law.applies("vat_note_non_payment"):
        return Answer("unknown", None, tuple(law.rows))
    last = date(since.year, 12, 31)
    if day > last:
        months = law.amount("vat_note_return_months")
        if months is None:
            return Answer("unknown", None, tuple(law.rows))
        last = date(since.year + 1, 1, 1) + relativedelta(months=int(months)) - DAY
    return Answer("late" if day > last else None, last, tuple(law.rows))


def _agreement(table, supply, day):
    law = Reading(table, supply)
    years = law.amount("vat_note_agreement_years")
    if years is None:
        return Answer("unknown", None, ())
    last = supply + relativedelta(years=int(years))
    return Answer("late" if day > last else None, last, tuple(law.rows))


class SmallCredit(NamedTuple):
    """Whether a credit is small by art. 101 c.5 TUIR, and the rows it rests on; ``is_small`` None: not known."""

    is_small: bool | None
    rows: tuple


def small_limit(law, *, is_large=False):
    """Up to how much a credit is small, in EUR; None where the law of the day is not known.

    :param bool is_large: whether the creditor is an enterprise of larger size (art. 27 c.10 D.L. 185/2008)
    """
    return law.amount("small_credit_limit_large" if is_large else "small_credit_limit")


def small_credit(table, amount, due, day, *, is_large=False):
    """Whether a credit may be booked as a loss without further proof: small, and long past due.

    :param Decimal amount: of the whole credit, in EUR
    :param date due: its due date
    :param bool is_large: whether the creditor is, see :func:`small_limit`
    :rtype: SmallCredit
    """
    law = Reading(table, day)
    limit, months = small_limit(law, is_large=is_large), law.amount("small_credit_months")
    if limit is None or months is None:
        return SmallCredit(None, tuple(law.rows))
    return SmallCredit(amount <= limit and due + relativedelta(months=int(months)) <= day, tuple(law.rows))
