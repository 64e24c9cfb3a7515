"""The tokens of links: the number of the link and a signature, in plain sight but not to be guessed.

>>> signature = "0f" * 32
>>> split_token(join_token(7, signature)) == (7, signature)
True
"""

import hmac
import re

LONGEST = 100
_TOKEN = re.compile(r"([1-9][0-9]{0,9})-([0-9a-f]{64})", re.ASCII)
_LARGEST_ID = 2**31 - 1


def join_token(share_id, signature):
    """The token of a link and its signature."""
    return f"{share_id}-{signature}"


def split_token(token):
    """The link's id and the signature that the token brings; None where it is no token at all.

    >>> split_token("7-abc"), split_token("7-" + "0f" * 5000), split_token("\\x00")
    (None, None, None)
    >>> split_token("9999999999-" + "0f" * 32)
    >>> split_token("\\u0667-" + "0f" * 32), split_token(None)
    (None, None)
    """
    if not isinstance(token, str) or len(token) > LONGEST:
        return None
    match = _TOKEN.fullmatch(token)
    if not match or int(match[1]) > _LARGEST_ID:
        return None
    return int(match[1]), match[2]


def is_same(signature, expected):
    """Whether two signatures are the same, compared in constant time on bytes.

    >>> is_same("0f", "0f"), is_same("\\u00e8", "0f"), is_same("\\ud800", "0f"), is_same(None, "0f")
    (True, False, False, False)
    """
    return hmac.compare_digest(str(signature).encode(errors="replace"), expected.encode())
