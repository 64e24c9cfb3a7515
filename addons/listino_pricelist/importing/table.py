"""A sheet of cells, and where in it the table begins."""

from dataclasses import dataclass, field

from .amounts import NotANumber, parse_price
from .columns import recognise_header
from .errors import UnreadableFile
from .text import clean_text

HEADER_DEPTH = 30
MAX_COLUMNS = 200


@dataclass(slots=True)
class Table:
    """The header and the rows under it.

    :param list headers: one unique name a column
    :param list rows: pairs (row number in the file, list of cells), empty rows left out
    :param str sheet: name of the sheet, where the file has sheets
    """

    headers: list
    rows: list = field(default_factory=list)
    sheet: str = ""

    def column(self, index):
        """All cells of a column."""
        return [cells[index] if index < len(cells) else None for _number, cells in self.rows]

    def sample(self, index, count=3):
        """The first different texts of a column, to show what it holds."""
        found = []
        for cell in self.column(index)[:200]:
            text = clean_text(cell)
            if text and text not in found:
                found.append(text)
            if len(found) == count:
                break
        return " · ".join(found)


def find_table(numbered_rows, max_rows, sheet=""):
    """Build the table from the rows of a sheet: titles above it are skipped, empty rows and columns dropped.

    :param numbered_rows: iterable of (row number, cells)
    :param int max_rows: refuse more rows than this under the header
    :raise UnreadableFile: ``empty``, ``no_header``, ``too_many_rows``, ``too_many_columns``

    >>> table = find_table([(1, ["Listino 2026", ""]), (3, ["Codice", "Prezzo"]), (4, ["A1", "1,20"])], 10)
    >>> table.headers, table.rows
    (['Codice', 'Prezzo'], [(4, ['A1', '1,20'])])
    """
    rows = []
    for number, cells in numbered_rows:
        if any(not is_blank(cell) for cell in cells):
            rows.append((number, cells))
            if len(rows) > max_rows + HEADER_DEPTH:
                raise UnreadableFile("too_many_rows", limit=max_rows)
    if not rows:
        raise UnreadableFile("empty")
    position = _header_position(rows)
    body = rows[position + 1 :]
    if not body:
        raise UnreadableFile("only_header")
    if len(body) > max_rows:
        raise UnreadableFile("too_many_rows", limit=max_rows)
    return _trimmed(Table(_column_names(rows[position][1], body), body, sheet))


def is_blank(cell):
    """Nothing in it that a person could see."""
    return cell is None or (isinstance(cell, str) and not cell.strip("\u00a0\ufeff \t\r\n"))


def _header_position(rows):
    """Which row is the header: of the first rows that look like one, the one with most columns we know.

    A row looks like a header when it holds two texts or more and nothing that reads as a number.
    """
    candidates = [
        (recognise_header(cells), -position)
        for position, (_number, cells) in enumerate(rows[:HEADER_DEPTH])
        if _looks_like_header(cells)
    ]
    if not candidates:
        raise UnreadableFile("no_header")
    return -max(candidates)[1]


def _looks_like_header(cells):
    texts = [clean_text(cell) for cell in cells if not is_blank(cell)]
    return len(texts) >= 2 and all(isinstance(cell, str) for cell in cells if not is_blank(cell)) and not any(
        _is_number(text) for text in texts
    )


def _is_number(text):
    try:
        return parse_price(text).value is not None
    except NotANumber:
        return False


def _column_names(header, body):
    """A unique name for every column, also where the header has none but the rows do."""
    width = max(len(header), *(len(cells) for _number, cells in body))
    if width > MAX_COLUMNS:
        header, width = _without_blank_tail(header, body)
    names, seen = [], {}
    for index in range(width):
        name = clean_text(header[index]) if index < len(header) else ""
        name = name or f"({column_letter(index)})"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _without_blank_tail(header, body):
    width = max(
        index + 1 for cells in (header, *(cells for _n, cells in body)) for index, c in enumerate(cells) if not is_blank(c)
    )
    if width > MAX_COLUMNS:
        raise UnreadableFile("too_many_columns", limit=MAX_COLUMNS)
    return header[:width], width


def _trimmed(table):
    """Without the nameless columns at the end that hold nothing."""
    last = len(table.headers)
    while last > 1 and table.headers[last - 1] == f"({column_letter(last - 1)})" and all(
        is_blank(cell) for cell in table.column(last - 1)
    ):
        last -= 1
    table.headers = table.headers[:last]
    return table


def column_letter(index):
    """The letter a spreadsheet gives to a column.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701), column_letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
