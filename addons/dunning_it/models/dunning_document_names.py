"""The kinds of documents that a person may add; the codes that prove a claim are in ``law/documents.py``."""

UPLOADED = [
    ("contract", "Contract"),
    ("signed_quote", "Signed quote"),
    ("order", "Order"),
    ("delivery_note", "Delivery note"),
    ("einvoice", "E-invoice, or its receipt of the exchange system"),
    ("tax_books_extract", "Authenticated extract of the accounts"),
    ("bill_or_cheque", "Bill of exchange or cheque"),
    ("notarial_act", "Notarial act"),
    ("signed_plan", "Payment plan or acknowledgement of the debt"),
    ("negotiation_closed", "Assisted negotiation that came to nothing"),
    ("insolvency", "Opening of an insolvency procedure"),
    ("homologated_agreement", "Homologated agreement"),
    ("fruitless_enforcement", "Enforcement that brought nothing"),
    ("correspondence", "Correspondence"),
    ("other", "Other document"),
]
