"""Who is left in peace on purpose, to see what happens by itself: without it every play looks like a success."""

from hashlib import sha256

WIDTH = 2**64


def in_holdout(play, customer, percent):
    """Whether a customer is in the holdout of a play.

    It depends on nothing but both codes: the same on every worker, in every run, whatever the others are; another play
    holds back others; a greater percentage only adds to those held back.

    :param str play: the code of the play, unchanging, and ``customer`` the identity of the customer
    :param int percent: of the customers, from 0 to 100

    >>> [number for number in range(40) if in_holdout("win_back", number, 10)]
    [9, 13, 26, 32, 33, 37]
    """
    if not 0 <= percent <= 100:
        raise ValueError("a percentage lies between 0 and 100")
    digest = sha256(f"{play}\n{customer}".encode()).digest()
    return int.from_bytes(digest[:8], "big") * 100 < percent * WIDTH
