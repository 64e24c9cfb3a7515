"""The price list as CSV, for other programs: one header row, one row a product, the category in a column of its own.

Where the language writes a decimal comma the separator is a semicolon, as its spreadsheets expect; UTF-8 with a byte
order mark, so that they read the accents. Text that a spreadsheet would run as a formula gets an apostrophe in front.

>>> from io import BytesIO
>>> from .figures import NumberFormat
>>> from .listing import Column, Heading, Line, Listing
>>> columns = (Column("name", "Prodotto"), Column("price", "Prezzo", kind="price", group="da 10"))
>>> listing = Listing("Listino", columns, numbers=NumberFormat(",", "."))
>>> stream = BytesIO()
>>> write_csv(listing, [Heading(0, "Pasta"), Line(("=Penne", 1234.5), note="Trafilate al bronzo")], stream)
1
>>> print(stream.getvalue().decode("utf-8-sig").replace("\\r\\n", "\\n").strip())
Category;Prodotto;Prezzo da 10;Notes
Pasta;'=Penne;1234,50;Trafilate al bronzo
"""

import csv
from io import TextIOWrapper

from .listing import IMAGE, Heading
from .trail import Trail
from .words import harmless, one_line


def write_csv(listing, blocks, stream):
    """Write the rows to ``stream`` (open for writing bytes; left open) and return how many products there were.

    Pictures have no column here. Notes stand on one line. Nothing is kept in memory.
    """
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    numbers = listing.numbers
    writer = csv.writer(text, delimiter=";" if numbers.has_decimal_comma else ",")
    columns = [(index, column) for index, column in enumerate(listing.columns) if column.kind != IMAGE]
    labels = [listing.labels.category, *(column.full_label for _index, column in columns), listing.labels.note]
    writer.writerow([harmless(one_line(label)) for label in labels])
    trail, category, count = Trail(), "", 0
    for block in blocks:
        if isinstance(block, Heading):
            trail.follow(block)
            category = harmless(trail.text())
            continue
        cells = block.cells
        row = [_cell(column, cells[index] if index < len(cells) else None, numbers) for index, column in columns]
        writer.writerow([category, *row, harmless(one_line(block.note))])
        count += 1
    text.flush()
    text.detach()
    return count


def _cell(column, value, numbers):
    if value is None or value is False:
        return ""
    if column.is_number:
        text = numbers.plain(value, column.decimals_of(value))
        return text if column.kind == "price" else _without_idle_zeros(text, numbers.decimal)
    return harmless(one_line(value))


def _without_idle_zeros(text, decimal):
    """
    >>> _without_idle_zeros("22,00", ","), _without_idle_zeros("0,50", ","), _without_idle_zeros("100", ",")
    ('22', '0,5', '100')
    """
    return text.rstrip("0").removesuffix(decimal) if decimal in text else text
