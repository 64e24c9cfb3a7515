"""Barcodes of the GTIN family: EAN-8, UPC-A, EAN-13 and GTIN-14."""

import re
from decimal import Decimal

from stdnum import ean

LENGTHS = (8, 12, 13, 14)


def read_barcode(value):
    """The barcode in a cell as text; a number loses its decimals and gets its leading zeros back.

    >>> read_barcode(8001234567899.0), read_barcode("800 1234-567899"), read_barcode(12345678905), read_barcode(None)
    ('8001234567899', '8001234567899', '012345678905', '')
    """
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        text = str(int(value)) if value == int(value) else str(value)
        padded = text.zfill(12)
        return padded if 8 < len(text) < 12 and ean.is_valid(padded) else text
    text = str(value).strip().lstrip("'")
    digits = re.sub(r"[\s.\-]", "", text)
    return digits if digits.isdigit() else text


def fault(barcode):
    """Why a barcode is wrong, as a code, or an empty text when it is right.

    >>> fault("8001234567897"), fault("8001860353028"), fault("80018603"), fault("ABC-1"), fault("8,00E+12")
    ('', 'check_digit', 'check_digit', 'not_digits', 'shortened')
    >>> fault("1234")
    'length'
    """
    if re.fullmatch(r"\d+[.,]?\d*[eE]\+?\d+", barcode):
        return "shortened"
    if not barcode.isdigit():
        return "not_digits"
    if len(barcode) not in LENGTHS:
        return "length"
    return "" if ean.is_valid(barcode) else "check_digit"


def spellings(barcode):
    """All ways the same GTIN may be written: with and without the leading zeros.

    >>> sorted(spellings("012345678905"))
    ['00012345678905', '0012345678905', '012345678905', '12345678905']
    >>> spellings("ABC-1")
    {'ABC-1'}
    """
    if not barcode.isdigit() or len(barcode) > 14:
        return {barcode}
    bare = barcode.lstrip("0")
    return {barcode, bare} | {bare.zfill(length) for length in LENGTHS if length >= len(bare)} if bare else {barcode}


def key(barcode):
    """What equal barcodes have in common, however many zeros they begin with.

    >>> key("0012345678905") == key("012345678905"), key("ABC-1")
    (True, 'ABC-1')
    """
    return barcode.lstrip("0") or barcode if barcode.isdigit() else barcode
