"""What the file format and the programs that read it allow."""

import re

from ..words import clean, one_line

IMAGES_AT_MOST = 500  # products; a longer list comes without pictures, which a workbook keeps in memory
TEXT_AT_MOST = 32_767  # characters of a cell
ROWS_AT_MOST = 1_048_576
BREAKS_AT_MOST = 1_000  # page breaks of a sheet
OUTLINE_AT_MOST = 7  # levels


class TooManyRows(ValueError):
    """The list has more rows than a sheet can hold; in parts, or as CSV, it can be written.

    :param int limit: how many it can hold
    """

    def __init__(self, limit):
        super().__init__(f"A sheet holds {limit} rows: write the list in parts, or as CSV.")
        self.limit = limit


def sheet_name(title):
    """A name that spreadsheets accept: at most 31 characters, none of ``[]:*?/\\``, no apostrophe at its ends.

    >>> sheet_name("Listino: rivenditori 2025/26 [bozza]"), sheet_name("''"), sheet_name("history")
    ('Listino rivenditori 2025 26 boz', 'Listino', 'history_')
    """
    name = re.sub(r"[\[\]:*?/\\ ]+", " ", one_line(title)).strip("' ")[:31].rstrip("' ")
    return f"{name}_" if name.lower() == "history" else name or "Listino"


def cell_text(text):
    """Clean text no longer than a cell may be; what is cut shows it.

    >>> len(cell_text("a" * 40000)), cell_text("a" * 40000)[-1] == "\u2026"
    (32767, True)
    """
    text = clean(text)
    return text if len(text) <= TEXT_AT_MOST else text[: TEXT_AT_MOST - 1] + "…"
