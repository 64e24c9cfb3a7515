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
    :param set overlong: numbers of the rows with more cells than the header: one of their cells was split
    """

    headers: list
    rows: list = field(default_factory=list)
    overlong: set = field(default_factory=set)

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


def find_table(numbered_rows, max_rows, is_text=False):
    """Build the table from the rows of a sheet: titles above it are skipped, empty rows and columns dropped.

    :param numbered_rows: iterable of (row number, cells)
    :param int max_rows: refuse more rows than this under the header
    :param bool is_text: whether the rows come from a text file, where a stray delimiter shifts cells
    :raise UnreadableFile: ``empty``, ``no_header``, ``only_header``, ``too_many_rows``, ``too_many_columns``

    >>> table = find_table([(1, ["Listino 2026", ""]), (3, ["Codice", "Prezzo"]), (4, ["A1", "1,20"])], 10)
    >>> table.headers, table.rows
    (['Codice', 'Prezzo'], [(4, ['A1', '1,20'])])
    """
    rows = [(number, cells) for number, cells in numbered_rows if any(not is_blank(cell) for cell in cells)]
    if not rows:
        raise UnreadableFile("empty")
    position = _header_position(rows)
    header, body = rows[position][1], rows[position + 1 :]
    if not body:
        raise UnreadableFile("only_header")
    if len(body) > max_rows:
        raise UnreadableFile("too_many_rows", limit=max_rows)
    overlong = _overlong_rows(header, body) if is_text else set()
    width = _width(header, (cells for number, cells in body if number not in overlong))
    if width > MAX_COLUMNS:
        raise UnreadableFile("too_many_columns", limit=MAX_COLUMNS)
    return Table(_column_names(header, width), body, overlong)


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
    return (
        len(texts) >= 2
        and all(isinstance(cell, str) for cell in cells if not is_blank(cell))
        and not any(_is_number(text) for text in texts)
    )


def _is_number(text):
    try:
        return parse_price(text).value is not None
    except NotANumber:
        return False


def _overlong_rows(header, body):
    """The rows that hold something beyond the header, unless most do: then the header lacks a name."""
    found = {number for number, cells in body if any(not is_blank(cell) for cell in cells[len(header) :])}
    return found if len(found) * 5 <= len(body) or len(found) == 1 else set()


def _width(header, bodies):
    """Columns up to the last one that holds anything."""
    width = 0
    for cells in (header, *bodies):
        while len(cells) > width and any(not is_blank(cell) for cell in cells[width:]):
            width += 1
    return width


def _column_names(header, width):
    """A unique name for every column, also where the header has none but the rows do."""
    names, seen = [], {}
    for index in range(width):
        name = clean_text(header[index]) if index < len(header) else ""
        name = name or f"({column_letter(index)})"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


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
