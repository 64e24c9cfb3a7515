"""XLSX workbooks, read without trusting them."""

import contextlib
import io
import re
import zipfile
import zlib

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from .errors import UnreadableFile

MAX_UNPACKED = 300 * 2**20
MAX_RATIO = 200

# What zipfile raises for an archive that is cut off, changed on its way or locked, as late as when a part is read.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def read_sheets(content):
    """The sheets of a workbook that a person can see.

    :param bytes content: the file
    :return: list of (name, list of (row number, list of cells))
    :raise UnreadableFile: ``damaged``, ``bomb``, ``formulas``
    """
    with _open_zip(content) as archive:
        _check_size(archive)
        _check_entities(archive)
        has_formulas = _has_formulas(archive)
    sheets = _load(content, data_only=True)
    if has_formulas:
        _check_formulas(sheets, _load(content, data_only=False))
    return sheets


def kind_of_zip(content):
    """What a ZIP archive really is: ``xlsx``, ``xlsb``, ``ods``, another ``document``, or just a ``zip``."""
    with _open_zip(content) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "xl/workbook.bin" in names:
            return "xlsb"
        if "mimetype" in names and b"spreadsheet" in archive.read("mimetype")[:200]:
            return "ods"
        return "document" if "[Content_Types].xml" in names or "mimetype" in names else "zip"


@contextlib.contextmanager
def _open_zip(content):
    """The archive; whatever is broken in it, found now or while it is read, means the same here."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except _BROKEN:
        raise UnreadableFile("damaged") from None


def _check_size(archive):
    """Refuse what would unpack to an absurd size, before unpacking anything."""
    total = sum(info.file_size for info in archive.infolist())
    packed = sum(info.compress_size for info in archive.infolist()) or 1
    if total > MAX_UNPACKED or (total > MAX_UNPACKED // 10 and total / packed > MAX_RATIO):
        raise UnreadableFile("bomb", size=total // 2**20)
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise UnreadableFile("encrypted")


def _check_entities(archive):
    """No honest workbook declares XML entities."""
    for info in archive.infolist():
        if info.filename.endswith((".xml", ".rels")):
            with archive.open(info) as part:
                if b"<!DOCTYPE" in part.read(2000).upper():
                    raise UnreadableFile("damaged")


def _has_formulas(archive):
    """Whether any sheet holds a formula; parts are read in pieces, so size does not matter."""
    for info in archive.infolist():
        if not info.filename.startswith("xl/worksheets/"):
            continue
        with archive.open(info) as part:
            tail = b""
            while piece := part.read(2**20):
                if re.search(rb"<f[ >/]", tail + piece):
                    return True
                tail = piece[-4:]
    return False


def _load(content, data_only):
    """All visible sheets; openpyxl meets broken files with many kinds of errors, which all mean the same here."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
        return [(sheet.title, _rows(sheet)) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        SyntaxError,
        EOFError,
        OSError,
        zlib.error,
    ):
        raise UnreadableFile("damaged") from None


def _rows(sheet):
    """The rows that hold something; the dimension that the file declares is often wrong and is not used."""
    sheet.reset_dimensions()
    return [
        (number, list(cells))
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1)
        if any(cell is not None for cell in cells)
    ]


def _check_formulas(computed, written):
    """Refuse a workbook with formulas whose results were never saved: the cells would look empty."""
    for (_title, values), (title, formulas) in zip(computed, written, strict=True):
        values = dict(values)
        for number, cells in formulas:
            results = values.get(number, [])
            for index, cell in enumerate(cells):
                is_formula = isinstance(cell, str) and cell.startswith("=")
                if is_formula and (index >= len(results) or results[index] is None):
                    raise UnreadableFile("formulas", sheet=title, row=number, column=index)
