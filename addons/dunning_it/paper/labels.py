"""The words that the paper itself adds. Odoo translates them: the caller gives them in the letter's language."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Every word on paper that is not the writer's. None has a default, so that none stays in the wrong language.

    Placeholders are Python's: ``%(date)s``.
    """

    # Letterhead and running lines
    page: str  # Page %(page)s of %(pages)s
    vat: str
    tax_code: str
    pec: str
    email: str
    phone: str
    bank: str
    subject: str
    attachments: str
    # Instalments
    statement: str  # heading
    amounts_in: str  # amounts in %(currency)s
    document: str
    document_date: str
    due_date: str
    original: str
    paid: str
    residual: str
    days_late: str
    instalments_total: str
    net_total: str
    # Interest
    interest_title: str  # heading
    due_on: str  # due on %(date)s
    from_day: str
    to_day: str
    days: str
    base: str
    rate: str
    interest: str
    interest_total: str
    provisional: str  # what the mark means: no rate published yet for this period
    unconfirmed: str  # what the mark means: rate not yet confirmed by a person
    # Totals
    totals: str  # heading
    principal: str
    credits: str
    interest_until: str  # Interest up to %(date)s
    compensation: str  # Flat compensation (%(count)s × %(each)s)
    total: str
    total_at: str  # Total at %(date)s
    daily: str  # For each further day after %(date)s: %(amount)s
    # Payment
    payment: str
    amount: str
    beneficiary: str
    iban: str
    bic: str
    reference: str
    scan: str
    # Signature
    signature: str
    # Evidence file
    number: str
    kind: str
    date: str
    pages: str
    fingerprint: str
    event: str
    detail: str
    documents_total: str  # %(documents)s documents, %(pages)s pages
