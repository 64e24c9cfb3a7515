"""Prices as people write them: endings such as .90, and the decimals a unit price keeps."""

from odoo.tools.float_utils import float_round

EXACT, CENT, FIVE_CENTS, TEN_CENTS, NINETY, NINETY_NINE, WHOLE = "exact", "0.01", "0.05", "0.10", "x.90", "x.99", "x.00"

# What a rule of Odoo needs to reach the ending: its rounding, and its surcharge afterwards.
ENDINGS = {
    EXACT: (0.0, 0.0),
    CENT: (0.01, 0.0),
    FIVE_CENTS: (0.05, 0.0),
    TEN_CENTS: (0.1, 0.0),
    NINETY: (1.0, -0.1),
    NINETY_NINE: (1.0, -0.01),
    WHOLE: (1.0, 0.0),
}
SELECTION_OF_ENDINGS = [
    (EXACT, "Not rounded"),
    (CENT, "To the cent"),
    (FIVE_CENTS, "To 5 cents"),
    (TEN_CENTS, "To 10 cents"),
    (NINETY, "Ending in .90"),
    (NINETY_NINE, "Ending in .99"),
    (WHOLE, "Whole amounts"),
]
MOST_CHANGE = 0.05  # of a price, by rounding it
MOST_DECIMALS = 9
SAME_PRICE = 5e-6


def decimals_of_unit_price(currency_decimals, precision):
    """The decimals of a unit price: the currency's, and those that the company keeps beyond the usual two.

    :param int precision: Odoo's decimal precision "Product Price"

    >>> decimals_of_unit_price(2, 2), decimals_of_unit_price(2, 4), decimals_of_unit_price(0, 2)
    (2, 4, 0)
    """
    return currency_decimals + max(precision - 2, 0)


def round_unit_price(price, decimals):
    """A unit price as it is printed and charged.

    >>> round_unit_price(1.2345, 2), round_unit_price(0.0351, 2)
    (1.23, 0.035)
    """
    return float_round(price, precision_digits=decimals_needed(price, decimals))


def charged_price(price, price_before_discount, decimals, discount_decimals):
    """What a quote charges for one unit where it shows the discount: a rounded price, less a rounded percentage.

    Same as ``sale.order.line._get_display_price`` and ``_compute_discount`` of Odoo 19, the price rounded as above.

    >>> charged_price(0.747, 0.83, 2, 2), charged_price(6.6693, 9.99, 2, 2), charged_price(12.0, 10.0, 2, 2)
    (0.747, 6.669324, 12.0)
    """
    shown, discount = shown_with_discount(price, price_before_discount, decimals, discount_decimals)
    return less_discount(shown, discount) if discount else shown


def shown_with_discount(price, price_before_discount, decimals, discount_decimals):
    """The unit price and the discount in percent that a quote shows.

    >>> shown_with_discount(6.6693, 9.99, 2, 2), shown_with_discount(12.0, 10.0, 2, 2)
    ((9.99, 33.24), (12.0, 0.0))
    """
    shown = round_unit_price(max(price, price_before_discount), decimals)
    discount = (price_before_discount - price) / price_before_discount * 100 if price_before_discount else 0.0
    if not discount or (discount > 0) != (price_before_discount > 0):
        return shown, 0.0
    return shown, float_round(discount, precision_digits=discount_decimals)


def less_discount(price, discount):
    """A unit price less a discount in percent, without the noise of floating point.

    >>> less_discount(9.99, 33.24), less_discount(0.83, 10)
    (6.669324, 0.747)
    """
    return float_round(price * (1 - discount / 100), precision_digits=6)


def is_same_price(one, other):
    """Whether two unit prices are one to whoever pays them.

    >>> is_same_price(6.669324, 6.6693240001), is_same_price(0.0037, 0.0036)
    (True, False)
    """
    return abs(one - other) < SAME_PRICE


def decimals_needed(price, decimals):
    """The decimals to show: the usual ones, more for a tiny price that these would change too much.

    >>> decimals_needed(0.893, 2), decimals_needed(0.05, 2), decimals_needed(0.0035, 2), decimals_needed(0.5, 0)
    (2, 2, 4, 1)
    """
    while decimals < MOST_DECIMALS:
        if abs(float_round(price, precision_digits=decimals) - price) <= abs(price) * MOST_CHANGE:
            break
        decimals += 1
    return decimals
