"""A credit transfer that a banking app can scan: the text of the EPC QR code (EPC069-12, version 2).

>>> print(payload("Officina Rossi", "IT60 X054 2811 1010 0000 0123 456", Decimal("120.5"), "FT/2026/7"))
BCD
002
1
SCT
<BLANKLINE>
Officina Rossi
IT60X0542811101000000123456
EUR120.50
<BLANKLINE>
<BLANKLINE>
FT/2026/7
"""

import re
from decimal import Decimal

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_MOST = Decimal("999999999.99")
_BYTES = 331  # of version 13 at level M, the largest code the guideline allows
_NAME, _TEXT = 70, 140


def compact(iban):
    """
    >>> compact(" it60 x0542811101000000123456 ")
    'IT60X0542811101000000123456'
    """
    return re.sub(r"\s", "", iban or "").upper()


def grouped(iban):
    """As printed on bank papers.

    >>> grouped("IT60X0542811101000000123456")
    'IT60 X054 2811 1010 0000 0123 456'
    """
    iban = compact(iban)
    return " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))


def is_iban(iban):
    """Whether the check digits (ISO 13616) are right: a code to scan must not lead money astray.

    >>> is_iban("IT60X0542811101000000123456"), is_iban("IT61X0542811101000000123456"), is_iban("")
    (True, False, False)
    """
    iban = compact(iban)
    if not _IBAN.fullmatch(iban):
        return False
    return int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4])) % 97 == 1


def payload(name, iban, amount, reference, bic=""):
    """The text to encode, or None where no transfer can be described (no name, wrong IBAN, amount out of range).

    A long name or reference is cut as the guideline says: 70 and 140 characters, 331 bytes in all.

    >>> payload("Rossi", "IT00", Decimal(1), "") is None
    True
    >>> payload("Rossi", "IT60X0542811101000000123456", Decimal(0), "") is None
    True
    """
    name = " ".join((name or "").split())[:_NAME]
    reference = " ".join((reference or "").split())[:_TEXT]
    amount = Decimal(amount)
    if not name or not is_iban(iban) or not Decimal("0.01") <= amount <= _MOST:
        return None
    fixed = ("BCD", "002", "1", "SCT", compact(bic), name, compact(iban), f"EUR{amount:.2f}", "", "")
    while True:
        text = "\n".join((*fixed, reference)).rstrip("\n")
        if len(text.encode()) <= _BYTES:
            return text
        reference = reference[:-1]
