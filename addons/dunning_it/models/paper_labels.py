"""The words of letters, in the language of the environment."""

from ..paper.labels import Labels


def labels(env):
    """Every word on paper that is not the writer's.

    Words with a placeholder are translated with it and filled in by the paper, which alone knows the value.
    """
    _ = env._
    return Labels(**_head(_), **_items(_), **_interest(_), **_owed(_), **_index(_))


def _head(_):
    """Who writes, and what it is about."""
    return {
        "page": _("Page %(page)s of %(pages)s"),
        "vat": _("VAT no."),
        "tax_code": _("Tax code"),
        "pec": _("PEC"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "bank": _("Bank"),
        "subject": _("Subject:"),
        "attachments": _("Attachments"),
    }


def _items(_):
    """The account."""
    return {
        "statement": _("Open items"),
        "amounts_in": _("Amounts in %(currency)s"),
        "document": _("Document"),
        "document_date": _("Date"),
        "due_date": _("Due date"),
        "original": _("Amount"),
        "paid": _("Paid"),
        "residual": _("Residual"),
        "days_late": _("Days late"),
        "instalments_total": _("Total of the items"),
        "net_total": _("Total less credits"),
    }


def _interest(_):
    """How interest was reckoned."""
    return {
        "interest_title": _("Interest"),
        "due_on": _("due on %(date)s"),
        "from_day": _("From"),
        "to_day": _("To"),
        "days": _("Days"),
        "base": _("Base"),
        "rate": _("Rate"),
        "interest": _("Interest"),
        "interest_total": _("Total interest"),
        "provisional": _("no rate has been published for this period yet"),
        "unconfirmed": _("rate not yet confirmed"),
    }


def _owed(_):
    """What is owed and how to pay it."""
    return {
        "totals": _("What is owed"),
        "principal": _("Principal"),
        "credits": _("Credits"),
        "interest_until": _("Interest up to %(date)s"),
        "compensation": _("Flat compensation (%(count)s × %(each)s)"),
        "total": _("Total"),
        "total_at": _("Total at %(date)s"),
        "daily": _("For each further day after %(date)s: %(amount)s"),
        "payment": _("Payment"),
        "amount": _("Amount"),
        "beneficiary": _("Payee"),
        "iban": _("IBAN"),
        "bic": _("BIC"),
        "reference": _("Reference"),
        "scan": _("Pay with your bank's app"),
        "signature": _("Signature"),
    }


def _index(_):
    """The index of evidence."""
    return {
        "number": _("No."),
        "kind": _("Kind"),
        "date": _("Date"),
        "pages": _("Pages"),
        "fingerprint": _("SHA-256"),
        "event": _("Event"),
        "detail": _("Detail"),
        "documents_total": _("%(documents)s documents, %(pages)s pages"),
    }
