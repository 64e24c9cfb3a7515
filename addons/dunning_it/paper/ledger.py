"""A table of figures: thin rules, a head repeated on each page, rows that stay with the next.

Platypus has tables that can do more, and spend most of a letter's time on it.
"""

from dataclasses import dataclass

from reportlab.platypus import Flowable

from . import look
from .look import mm
from .typesetter import PADDING

_SIZE, _LEADING = 8.5, 11
_HEAD_SIZE, _HEAD_LEADING = 7.5, 9.5
_ABOVE = 3  # a row's room over its text and under it
_INDENT = 3 * mm
_FULL_PAGE = 0.75  # of a page's height: there a chain of rows that belong together is broken all the same

HAIR, RULE, NONE = (0.4, look.HAIR), (0.6, look.RULE), None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: for each column a string or a list of paragraphs.

    :param rule: what is drawn above.
    :param bool keep: whether the row stays on one page with the next.
    :param bool indent: of the first cell.
    """

    cells: tuple
    bold: bool = False
    rule: tuple | None = HAIR
    keep: bool = False
    indent: bool = False
    shade: bool = False


class Ledger(Flowable):
    """The table.

    :param list widths: of the columns, in points.
    :param int right: columns from this one on are aligned to the right.
    :param tuple head: a cell for each column, or None.
    """

    def __init__(self, setter, widths, rows, right, head=None):
        super().__init__()
        self._setter, self._widths, self._right, self._head = setter, widths, right, head
        self._rows = rows
        self._head_height = self._measure(head, _HEAD_LEADING) if head else 0
        self._heights = [self._measure(row.cells, _LEADING) for row in rows]
        self.width = sum(widths)
        self.spaceBefore, self.spaceAfter = 2, 10

    def _measure(self, cells, leading):
        tallest = leading
        for cell, width in zip(cells, self._widths, strict=True):
            if not isinstance(cell, str):
                tallest = max(tallest, sum(text.wrap(width - 2 * PADDING, 9999)[1] for text in cell))
        return tallest + 2 * _ABOVE

    # OVERRIDE: heights are known beforehand
    def wrap(self, _width, _height):
        self.height = self._head_height + sum(self._heights)
        return self.width, self.height

    # OVERRIDE: between rows that may be parted; each part has the head
    def split(self, _width, height):
        used, fitting = self._head_height, 0
        while fitting < len(self._rows) and used + self._heights[fitting] <= height:
            used += self._heights[fitting]
            fitting += 1
        count = fitting
        while count and self._rows[count - 1].keep:
            count -= 1
        if not count and height > _FULL_PAGE * look.PAGE_HEIGHT:
            count = fitting
        if not count:
            return []
        parts = [self._part(self._rows[:count]), self._part(self._rows[count:])]
        parts[0].spaceAfter = 0
        return parts

    def _part(self, rows):
        part = Ledger(self._setter, self._widths, rows, self._right, self._head)
        part.hAlign = self.hAlign
        return part

    # OVERRIDE: rules, then all strings in one text object, then the few paragraphs
    def draw(self):
        y, paragraphs = self.height, []
        text = self.canv.beginText()
        if self._head:
            text.setFillColor(look.SOFT)
            text.setFont(self._setter.family.regular, _HEAD_SIZE)
            self._rule(y, RULE)
            self._write(text, paragraphs, self._head, y, _HEAD_SIZE, bottom=y - self._head_height)
            y -= self._head_height
        text.setFillColor(look.INK)
        for place, (row, height) in enumerate(zip(self._rows, self._heights, strict=True)):
            if row.shade:
                self._fill(y, height)
            self._rule(y, RULE if place == 0 else row.rule)
            text.setFont(self._setter.family.bold if row.bold else self._setter.family.regular, _SIZE)
            self._write(text, paragraphs, row.cells, y, _SIZE, row.indent * _INDENT, bold=row.bold)
            y -= height
        self._rule(y, RULE)
        self.canv.drawText(text)
        for paragraph, x, bottom in paragraphs:
            paragraph.drawOn(self.canv, x, bottom)

    def _write(self, text, paragraphs, cells, top, size, indent=0, bottom=None, bold=False):
        """The cells of a row whose upper edge is ``top``; standing on ``bottom`` if given."""
        x = 0
        line = top - _ABOVE - size if bottom is None else bottom + _ABOVE + 2
        for column, (cell, width) in enumerate(zip(cells, self._widths, strict=True)):
            if not isinstance(cell, str):
                self._place(paragraphs, cell, x + PADDING, top - _ABOVE)
            elif cell:
                left = x + PADDING + (indent if column == 0 else 0)
                if column >= self._right:
                    left = x + width - PADDING - self._setter.family.width(cell, size, bold)
                text.setTextOrigin(left, line)
                text.textOut(cell)
            x += width

    @staticmethod
    def _place(paragraphs, cell, x, y):
        for paragraph in cell:
            y -= paragraph.height
            paragraphs.append((paragraph, x, y))

    def _rule(self, y, rule):
        if rule:
            thickness, colour = rule
            self.canv.setLineWidth(thickness)
            self.canv.setStrokeColor(colour)
            self.canv.line(0, y, self.width, y)

    def _fill(self, y, height):
        self.canv.setFillColor(look.SHADE)
        self.canv.rect(0, y - height, self.width, height, stroke=0, fill=1)
