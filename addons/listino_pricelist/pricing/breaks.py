"""The quantities at which the prices of a list change: its columns on paper, and discounts kept from another list."""

from .rules import FIXED, OTHER_LIST


def quantity_columns(breaks, most):
    """The quantities to print a price for: one piece, and the breaks of the rules, the most used first where too many.

    :param dict breaks: how many rules have each minimum quantity
    :param int most: how many columns there may be
    :return: quantities in ascending order; the first is 1

    >>> quantity_columns({0.0: 7, 10.0: 3, 50.0: 1}, most=5)
    [1.0, 10.0, 50.0]
    >>> quantity_columns({5.0: 1, 10.0: 3, 50.0: 2}, most=3)
    [1.0, 10.0, 50.0]
    """
    wanted = {quantity: rules for quantity, rules in breaks.items() if quantity > 1}
    most_used = sorted(wanted, key=lambda quantity: (-wanted[quantity], quantity))[: max(most - 1, 0)]
    return [1.0, *sorted(most_used)]


def parse_quantities(text):
    """The quantities that a person typed, separated by semicolons or spaces, decimals with comma or point.

    :raise ValueError: with the part that is no positive number

    >>> parse_quantities("1; 10;2,5")
    [1.0, 2.5, 10.0]
    """
    quantities = set()
    for part in text.replace(";", " ").split():
        try:
            quantity = float(part.replace(",", "."))
        except ValueError:
            raise ValueError(part) from None
        if not 0 < quantity < 1e9:
            raise ValueError(part)
        quantities.add(quantity)
    return sorted(quantities)


def keeps_breaks(rule):
    """Whether a price by this rule can keep the quantity discounts of another list.

    It is a base price: from the first piece on, and not taken from a list, which would bring its own discounts.

    >>> from .rules import Rule
    >>> keeps_breaks(Rule(1, 0, "3_global", fixed_price=5.0)), keeps_breaks(Rule(1, 0, "3_global", min_quantity=10))
    (True, False)
    >>> keeps_breaks(Rule(1, 0, "3_global", method="percentage", base="pricelist", base_list_id=2)), keeps_breaks(None)
    (False, False)
    """
    if rule is None or not rule.known or rule.min_quantity > 1:
        return False
    return rule.method == FIXED or not (rule.base == OTHER_LIST and rule.base_list_id)


def kept_share(price_at_quantity, price_of_one):
    """The share of the price of one piece that another list asks at a quantity; 1 where it gives no discount.

    >>> kept_share(9.0, 10.0), kept_share(11.0, 10.0), kept_share(5.0, 0.0), kept_share(0.0, 5.0)
    (0.9, 1.0, 1.0, 1.0)
    """
    return price_at_quantity / price_of_one if 0 < price_at_quantity < price_of_one else 1.0
