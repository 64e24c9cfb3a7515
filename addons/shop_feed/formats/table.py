"""Items as lines of a table: CSV by RFC 4180, and TSV with one line an item whatever the texts hold.

>>> from .columns import Column
>>> tsv([Column("id"), Column("title")]).item({"title": 'Two\\nlines, 5" wide', "id": "7"})
'7\\t"Two lines, 5"" wide"\\n'
>>> csv_shape = comma_separated([Column("id"), Column("title")], for_people=True)
>>> csv_shape.head, csv_shape.item({"id": "7", "title": "=1+1"})
('\\ufeffid,title\\r\\n', "7,'=1+1\\r\\n")
"""

import csv
from types import SimpleNamespace

from odoo.addons.listino_pricelist.layout.words import harmless, one_line

from .columns import cell, checked

BYTE_ORDER_MARK = "\ufeff"


class TableShape:
    """Lines of cells below the names of the columns.

    :param columns: the :class:`~.columns.Column` of the file, in their order
    :param str dialect: a dialect of :mod:`csv`
    :param bool one_line: whether line breaks and tabs of a text become blanks
    :param bool for_people: whether people open it in a spreadsheet: no text runs as a formula, accents are read.
        For a channel the texts stay as they are.
    """

    tail = ""

    def __init__(self, columns, dialect, extension, *, one_line=False, for_people=False, **options):
        self._columns = checked(columns)
        self._writer = csv.writer(SimpleNamespace(write=str), dialect=dialect, **options)
        self._on_one_line, self._for_people = one_line, for_people
        self.extension, self.content_type = extension, f"text/{_SUBTYPES[extension]}; charset=utf-8"
        names = self._writer.writerow([column.name for column in self._columns])
        self.head = BYTE_ORDER_MARK + names if for_people else names

    def item(self, values):
        """The line of one item, its break included."""
        cells = [cell(column, values.get(column.name)) for column in self._columns]
        if self._on_one_line:
            cells = map(one_line, cells)
        if self._for_people:
            cells = map(harmless, cells)
        return self._writer.writerow(cells)


_SUBTYPES = {"csv": "csv", "tsv": "tab-separated-values"}


def comma_separated(columns, *, separator=",", for_people=False):
    """CSV; texts in quotes where they need them, line breaks kept."""
    return TableShape(columns, "excel", "csv", for_people=for_people, delimiter=separator)


def tsv(columns, *, for_people=False):
    """Tab-separated, a line an item."""
    return TableShape(columns, "excel-tab", "tsv", one_line=True, for_people=for_people, lineterminator="\n")
