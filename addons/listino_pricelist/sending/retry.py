"""How often, and how long apart, what failed for a passing reason is tried again."""

MOST_ATTEMPTS = 5
FIRST_PAUSE = 10  # minutes


def pause_after(attempts):
    """Minutes to wait after so many attempts; None: no more.

    >>> [pause_after(attempts) for attempts in range(1, 6)]
    [10, 20, 40, 80, None]
    """
    return FIRST_PAUSE * 2 ** (attempts - 1) if attempts < MOST_ATTEMPTS else None
