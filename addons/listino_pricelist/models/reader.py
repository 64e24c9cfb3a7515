"""What depends on who reads or types: numbers in his language, quantities as he writes them, days where he is."""

import pytz

from odoo import fields
from odoo.exceptions import ValidationError

from ..layout.figures import NumberFormat
from ..pricing.breaks import parse_quantities


def numbers_of(env):
    """The :class:`..layout.figures.NumberFormat` of the environment's language."""
    lang = env["res.lang"]._get_data(code=env.lang or "en_US")
    return NumberFormat(lang.decimal_point or ".", lang.thousands_sep or "")


def quantities_of(env, text):
    """The quantities that a person typed, in ascending order; one piece where he typed nothing.

    :raise ValidationError: where a part of the text is no positive number
    """
    try:
        return parse_quantities(text or "") or [1.0]
    except ValueError as error:
        raise ValidationError(
            env._(
                "“%(text)s” is not a quantity. Write positive numbers separated by semicolons: 1; 10; 100",
                text=error.args[0],
            )
        ) from error


def beginning_of(env, day):
    """The moment at which a day begins where the user is, as Odoo stores it."""
    midnight = env.tz.localize(fields.Datetime.to_datetime(day))
    return midnight.astimezone(pytz.utc).replace(tzinfo=None)
