"""The quantities at which the prices of a list change: its columns on paper."""


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
