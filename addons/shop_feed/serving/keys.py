"""The secret part of a feed's address: told once, kept as a hash, compared in constant time.

It is random and long, so a plain hash is enough: there is no dictionary to try.
"""

import hashlib
import hmac
import secrets

BYTES = 32
_NOTHING = "0" * 64  # compared with where there is nothing: that takes as long


def new_key():
    """A password that nobody guesses, in letters that an address takes as they are.

    >>> len(new_key()), new_key() == new_key()
    (43, False)
    """
    return secrets.token_urlsafe(BYTES)


def hashed(key):
    """What is kept of a key.

    >>> hashed("a")[:8], len(hashed("chiave è \\ud800"))
    ('ca978112', 64)
    """
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()


def is_one_of(key, hashes):
    """Whether a key is one of those of which hashes are kept; all are compared, in constant time.

    >>> is_one_of("a", [hashed("b"), hashed("a")]), is_one_of("a", [None, ""]), is_one_of("è", [])
    (True, False, False)
    """
    own, found = hashed(key).encode(), False
    for each in [*hashes, None]:
        found |= hmac.compare_digest(own, (each or _NOTHING).encode(errors="replace"))
    return found
