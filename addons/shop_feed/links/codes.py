"""Short codes for links that people post, read out and type."""

import hashlib
import hmac

LETTERS = "23456789abcdefghjkmnpqrstvwxyz"  # none that looks like another: no 0 and o, 1 and l and i, u and v
LENGTH = 7


def short_code(secret, number, attempt=0, length=LENGTH):
    """The code of a link, which tells nothing of its number and can't be guessed from another's.

    :param bytes secret: of the database
    :param int number: the link's record
    :param int attempt: counted up where another link has the code

    >>> code = short_code(b"secret", 7)
    >>> len(code), code == short_code(b"secret", 7), code == short_code(b"secret", 8)
    (7, True, False)
    """
    digest = hmac.new(secret, f"{number}/{attempt}".encode(), hashlib.sha256).digest()
    value, letters = int.from_bytes(digest, "big"), []
    for _place in range(length):
        value, rest = divmod(value, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def typed(text):
    """A code as somebody typed it: small letters, nothing but them.

    >>> typed(" 2B3-cd ")
    '2b3cd'
    """
    return "".join(letter for letter in text.lower() if letter in LETTERS)
