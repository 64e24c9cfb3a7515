"""Each way out by the law alone: whether it is open, before which court, on what terms and on which papers.

A way is a function of a :class:`routes.Claim` and a :class:`reading.Reading`; it gives an :class:`Outline` of codes.
"""

from typing import NamedTuple

from . import documents as papers
from .compensation import PA
from .court import JUSTICE_OF_PEACE, Fee, competent_court, filing_fee, may_stand_alone, needs_negotiation
from .reading import euros
from .waiver import small_limit

INSIST, PLAN, INJUNCTION, ACTION, NEGOTIATION, CERTIFICATION, WAIVER = (
    "insist",
    "plan",
    "injunction",
    "ordinary_action",
    "assisted_negotiation",
    "pcc_certification",
    "waiver",
)


class Deadline(NamedTuple):
    """A term the law sets on the way: a code of the table, and how many of its unit (None: not known)."""

    code: str
    length: int | None


class Outline(NamedTuple):
    """A way by the law alone.

    :param tuple reasons: codes of why it is closed; empty where it is open
    :param tuple remarks: codes of what to know about it
    :param str court: justice_of_peace, tribunal, or None
    :param bool alone: whether no lawyer is needed; None where that is not known
    :param Fee fee: what filing costs; None where nothing is filed or the fee is not known
    :param int at_stake: cents it can bring in
    """

    at_stake: int
    reasons: tuple = ()
    remarks: tuple = ()
    court: str | None = None
    alone: bool | None = True
    fee: Fee | None = None
    deadlines: tuple = ()
    needs: tuple = ()


def _insist(claim, law):
    law.find("contact_limits")
    return Outline(claim.total, needs=(papers.NEEDS_INVOICE,))


def _plan(claim, law):
    law.find("interruption_by_notice")
    return Outline(claim.total, remarks=("acknowledgement_restarts_limitation",), needs=(papers.NEEDS_PLAN,))


def _injunction(claim, law):
    outline = _lawsuit(claim, law, injunction=True)
    barred = law.amount("injunction_any_amount") == 0
    needs = (papers.written_proof(law), papers.NEEDS_DELIVERY, papers.notice_for(claim), papers.NEEDS_SIGNATURE)
    return outline._replace(
        reasons=(*outline.reasons, *(["not_at_any_amount"] if barred else [])),
        remarks=_enforcement(claim, law),
        deadlines=(*_deadlines(law, "service_days", "opposition_days"), *outline.deadlines),
        needs=needs,
    )


def _action(claim, law):
    outline = _lawsuit(claim, law, injunction=False)
    remarks = ("by_petition",) if outline.court == JUSTICE_OF_PEACE and law.applies("ordinary_by_petition") else ()
    needs = (papers.NEEDS_AGREEMENT, papers.NEEDS_INVOICE, papers.NEEDS_DELIVERY, papers.notice_for(claim))
    if needs_negotiation(law, claim.value(law), claim.audience, outline.alone):
        needs, remarks = (papers.NEEDS_NEGOTIATION, *needs), (*remarks, "negotiation_first")
    return outline._replace(remarks=remarks, needs=needs)


def _negotiation(claim, law):
    value = claim.value(law)
    alone = may_stand_alone(law, value, competent_court(law, value))
    condition = needs_negotiation(law, value, claim.audience, alone)
    return Outline(
        claim.total,
        reasons=_insolvency(claim),
        remarks=("condition_of_action" if condition else "voluntary",),
        alone=False,
        needs=(papers.NEEDS_INVOICE,),
    )


def _certification(claim, law):
    if claim.audience != PA:
        return Outline(0, reasons=("not_a_pa",))
    without_interest = law.applies("pcc_excludes_interest")
    return Outline(
        claim.total - (claim.interest if without_interest else 0),
        remarks=("interest_not_certifiable",) if without_interest else (),
        deadlines=_deadlines(law, "pcc_certification_days"),
        needs=(papers.Need("einvoice", ("einvoice",)),),
    )


def _waiver(claim, law):
    remarks = []
    if law.applies("vat_note_non_payment"):
        bases = claim.documents.intersection(papers.NEEDS_VAT_BASIS.any_of)
        remarks.append("credit_note_with_vat" if bases else "credit_note_without_vat")
    limit = small_limit(law, is_large=claim.is_large)
    if limit is not None and euros(claim.principal) <= limit:
        remarks.append("loss_on_small_credit")
    deadlines = _deadlines(law, "vat_note_agreement_years", "small_credit_months")
    return Outline(0, remarks=tuple(remarks), deadlines=deadlines, needs=(papers.NEEDS_VAT_BASIS,))


def _lawsuit(claim, law, *, injunction):
    """What the injunction and the ordinary action have in common."""
    value = claim.value(law)
    court = competent_court(law, value)
    law.find("rate_after_claim")
    return Outline(
        claim.total,
        reasons=_insolvency(claim),
        court=court,
        alone=may_stand_alone(law, value, court),
        fee=filing_fee(law, claim.fee_value(law), injunction),
        deadlines=_deadlines(law, "pa_enforcement_days") if claim.audience == PA else (),
    )


def _insolvency(claim):
    """Against an insolvent debtor nobody sues alone: the claim is filed in the procedure."""
    return ("insolvency",) if claim.insolvent else ()


def _deadlines(law, *codes):
    lengths = [(code, law.amount(code)) for code in codes]
    return tuple(Deadline(code, None if length is None else int(length)) for code, length in lengths)


def _enforcement(claim, law):
    """Whether the order must or may be enforceable at once."""
    if not law.applies("provisional_enforcement"):
        return ()
    if claim.documents.intersection(papers.ENFORCEABLE):
        return ("enforceable_at_once",)
    if claim.documents.intersection(papers.SIGNED_BY_DEBTOR):
        return ("may_be_enforceable_at_once",)
    return ("enforceable_at_once_only_in_danger",)


OUTLINES = {
    INSIST: _insist,
    PLAN: _plan,
    INJUNCTION: _injunction,
    ACTION: _action,
    NEGOTIATION: _negotiation,
    CERTIFICATION: _certification,
    WAIVER: _waiver,
}
