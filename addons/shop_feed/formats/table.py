"""Items as lines of a table: CSV by RFC 4180, and TSV with one line an item whatever the texts hold.

>>> from .columns import Column
>>> tsv([Column("id"), Column("title")]).item({"title": 'Two\\nlines, 5" wide', "id": "7"})
'7\\t"Two lines, 5"" wide"\\n'
>>> csv_shape = comma_separated([Column("id"), Column("title")])
>>> csv_shape.head, csv_shape.item({"id": "7", "title": "Salt, fine"})
('id,title\\r\\n', '7,"Salt, fine"\\r\\n')
"""

import csv

from odoo.addons.listino_pricelist.layout.words import one_line

from .columns import ECHO, cell, checked


class TableShape:
    """Lines of cells below the names of the columns; for a channel, so the texts stay as they are.

    :param columns: the :class:`~.columns.Column` of the file, in their order
    :param str dialect: a dialect of :mod:`csv`
    :param bool one_line: whether line breaks and tabs of a text become blanks
    """

    tail = ""

    def __init__(self, columns, dialect, extension, *, one_line=False, **options):
        self._columns = checked(columns)
        self._writer = csv.writer(ECHO, dialect=dialect, **options)
        self._on_one_line = one_line
        self.extension, self.content_type = extension, f"text/{_SUBTYPES[extension]}; charset=utf-8"
        self.head = self._writer.writerow([column.name for column in self._columns])

    def item(self, values):
        """The line of one item, its break included."""
        cells = [cell(column, values.get(column.name)) for column in self._columns]
        if self._on_one_line:
            cells = map(one_line, cells)
        return self._writer.writerow(cells)


_SUBTYPES = {"csv": "csv", "tsv": "tab-separated-values"}


def comma_separated(columns):
    """CSV; texts in quotes where they need them, line breaks kept."""
    return TableShape(columns, "excel", "csv")


def tsv(columns):
    """Tab-separated, a line an item."""
    return TableShape(columns, "excel-tab", "tsv", one_line=True, lineterminator="\n")
