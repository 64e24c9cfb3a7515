"""The papers each way out asks for, as codes, and which of them are missing."""

from typing import NamedTuple

from .compensation import CONSUMER

SIGNED_BY_DEBTOR = ("signed_quote", "contract")
ENFORCEABLE = ("bill_or_cheque", "notarial_act")
TAX_DOCUMENTS = ("einvoice", "tax_books_extract")


class Need(NamedTuple):
    """A paper a way asks for.

    :param str code: what it has to show
    :param tuple any_of: the documents of which one is enough
    :param bool necessary: whether the way fails without it; else it makes it stronger
    """

    code: str
    any_of: tuple
    necessary: bool = True


NEEDS_NOTICE = Need("notice", ("notice_delivered",), necessary=False)
NEEDS_DELIVERY = Need("delivery", ("delivery_note",), necessary=False)
NEEDS_INVOICE = Need("invoice", ("einvoice", "invoice"))
NEEDS_AGREEMENT = Need("agreement", (*SIGNED_BY_DEBTOR, "order"))
NEEDS_SIGNATURE = Need("signature_of_debtor", SIGNED_BY_DEBTOR, necessary=False)
NEEDS_PLAN = Need("acknowledged_plan", ("signed_plan",), necessary=False)
NEEDS_NEGOTIATION = Need("negotiation_attempt", ("negotiation_closed",))
NEEDS_VAT_BASIS = Need("vat_basis", ("insolvency", "homologated_agreement", "fruitless_enforcement"), necessary=False)


def notice_for(claim):
    """A notice that arrived: what a consumer's interest rests on, and useful for anybody."""
    return NEEDS_NOTICE._replace(necessary=claim.audience == CONSUMER and claim.interest > 0)


def written_proof(law):
    """What the injunction is asked on; the e-invoice by itself only since the law says so."""
    by_itself = TAX_DOCUMENTS if law.applies("injunction_written_proof") else TAX_DOCUMENTS[1:]
    return Need("written_proof", (*SIGNED_BY_DEBTOR, *ENFORCEABLE, *by_itself))


def missing(needs, documents):
    """The needs that none of the documents meets.

    >>> [need.code for need in missing([NEEDS_INVOICE, NEEDS_AGREEMENT], {"einvoice", "delivery_note"})]
    ['agreement']
    """
    return tuple(need for need in needs if not documents.intersection(need.any_of))


def coverage(documents, invoices):
    """Which invoices the documents of each code are about.

    :param documents: pairs of a code and the invoices that a document is about; none: all of them
    :param invoices: those that are claimed
    :return: dict from code to a set of invoices

    >>> sorted(coverage([("einvoice", {1}), ("einvoice", {9}), ("contract", ())], {1, 2})["contract"])
    [1, 2]
    >>> coverage([("einvoice", {1}), ("einvoice", {9})], {1, 2})
    {'einvoice': {1}}
    """
    covered = {}
    for code, about in documents:
        covered.setdefault(code, set()).update(invoices.intersection(about) if about else invoices)
    return covered


def lacking(needs, covered, invoices):
    """The needs that are not met for each invoice, with those for which they are not.

    One invoice may have a signed contract and another a signed quote: the need that either meets is met for both.

    >>> covered = {"einvoice": {1, 2}, "contract": {1}, "order": {2}}
    >>> lacking([NEEDS_INVOICE, NEEDS_AGREEMENT, NEEDS_SIGNATURE], covered, {1, 2}) == [(NEEDS_SIGNATURE, {2})]
    True
    """
    found = []
    for need in needs:
        met = set().union(*(covered.get(code, ()) for code in need.any_of))
        if invoices - met or not any(code in covered for code in need.any_of):
            found.append((need, invoices - met))
    return found
