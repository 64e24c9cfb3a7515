"""From the bytes of a file to a table, or a clear reason why not."""

from .csv_file import read_csv
from .errors import UnreadableFile
from .table import find_table
from .xlsx_file import kind_of_zip, read_sheets

MAX_BYTES = 20 * 2**20
MAX_ROWS = 30_000

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # an archive, and one without files
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "document"),
    (b"Rar!", "zip"),
    (b"7z\xbc\xaf", "zip"),
    (b"\x1f\x8b", "zip"),
)


def kind_of(content):
    """What a file really is, whatever its name says.

    >>> kind_of(b"Codice;Prezzo"), kind_of(b"%PDF-1.7"), kind_of(b"<html><table>"), kind_of(b" ")
    ('csv', 'pdf', 'html', 'empty')
    """
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not content.strip():
        return "empty"
    if content.startswith(_ZIP):
        return kind_of_zip(content)
    if content.startswith(_OLE):
        return "encrypted" if _ENCRYPTED in content else "xls"
    for mark, kind in _MARKS:
        if content.startswith(mark):
            return kind
    lowered = head.lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<table", b"<head")):
        return "html"
    return "xml" if lowered.startswith(b"<?xml") else "csv"


def read_table(content, sheet="", max_rows=MAX_ROWS):
    """The table in a file.

    :param bytes content: the file
    :param str sheet: which sheet of a workbook; the first that holds a table when empty
    :param int max_rows: refuse longer tables
    :raise UnreadableFile: with a code that says why
    """
    if len(content) > MAX_BYTES:
        raise UnreadableFile("too_big", limit=MAX_BYTES // 2**20)
    kind = kind_of(content)
    if kind == "csv":
        return find_table(read_csv(content), max_rows, is_text=True)
    if kind == "xlsx":
        return _table_in(read_sheets(content), sheet, max_rows)
    raise UnreadableFile(kind)


def _table_in(sheets, wanted, max_rows):
    """The table of the wanted sheet, else of the first sheet that has one."""
    if wanted:
        sheets = [(name, rows) for name, rows in sheets if name.casefold() == wanted.strip().casefold()]
        if not sheets:
            raise UnreadableFile("no_sheet", sheet=wanted)
    failure = UnreadableFile("empty")
    for _name, rows in sheets:
        try:
            return find_table(rows, max_rows)
        except UnreadableFile as error:
            if failure.code == "empty":
                failure = error
    raise failure
