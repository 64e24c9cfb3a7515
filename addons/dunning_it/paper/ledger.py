"""A table of figures: thin rules, a head repeated on each page, rows that stay with the next.

Platypus has tables that can do more, and spend most of a letter's time on it.
"""

from dataclasses import dataclass

from reportlab.platypus import Flowable

from . import look
from .fonts import width as text_width
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
        self._rows, self._text = rows, None
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

    # OVERRIDE: strings share text objects; all in the order in which a person, or a screen reader, reads
    def draw(self):
        family, y = self._setter.family, self.height
        self._rule(y, RULE)
        if self._head:
            self._begin(family.regular, _HEAD_SIZE, look.SOFT)
            self._write(self._head, y, y - self._head_height + _ABOVE + 2)
            y -= self._head_height
        self._begin(family.regular, _SIZE, look.INK)
        for place, (row, height) in enumerate(zip(self._rows, self._heights, strict=True)):
            if row.shade:
                self._fill(y, height)
            if place or self._head:
                self._rule(y, row.rule if place else RULE)
            self._font = family.bold if row.bold else family.regular
            self._text.setFont(self._font, _SIZE)
            self._write(row.cells, y, y - _ABOVE - _SIZE, row.indent * _INDENT)
            y -= height
        self._rule(y, RULE)
        self.canv.drawText(self._text)

    def _begin(self, font, size, colour):
        """A new text object, after what was written so far."""
        if self._text:
            self.canv.drawText(self._text)
        self._font, self._size, self._colour = font, size, colour
        self._text = self.canv.beginText()
        self._text.setFillColor(colour)
        self._text.setFont(font, size)

    def _write(self, cells, top, line, indent=0):
        """The cells of a row whose upper edge is ``top`` and whose strings stand on ``line``."""
        x = 0
        for column, (cell, width) in enumerate(zip(cells, self._widths, strict=True)):
            if not isinstance(cell, str):
                self._place(cell, x + PADDING, top - _ABOVE)
            elif cell:
                left = x + PADDING + (0 if column else indent)
                if column >= self._right:
                    left = x + width - PADDING - text_width(cell, self._font) * self._size
                self._text.setTextOrigin(left, line)
                self._text.textOut(cell)
            x += width

    def _place(self, paragraphs, x, y):
        self.canv.drawText(self._text)
        for paragraph in paragraphs:
            y -= paragraph.height
            paragraph.drawOn(self.canv, x, y)
        self._text = None
        self._begin(self._font, self._size, self._colour)

    def _rule(self, y, rule):
        if rule:
            thickness, colour = rule
            self.canv.setLineWidth(thickness)
            self.canv.setStrokeColor(colour)
            self.canv.line(0, y, self.width, y)

    def _fill(self, y, height):
        self.canv.setFillColor(look.SHADE)
        self.canv.rect(0, y - height, self.width, height, stroke=0, fill=1)
