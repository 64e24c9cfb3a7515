"""CSV as Excel, accounting programs and web shops write it."""

import codecs
import csv
import html
import io
import itertools
import re
from collections import Counter

from .errors import UnreadableFile

DELIMITERS = ";,\t|"
MAX_LINES_IN_A_CELL = 100

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENTITY = re.compile(r"&#?\w{2,8};")
_EIGHT_BIT = ("cp1252", "cp858", "mac-roman")
_LIKELY = set("àèéìòùÀÈÉÌÒÙ€°çñêôâîûëïäöü’“”–ß")


def read_csv(content):
    """The rows of a CSV file.

    :param bytes content: the file
    :return: list of (row number in the file, list of texts)
    :raise UnreadableFile: ``encoding``, ``open_quotes``

    >>> read_csv("Codice;Prezzo\\nA1;1,20\\n".encode())
    [(1, ['Codice', 'Prezzo']), (2, ['A1', '1,20'])]
    """
    text = decode(content)
    first, _newline, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:
        delimiter, text, skipped = first.strip()[4:] or "\t", rest, 1
    else:
        delimiter = detect_delimiter(text)
    if delimiter == ";":
        text = _ENTITY.sub(_without_semicolon, text)
    return _rows(text, delimiter, skipped)


def decode(content):
    """The text of a file in whatever encoding it was saved: Unicode, Windows, DOS (cp858) or old Macintosh.

    >>> [decode("Caffè 1 €".encode(code)) for code in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp858")]
    ['Caffè 1 €', 'Caffè 1 €', 'Caffè 1 €', 'Caffè 1 €', 'Caffè 1 €']
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strict(content, encoding)
    if b"\0" in content[:4000]:
        odd, even = content[1:4000:2].count(0), content[:4000:2].count(0)
        return _strict(content, "utf-16-le" if odd > even else "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return max((_guess(content, encoding) for encoding in _EIGHT_BIT), key=lambda guess: guess[0])[1]


def detect_delimiter(text):
    """The delimiter that splits the first lines most evenly into most columns.

    >>> detect_delimiter("a;b;c\\n1,5;2;3\\n"), detect_delimiter('a,b\\n"1,5",2\\n'), detect_delimiter("a\\tb\\n1\\t2")
    (';', ',', '\\t')
    """
    return max(DELIMITERS, key=lambda delimiter: (*_evenness(text, delimiter), -DELIMITERS.index(delimiter)))


def _without_semicolon(found):
    """An HTML entity as its character, so that its semicolon does not split the cell; quotation marks stay marks.

    >>> read_csv(b"A;B\\nall&#39;uovo &quot;5&quot;;1&B;C")[1]
    (2, ["all'uovo &quot5&quot", '1&B', 'C'])
    """
    entity = found.group()
    mark = html.unescape(entity)
    return entity[:-1] if mark in '";' else mark


def _strict(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile("encoding") from None


def _guess(content, encoding):
    """How Italian a text looks in an encoding: likely letters count for it, other strange ones against it."""
    text = content.decode(encoding, errors="replace")
    strange = Counter(mark for mark in text if mark > "\x7f")
    return sum(count if mark in _LIKELY else -count for mark, count in strange.items()), text


def _evenness(text, delimiter):
    """(does it split at all, share of lines with the commonest width, that width) over the first 50 lines.

    Line by line: a quotation mark that is never closed must not hide the rest of the file.
    """
    lines = [line for line in itertools.islice(io.StringIO(text[:200_000]), 51) if line.strip()]
    try:
        widths = [len(cells) for line in lines for cells in csv.reader([line.rstrip("\r\n")], delimiter=delimiter)]
    except csv.Error:
        return False, 0, 0
    counted = Counter(width for width in widths if width > 1)
    if not counted:
        return False, 0, 0
    width, count = max(counted.items(), key=lambda item: (item[1], item[0]))
    return True, round(count / len(widths), 1), width


def _rows(text, delimiter, skipped):
    """The rows, each with the number of the row (not of the line: a quoted cell may hold several)."""
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    rows = []
    try:
        for number, cells in enumerate(reader, start=1 + skipped):
            if any(cell.count("\n") > MAX_LINES_IN_A_CELL for cell in cells):
                raise UnreadableFile("open_quotes", row=number)
            rows.append((number, cells))
    except csv.Error:
        raise UnreadableFile("open_quotes", row=len(rows) + 1 + skipped) from None
    return rows
