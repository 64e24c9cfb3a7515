"""How well a feed's items suit its channel, as one number."""

WARNING_WEIGHT = 4  # so many items with warnings weigh as much as one that can't be sent


def score(items, with_errors, with_warnings):
    """The share of items without problems in per cent, warnings weighted; a hundred only where there is none at all.

    :param int items: that were meant to be sent
    :param int with_errors: of these, those that can't be sent
    :param int with_warnings: of these, those that are sent with warnings
    :return: from 0 to 100; None where there is no item

    >>> score(200, 10, 40), score(1000, 0, 1), score(3, 3, 0), score(7, 0, 0), score(0, 0, 0)
    (90, 99, 0, 100, None)
    """
    if not items:
        return None
    lost = with_errors * WARNING_WEIGHT + with_warnings
    return (items * WARNING_WEIGHT - lost) * 100 // (items * WARNING_WEIGHT)
