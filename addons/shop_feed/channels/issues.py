"""Problems of an item, as data."""

from typing import NamedTuple

ERROR, WARNING, HINT = "error", "warning", "hint"
SEVERITIES = (ERROR, WARNING, HINT)

# What is told, and how grave it is where nothing about the field says otherwise: a value that is refused is an error in
# a field that is needed, a warning in others.
CODES = {
    "missing": ERROR,
    "missing_recommended": WARNING,
    "unknown_field": HINT,
    "not_text": WARNING,
    "too_long": WARNING,
    "too_long_to_use": WARNING,
    "too_many": WARNING,
    "too_long_together": WARNING,
    "shouted": HINT,
    "html_removed": HINT,
    "pictures_removed": HINT,
    "not_a_choice": WARNING,
    "not_a_number": WARNING,
    "not_a_date": WARNING,
    "not_an_interval": WARNING,
    "interval_reversed": WARNING,
    "gtin_not_digits": WARNING,
    "gtin_length": WARNING,
    "gtin_check_digit": WARNING,
    "gtin_restricted": WARNING,
    "gtin_coupon": WARNING,
    "gtin_placeholder": WARNING,
    "url_not_absolute": WARNING,
    "url_with_password": WARNING,
    "url_not_public": WARNING,
    "url_of_back_office": WARNING,
    "url_not_secure": HINT,
    "image_format": WARNING,
    "image_too_small": WARNING,
    "not_money": WARNING,
    "not_positive": WARNING,
    "not_a_measure": WARNING,
    "unit_unknown": WARNING,
    "base_unsupported": WARNING,
    "not_a_group": WARNING,
    "not_a_category": WARNING,
    "currency_differs": ERROR,
    "sale_not_lower": WARNING,
    "sale_over": HINT,
    "sale_without_price": WARNING,
    "interval_without_sale": HINT,
    "former_not_higher": WARNING,
    "reduction_unknown": WARNING,
    "reduction_not_lower": WARNING,
    "reduction_capped": HINT,
    "reduction_new": HINT,
    "offer_with_own_codes": HINT,
    "offer_of_choice": HINT,
    "offer_of_goods": HINT,
    "offer_with_minimum": HINT,
    "offer_by_points": HINT,
    "offer_of_cheapest": HINT,
    "offer_with_cap": HINT,
    "offer_part_of_percent": HINT,
    "member_price_unknown": HINT,
    "not_built": ERROR,
    "id_twice": ERROR,
    "variants_alike": WARNING,
    "variant_alone": HINT,
}


class Issue(NamedTuple):
    """A problem.

    :param str code: one of :data:`CODES`
    :param str field: the channel's name of the field
    :param str severity: error (the item can't be sent so), warning (it was mended, or loses something) or hint
    :param dict numbers: what the sentence names
    """

    code: str
    field: str
    severity: str
    numbers: dict


class Refused(ValueError):
    """A value that can't be used at all."""

    def __init__(self, code, **numbers):
        super().__init__(code)
        self.code, self.numbers = code, numbers


def issue(code, field, severity=None, **numbers):
    """A problem of a field, as severe as its code unless something else is said, with the numbers of its sentence.

    >>> issue("too_long", "title", length=180, limit=150)
    Issue(code='too_long', field='title', severity='warning', numbers={'length': 180, 'limit': 150})
    """
    return Issue(code, field, severity or CODES[code], numbers)
