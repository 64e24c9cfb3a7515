"""A file out of the pieces of its items, plain and packed, a part at a time.

>>> from io import BytesIO
>>> from .columns import Column
>>> from .table import tsv
>>> plain, packed = BytesIO(), BytesIO()
>>> shape = tsv([Column("id")])
>>> with gzipped(packed) as inner:
...     written = join(shape, [shape.item({"id": "1"}), shape.item({"id": "2"})], plain, inner)
>>> written.count, written.size, plain.getvalue(), gzip.decompress(packed.getvalue()) == plain.getvalue()
(2, 7, b'id\\n1\\n2\\n', True)
"""

import gzip
import hashlib
import shutil
from itertools import islice
from typing import NamedTuple

PIECES_AT_ONCE = 200
BYTES_AT_ONCE = 256 * 1024


class Written(NamedTuple):
    """What was written: the number of items, of bytes, and the SHA-256 of these as hexadecimal digits."""

    count: int
    size: int
    sha256: str


def join(shape, pieces, *streams):
    """Write the pieces of items to one or more streams (open for writing bytes; left open).

    :param shape: of :mod:`.xml`, :mod:`.table` or :mod:`.reviews`
    :param pieces: what ``shape.item`` once gave of each; read once
    :rtype: Written
    """
    count, size, digest = 0, 0, hashlib.sha256()
    for number, texts in _parts(shape, iter(pieces)):
        data = texts.encode()
        digest.update(data)
        for stream in streams:
            stream.write(data)
        count, size = count + number, size + len(data)
    return Written(count, size, digest.hexdigest())


def gzipped(stream):
    """A stream that packs what it is given into another: no name, no date, the same bytes each time."""
    return gzip.GzipFile(filename="", fileobj=stream, mode="wb", compresslevel=6, mtime=0)


def digest_of(stream, algorithm):
    """The hexadecimal digest of a stream from where it stands; :func:`hashlib.file_digest` came with Python 3.11.

    >>> from io import BytesIO
    >>> digest_of(BytesIO(b"abc"), "sha1")
    'a9993e364706816aba3e25717850c26c9cd0d89d'
    """
    digest = hashlib.new(algorithm)
    while data := stream.read(BYTES_AT_ONCE):
        digest.update(data)
    return digest.hexdigest()


def pack(plain, packed, count):
    """The same for a file that is written as a whole, such as Excel's: pack it, and say what was written.

    :param int count: of its items
    """
    plain.seek(0)
    sha256 = digest_of(plain, "sha256")
    size = plain.tell()
    plain.seek(0)
    with gzipped(packed) as inner:
        shutil.copyfileobj(plain, inner)
    return Written(count, size, sha256)


def _parts(shape, pieces):
    yield 0, shape.head
    while batch := list(islice(pieces, PIECES_AT_ONCE)):
        yield len(batch), "".join(batch)
    yield 0, shape.tail
