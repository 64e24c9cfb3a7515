"""From the cells of a table to values: cleaned, read, and checked one row at a time."""

import datetime
from dataclasses import dataclass, field, fields
from decimal import Decimal
from operator import attrgetter

from . import amounts, barcodes, text
from .columns import REPEATABLE
from .dates import NotADate, parse_date
from .errors import Remark


@dataclass(slots=True)
class Row:
    """What one row of the file says.

    :param list refusals: remarks for which it can't be imported
    :param list notes: remarks worth knowing
    """

    number: int
    reference: str = ""
    barcode: str = ""
    supplier_code: str = ""
    name: str = ""
    description: str = ""
    category: tuple = ()
    unit: str = ""
    currency: str = ""
    price: Decimal | None = None
    discount: Decimal | None = None
    vat: Decimal | None = None
    min_quantity: Decimal = Decimal(0)
    date_start: datetime.date | None = None
    date_end: datetime.date | None = None
    refusals: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def content(self):
        """What the file says, without our remarks.

        >>> Row(2, "A1", price=Decimal("1.20")).content[:2], Row(2).content == Row(2, notes=["new"]).content
        ((2, 'A1'), True)
        """
        return _content(self)

    def refuse(self, code, **details):
        """Remark why this row cannot be taken over."""
        self.refusals.append(Remark(code, details))

    def note(self, code, **details):
        """Remark what a person should know of this row; a note alone does not keep it out."""
        self.notes.append(Remark(code, details))


_content = attrgetter(*(each.name for each in fields(Row) if each.name not in ("refusals", "notes")))


class RowReader:
    """Reads the rows of one table.

    :param Table table: the file
    :param dict mapping: column index -> field (see `columns.FIELDS`)
    :param str decimal: "," or "." as decimal mark where a number can be read both ways; empty: the column tells
    :param str barcode_policy: what to do with a wrong barcode: ``refuse`` the row, ``drop`` it or ``keep`` it
    """

    def __init__(self, table, mapping, decimal="", barcode_policy="refuse"):
        self.table = table
        self.barcode_policy = barcode_policy
        self.columns = {}
        for index, name in sorted(mapping.items()):
            self.columns.setdefault(name, []).append(index)
        self.marks = {
            name: decimal or amounts.decimal_mark(table.column(indexes[0]))
            for name, indexes in self.columns.items()
            if name in ("price", "discount", "vat", "min_quantity")
        }

    def read(self):
        """:return: list of Row, one a row of the table"""
        return [self._read_row(number, cells) for number, cells in self.table.rows]

    def _read_row(self, number, cells):
        row = Row(number)
        if number in self.table.overlong:
            row.refuse("overlong")
        row.reference = _code(self._cell(cells, "reference"))
        row.supplier_code = _code(self._cell(cells, "supplier_code"))
        row.description = text.clean_text(self._cell(cells, "description"))
        row.unit = text.clean_text(self._cell(cells, "unit"))
        row.category = self._category(cells)
        self._read_name(row, cells)
        self._read_barcode(row, self._cell(cells, "barcode"))
        self._read_price(row, self._cell(cells, "price"))
        for name, parse in (("discount", amounts.parse_discount), ("vat", amounts.parse_percentage)):
            self._read_number(row, name, self._cell(cells, name), parse)
        self._read_number(row, "min_quantity", self._cell(cells, "min_quantity"), amounts.parse_number)
        self._read_dates(row, cells)
        return row

    def _cell(self, cells, name):
        """The cell of a field that only one column has."""
        index = self.columns.get(name, (None,))[0]
        return cells[index] if index is not None and index < len(cells) else None

    def _texts(self, cells, name):
        """The texts of a field that several columns may have."""
        assert name in REPEATABLE
        indexes = (index for index in self.columns.get(name, ()) if index < len(cells))
        return [found for index in indexes if (found := text.clean_text(cells[index]))]

    def _category(self, cells):
        return tuple(part for found in self._texts(cells, "category") for part in text.category_path(found))

    def _read_name(self, row, cells):
        name = " ".join(self._texts(cells, "name"))
        row.name = text.shorten(name)
        if row.name != name:
            row.note("name_shortened", length=len(name))

    def _read_barcode(self, row, cell):
        row.barcode = barcodes.read_barcode(cell)
        fault = barcodes.fault(row.barcode) if row.barcode else ""
        if not fault:
            return
        if fault == "shortened" or self.barcode_policy == "refuse":
            row.refuse(f"barcode_{fault}", barcode=row.barcode)
        elif self.barcode_policy == "drop":
            row.note("barcode_dropped", barcode=row.barcode)
            row.barcode = ""
        else:
            row.note("barcode_kept", barcode=row.barcode)

    def _read_price(self, row, cell):
        try:
            amount = amounts.parse_price(cell, self.marks.get("price", ","))
        except amounts.NotANumber:
            row.refuse("price_unreadable", value=_shown(cell))
            return
        row.price, row.currency = amount.value, amount.currency
        row.unit = row.unit or amount.unit
        if row.price is None:
            row.refuse("price_missing")
        elif row.price <= 0:
            row.refuse("price_zero" if row.price == 0 else "price_negative", value=_shown(cell))
        elif row.price >= amounts.MAX_AMOUNT:
            row.refuse("price_absurd", value=_shown(cell))

    def _read_number(self, row, name, cell, parse):
        try:
            value = parse(cell, self.marks.get(name, ","))
        except amounts.NotANumber:
            row.refuse(f"{name}_unreadable", value=_shown(cell))
            return
        if value is None:
            return
        if value < 0 or (name in ("discount", "vat") and value > 100):
            row.refuse(f"{name}_unreadable", value=_shown(cell))
        else:
            setattr(row, name, value)

    def _read_dates(self, row, cells):
        for name in ("date_start", "date_end"):
            cell = self._cell(cells, name)
            try:
                setattr(row, name, parse_date(cell))
            except NotADate:
                row.refuse("date_unreadable", value=_shown(cell))
        if row.date_start and row.date_end and row.date_start > row.date_end:
            row.refuse("dates_reversed", start=row.date_start, end=row.date_end)


def _code(cell):
    """A code as text: what a spreadsheet made a number gets no ".0".

    >>> _code(1234.0), _code(" AB  12 "), _code("007"), _code(True), _code(None)
    ('1234', 'AB 12', '007', '', '')
    """
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return text.clean_text(cell)


def _shown(cell):
    return text.shorten(text.clean_text(cell), 40)
