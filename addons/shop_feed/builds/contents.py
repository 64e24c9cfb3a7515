"""What a build consisted of: its items and the hashes of their contents, a line each, kept beside the file itself.

Two builds can be compared at any time, whatever has become of the items since.

>>> from io import BytesIO
>>> lines = [line("A 7", "0f" * 32), line("B\\n8", "1e" * 32)]
>>> lines[0], list(read(BytesIO("".join(lines).encode())))
('0f0f0f0f0f0f0f0f "A 7"\\n', [('A 7', '0f0f0f0f0f0f0f0f'), ('B\\n8', '1e1e1e1e1e1e1e1e')])
"""

import json

DIGITS = 16  # of a hash: enough to tell an item from what it was


def line(key, content_hash):
    """An item; its identifier may hold anything."""
    return f"{content_hash[:DIGITS]} {json.dumps(key, ensure_ascii=False)}\n"


def read(stream):
    """Pairs of an identifier and the start of its content's hash, as :func:`~.difference.difference` takes them.

    :param stream: bytes of lines, in the order of identifiers
    """
    for text in stream:
        content_hash, _blank, key = text.decode().partition(" ")
        yield json.loads(key), content_hash
