"""Items as an Excel file, rows sent to disk as they come; every cell is text, none a formula or a link.

>>> from io import BytesIO
>>> from .columns import Column
>>> stream = BytesIO()
>>> write_xlsx([Column("id"), Column("title")], [{"id": "7", "title": "=1+1"}], stream), stream.getvalue()[:2]
(1, b'PK')
"""

from datetime import datetime

import xlsxwriter

from odoo.addons.listino_pricelist.layout.sheet.limits import ROWS_AT_MOST, TooManyRows, cell_text

from .columns import cell, checked

EXTENSION, CONTENT_TYPE = "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CREATED = datetime(2000, 1, 1)  # a date of its own would make each file another one
_WIDTH = 24


def write_xlsx(columns, items, stream, *, title="feed"):
    """Write a workbook to ``stream`` (open for writing bytes) and return how many items it has.

    :raise TooManyRows: where there are more than a sheet can hold
    """
    columns = checked(columns)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties({"created": _CREATED})
        sheet = workbook.add_worksheet(title)
        sheet.set_column(0, max(len(columns) - 1, 0), _WIDTH)
        sheet.freeze_panes(1, 0)
        bold = workbook.add_format({"bold": True})
        for number, column in enumerate(columns):
            sheet.write_string(0, number, column.name, bold)
        return _write_rows(sheet, columns, items)


def _write_rows(sheet, columns, items):
    row = 0
    for row, values in enumerate(items, 1):
        if row >= ROWS_AT_MOST:
            raise TooManyRows(ROWS_AT_MOST - 1)
        for number, column in enumerate(columns):
            if text := cell(column, values.get(column.name)):
                sheet.write_string(row, number, cell_text(text))
    return row
