"""Breaking text into lines that fit.

``width`` is any function from text to length, so that the rules can be read without a font:

>>> wrap("Pasta di semola di grano duro", 12, len)
['Pasta di', 'semola di', 'grano duro']
"""

from itertools import accumulate

ELLIPSIS = "…"


def wrap(text, room, width, limit=None):
    """The lines of ``text``, none wider than ``room``; words too long for a line are broken, if need be anywhere.

    :param int limit: at most so many lines: the last then ends in an ellipsis, so that nobody takes it for the whole.

    >>> wrap("Coca-Cola Zero", 6, len), wrap("", 6, len)
    (['Coca-', 'Cola', 'Zero'], [])
    >>> wrap("Riso Carnaroli del Vercellese", 10, len, limit=2)
    ['Riso', 'Carnaroli…']
    """
    if width(text) <= room:
        return [text] if text else []
    lines = []
    for line in _lines(text, room, width):
        if limit and len(lines) == limit:
            lines[-1] = shorten(lines[-1] + ELLIPSIS, room, width)
            break
        lines.append(line)
    return lines


def _lines(text, room, width):
    line, used = "", 0.0
    blank = width(" ")
    for word in text.split(" "):
        length = width(word)
        if line and used + blank + length <= room:
            line, used = f"{line} {word}", used + blank + length
            continue
        if line:
            yield line
        while length > room:
            piece = _piece(word, _fitting(word, room, width))
            yield piece
            word = word[len(piece) :]
            length = width(word)
        line, used = word, length
    if line:
        yield line


def _piece(word, fitting):
    """The beginning of a broken word: up to a hyphen, slash or the like in its second half, if there is one.

    >>> _piece("REF-2025-0001", 10), _piece("REF-2025-0001", 7), _piece("Trattamento", 7)
    ('REF-2025-', 'REF-', 'Trattam')
    """
    end = max(word.rfind(mark, 0, fitting) for mark in "-/_.,;") + 1
    return word[:end] if 2 * end > fitting else word[:fitting]


def _fitting(word, room, width):
    """How many characters of ``word`` fit in ``room``; at least one, or the breaking would never end."""
    fitting = 0
    for end in accumulate(map(width, word[: 1 + int(room * 4)])):
        if end > room:
            break
        fitting += 1
    return max(1, fitting)


def shorten(text, room, width):
    """The text, or as much of its beginning as fits with an ellipsis behind it.

    >>> shorten("Grana Padano", 12, len), shorten("Grana Padano DOP", 12, len)
    ('Grana Padano', 'Grana Padan…')
    """
    if width(text) <= room:
        return text
    text = text.rstrip(ELLIPSIS)
    kept = _fitting(text, room - width(ELLIPSIS), width)
    return text[:kept].rstrip(" ") + ELLIPSIS
