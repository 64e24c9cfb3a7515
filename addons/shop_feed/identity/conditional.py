"""The answer to a request for a file that is kept plain and packed (RFC 9110): in full, in part, or nothing new.

>>> ours = File("ab12", size=1000, packed_size=200)
>>> answer(ours, {"Accept-Encoding": "gzip, br"})[:3]
(200, 'gzip', '"ab12-gzip"')
>>> answer(ours, {"If-None-Match": 'W/"ab12"'}).status, answer(ours, {"Range": "bytes=-100"}).part
(304, (900, 999))
"""

import re
from typing import NamedTuple

IDENTITY, GZIP = "identity", "gzip"
_ETAG = re.compile(r'(?:W/)?("[^"]*")')
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)


class File(NamedTuple):
    """A file that is served: the SHA-256 of its plain bytes, its size plain and packed."""

    sha256: str
    size: int
    packed_size: int


class Answer(NamedTuple):
    """What to send: the status, the encoding, the entity tag, and the first and last byte of a part."""

    status: int
    encoding: str
    etag: str
    part: tuple | None = None

    def length(self, file):
        """How many bytes the body has (for HEAD: would have)."""
        if self.status in {304, 416}:
            return 0
        if self.part:
            return self.part[1] - self.part[0] + 1
        return file.packed_size if self.encoding == GZIP else file.size


def answer(file, headers, method="GET"):
    """How to answer GET or HEAD.

    :param File file: what there is
    :param headers: of the request; names as HTTP writes them
    :rtype: Answer
    """
    wanted = headers.get("Range") if method == "GET" else None
    # A part is of the plain bytes: a client that asks for one joins it to what it has.
    encoding = IDENTITY if wanted else encoding_for(headers.get("Accept-Encoding"))
    tag = etag(file, encoding)
    if _is_known(file, headers.get("If-None-Match")):
        return Answer(304, encoding, tag)
    if wanted and headers.get("If-Range") in {None, tag}:
        part = part_of(wanted, file.size)
        if part == ():
            return Answer(416, encoding, tag)
        if part:
            return Answer(206, encoding, tag, part)
    return Answer(200, encoding, tag)


def etag(file, encoding):
    """A strong tag; another one for the packed bytes, which are others."""
    return f'"{file.sha256}-gzip"' if encoding == GZIP else f'"{file.sha256}"'


def encoding_for(accepted):
    """Packed where the client takes it at least as gladly as plain; without a word, plain.

    >>> [encoding_for(text) for text in ("gzip", "gzip;q=0", "*", "br, gzip;q=0.5, identity;q=1", "", None)]
    ['gzip', 'identity', 'gzip', 'identity', 'identity', 'identity']
    """
    weights = {}
    for part in (accepted or "").lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        if name:
            weights[name] = float(quality) if _QUALITY.fullmatch(quality) else 0.0
    packed = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return GZIP if packed and packed >= weights.get("identity", 0.0) else IDENTITY


def part_of(wanted, size):
    """The first and last byte of a ``Range``: None where it is to be ignored, ``()`` where there is no such part.

    >>> [part_of(f"bytes={part}", 1000) for part in ("0-99", "900-", "-5000")]
    [(0, 99), (900, 999), (0, 999)]
    >>> [part_of(f"bytes={part}", 1000) for part in ("5-1", "0-1,5-6", "-", "1000-", "-0")]
    [None, None, None, (), ()]
    """
    match = _RANGE.fullmatch(wanted.replace(" ", ""))
    if not match or match[0] == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) and size else ()
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        return ()
    return int(first), min(int(last), size - 1) if last else size - 1


def _is_known(file, tags):
    """Whether the client has the file, plain or packed: one is as good as the other to whoever compares weakly."""
    if not tags:
        return False
    if tags.strip() == "*":
        return True
    return bool({etag(file, IDENTITY), etag(file, GZIP)} & set(_ETAG.findall(tags)))
