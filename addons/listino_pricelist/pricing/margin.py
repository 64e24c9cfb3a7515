"""What a price leaves after the cost."""


def margin(price, cost):
    """The margin in percent of the price, both without taxes; None where price or cost is not known.

    >>> margin(10.0, 8.0), margin(8.0, 10.0), margin(10.0, 0.0), margin(0.0, 1.0)
    (20.0, -25.0, None, None)
    """
    return 100 * (price - cost) / price if price > 0 and cost > 0 else None
