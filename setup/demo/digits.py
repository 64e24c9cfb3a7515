"""Numbers with the check digits that others look at: VAT numbers, fiscal codes, barcodes."""

from stdnum import ean, luhn
from stdnum.it import codicefiscale

OWN_GOODS = "8099001"  # the company's part of its barcodes


def vat(number, office):
    """An Italian VAT number of its seven digits and the three of the tax office.

    >>> vat(1234567, "035")
    'IT12345670355'
    """
    digits = f"{number:07}{office}"
    return f"IT{digits}{luhn.calc_check_digit(digits)}"


def barcode(number):
    """An EAN-13 of the company's own.

    >>> barcode(1)
    '8099001000012'
    """
    digits = f"{OWN_GOODS}{number:05}"
    return digits + ean.calc_check_digit(digits)


def fiscal_code(surname, name, born, place):
    """The fiscal code of a person of the story.

    :param str surname, name: the three letters of each
    :param str born: year, month's letter and day, as `75D12`
    :param str place: code of the municipality

    >>> fiscal_code("VRD", "GLI", "85A41", "H223")
    'VRDGLI85A41H223Y'
    """
    start = f"{surname}{name}{born}{place}"
    return start + codicefiscale.calc_check_digit(start)
