"""The days whose interest is invoiced already, taken out of those that are reckoned."""

from .table import DAY


def gaps(due, until, charged):
    """The stretches after the due date up to and with a day that are on no debit note.

    :param charged: pairs of the first and the last day of stretches that are
    :return: pairs of the day before a stretch and its last day, as :meth:`.interest.Curve.interest` takes them

    >>> from datetime import date
    >>> june = date(2026, 6, 1), date(2026, 6, 30)
    >>> for since, last in gaps(date(2026, 5, 15), date(2026, 8, 31), [june]): print(since, last)
    2026-05-15 2026-05-31
    2026-06-30 2026-08-31
    >>> gaps(date(2026, 5, 31), date(2026, 6, 30), [june])
    []
    """
    found, since = [], due
    for first, last in sorted(charged):
        end = min(first - DAY, until)
        if since < end:
            found.append((since, end))
        since = max(since, last)
    return [*found, (since, until)] if since < until else found
