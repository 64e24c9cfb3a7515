"""What is to be said of a new price: whether it can be, and what to look at twice."""

from typing import NamedTuple

CHANGE, SAME, REFUSED = "change", "same", "refused"
NEGATIVE, NOTHING, ABSURD = "negative", "nothing", "absurd"
MOST = 1e9
TINIEST = 1e-9


class Verdict(NamedTuple):
    """Whether a price changes, stays or can't be.

    :param str state: ``change``, ``same`` or ``refused``
    :param reason: why it can't be: ``negative``, ``nothing``, ``absurd``
    :param bool below_cost: the new price, less included taxes, does not cover the cost
    :param bool is_jump: it moves by more than the threshold, up or down
    """

    state: str
    reason: str | None = None
    is_jump: bool = False
    below_cost: bool = False


def judge(old, new, threshold=20.0):
    """The verdict on a new price.

    :param float threshold: percent of the old price

    >>> judge(10.0, 13.0)
    Verdict(state='change', reason=None, is_jump=True, below_cost=False)
    >>> judge(10.0, 10.0).state, judge(0.4, -0.1).reason, judge(0.01, 0.0).reason
    ('same', 'negative', 'nothing')
    """
    if not new > -TINIEST:  # so that what is not a number is refused as well
        return Verdict(REFUSED, NEGATIVE)
    if new < TINIEST:
        return Verdict(SAME) if abs(old) < TINIEST else Verdict(REFUSED, NOTHING)
    if new >= MOST:
        return Verdict(REFUSED, ABSURD)
    state = SAME if abs(new - old) < TINIEST else CHANGE
    return Verdict(state, is_jump=state == CHANGE and is_jump(old, new, threshold))


def is_below(price, cost):
    """Whether a price does not cover a cost that is known.

    >>> is_below(1.0, 1.2), is_below(1.2, 1.2), is_below(1.0, 0.0)
    (True, False, False)
    """
    return cost > 0 and price < cost - TINIEST


def is_jump(old, new, threshold):
    """Whether a price moves by more than so many percent.

    >>> is_jump(10.0, 12.0, 20.0), is_jump(10.0, 12.01, 20.0), is_jump(0.0, 5.0, 20.0)
    (False, True, False)
    """
    return old > 0 and abs(variation(old, new)) > threshold + TINIEST


def variation(old, new):
    """The change in percent; 0 where there was no price.

    >>> variation(8.0, 10.0), variation(0.0, 10.0)
    (25.0, 0.0)
    """
    return 100 * (new - old) / old if old > 0 else 0.0
