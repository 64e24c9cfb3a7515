"""The price list as a spreadsheet: real numbers, categories as an outline that folds, filters, ready to print.

Every product row carries the path of its category, so that a filter or a sort never loses it. Rows go to disk as they
come (xlsxwriter's ``constant_memory``).

>>> from io import BytesIO
>>> from .listing import Column, Heading, Line, Listing
>>> listing = Listing("Price list", (Column("name", "Product"), Column("price", "Price", kind="price")))
>>> stream = BytesIO()
>>> write_xlsx(listing, [Heading(0, "Pasta"), Line(("Spaghetti", 1.25))], stream), stream.getvalue()[:2]
(1, b'PK')
"""

import xlsxwriter

from .sheet.limits import cell_text, sheet_name
from .sheet.styles import Styles
from .sheet.table import Table
from .words import clean, one_line


def write_xlsx(listing, blocks, stream):
    """Write the workbook to ``stream`` (open for writing bytes) and return how many products there were.

    :raise .sheet.limits.TooManyRows: where the list has more rows than a sheet can hold.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties(
            {
                "title": one_line(listing.title),
                "subject": one_line(listing.subtitle),
                "author": one_line(listing.company.name),
            }
        )
        styles = Styles(workbook, listing.accent)
        name = sheet_name(listing.subtitle or listing.title)
        count = Table(workbook.add_worksheet(name), styles, listing).write(blocks)
        write_particulars(workbook, styles, listing, name)
    return count


def write_particulars(workbook, styles, listing, taken_name):
    """A second sheet for what a table has no place for: sender, customer, the note of the list, terms."""
    name = sheet_name(listing.labels.note)
    sheet = workbook.add_worksheet(f"{name[:28]} 2" if name.lower() == taken_name.lower() else name)
    sheet.set_column(0, 0, 100)
    sheet.hide_gridlines(2)
    texts = [
        (listing.company.name, styles.subtitle),
        *((line, styles.plain) for line in listing.company.lines),
        ("", None),
    ]
    if listing.customer.name or listing.customer.lines:
        texts += [(listing.labels.customer, styles.plain), (listing.customer.name, styles.subtitle)]
        texts += [*((line, styles.plain) for line in listing.customer.lines), ("", None)]
    texts += [(f"{label}: {value}", styles.plain) for label, value in listing.all_facts]
    texts += [
        ("", None),
        *((part, styles.plain) for part in clean(listing.note).split("\n")),
        (listing.terms, styles.plain),
    ]
    for row, (text, style) in enumerate(texts):
        if text:
            sheet.write_string(row, 0, cell_text(text), style)
