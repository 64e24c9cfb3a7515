"""What was offered, as a canonical text of which a SHA-256 is taken.

One statement a line: a key and its values, in the order of the paper. Equal offers are equal texts whatever the
language of who looks at them, and two offers that differ in anything the customer signs for are two texts: the values
are escaped, so that nothing typed into a description can look like another statement.

>>> content = Content()
>>> content.add("line", "Penne | 500 g", Number(3), "Units", Number(1.10))
>>> content.add("total", Number(4.026))
>>> print(content.text)
quote 1
line | Penne \\| 500 g | 3 | Units | 1.1
total | 4.026
>>> content.digest[:8], short(content.digest)
('d0cc8110', 'D0CC 8110 5815')
"""

import hashlib
import re
from decimal import Decimal

FORMAT = "quote 1"
SEPARATOR = " | "
_ESCAPES = str.maketrans({"\\": r"\\", "|": r"\|", "\n": r"\n", "\r": None})
_UNESCAPE = re.compile(r"\\(.)")
_SPLIT = re.compile(r"(?<!\\)((?:\\\\)*) \| ")


class Number:
    """A number as the shortest decimal that is the same to six places; no minus on nothing.

    >>> str(Number(10)), str(Number(33.3333333)), str(Number(-0.0000001)), str(Number(0.1 + 0.2)), str(Number(1e6))
    ('10', '33.333333', '0', '0.3', '1000000')
    """

    def __init__(self, value, places=6):
        self.value, self.places = value or 0, places

    def __str__(self):
        text = f"{Decimal(repr(float(self.value))):.{self.places}f}".rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text


class Content:
    """The statements of an offer, in the order of the paper."""

    def __init__(self):
        self._lines = [FORMAT]

    def add(self, key, *values):
        """Add a statement; values that are empty keep their place."""
        self._lines.append(SEPARATOR.join([key, *map(escape, values)]))

    @property
    def text(self):
        """All statements, one a line."""
        return "\n".join(self._lines)

    @property
    def digest(self):
        """The SHA-256 of the text."""
        return digest_of(self.text)


def escape(value):
    r"""
    >>> escape("a|b\nc\\"), escape(None), escape(False), escape(0)
    ('a\\|b\\nc\\\\', '', '', '0')
    """
    return "" if value is None or value is False else str(value).strip().translate(_ESCAPES)


def digest_of(text):
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def short(digest):
    """The beginning of a digest as paper shows it.

    >>> short("0123456789abcdef"), short("")
    ('0123 4567 89AB', '')
    """
    head = (digest or "")[:12].upper()
    return " ".join(head[place : place + 4] for place in range(0, len(head), 4))


def statements(text):
    r"""The key and the values of each statement of a text.

    >>> statements("quote 1\nline | a \\| b\\nc | 3\ntotal | ")
    [('line', ('a | b\nc', '3')), ('total', ('',))]
    """
    return [_read(line) for line in (text or "").split("\n")[1:]]


def _read(line):
    parts, start = [], 0
    for match in _SPLIT.finditer(line):
        parts.append(line[start : match.start()] + match.group(1))
        start = match.end()
    parts.append(line[start:])
    key, *values = parts
    return key, tuple(_UNESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], value) for value in values)
