"""Barcodes: whether a number is a GTIN that anybody may use to say what a product is."""

import re

from stdnum import ean

LENGTHS = (8, 12, 13, 14)
_PUNCTUATION = re.compile(r"[\s.\-]+")
# Prefixes of a number of 13 digits. GS1 keeps them for use inside a company and for coupons; Google refuses them
# (answers 6286293 and 6286302).
_RESTRICTED, _COUPON = ("02", "04", "2"), ("981", "982", "983", "984", "99", "05")


def compact(text):
    """The digits of a barcode as it is typed.

    >>> compact("80 0300-0480002 ")
    '8003000480002'
    """
    return _PUNCTUATION.sub("", text)


def problem_of(number):
    """Why a compact number is no GTIN to be sent, None where it is one.

    >>> problem_of("8000000000026"), problem_of("036000291452"), problem_of("96385074")
    (None, None, None)
    >>> problem_of("12345"), problem_of("8000000000027"), problem_of("ABC"), problem_of("0000000000000")
    ('gtin_length', 'gtin_check_digit', 'gtin_not_digits', 'gtin_placeholder')
    >>> problem_of("2000000000008"), problem_of("9900000000004")
    ('gtin_restricted', 'gtin_coupon')
    """
    if not (number.isascii() and number.isdigit()):
        return "gtin_not_digits"
    if len(number) not in LENGTHS:
        return "gtin_length"
    if len(set(number)) == 1:
        return "gtin_placeholder"
    if not ean.is_valid(number):
        return "gtin_check_digit"
    if len(number) == 8:  # short numbers have prefixes of their own
        return "gtin_restricted" if number.startswith(("0", "2")) else None
    prefix = number.zfill(14)[1:]
    if prefix.startswith(_RESTRICTED):
        return "gtin_restricted"
    return "gtin_coupon" if prefix.startswith(_COUPON) else None
