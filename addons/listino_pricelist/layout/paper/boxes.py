"""What is set one under the other on a page: boxes with a height, that draw themselves from their upper edge down."""

from .look import FAINT, GREY, INK
from .wrap import shorten, wrap


class Gap:
    """Empty space; swallowed at the top of a page."""

    is_gap = True

    def __init__(self, height):
        self.height = height

    def draw(self, pen, top):
        """Nothing to draw."""


class TextLine:
    """One line of a paragraph."""

    is_gap = False

    def __init__(self, text, x, font, size, leading, colour=INK, above=0.0):
        self.height, self._above = leading + above, above
        self._what = (text, font, size, colour)
        self._x = x

    def draw(self, pen, top):
        text, font, size, colour = self._what
        pen.text(self._x, top - self._above - size, text, font, size, colour)


def paragraphs(text, x, room, font, size, leading, colour=INK):
    """The boxes of a text of several paragraphs; an empty line between two makes a small gap.

    :param str text: clean text with line feeds.
    """
    boxes = []
    for part in text.strip("\n").split("\n"):
        lines = wrap(font.prepare(part.strip()), room / size, font.width)
        boxes += [TextLine(line, x, font, size, leading, colour) for line in lines] or [Gap(leading / 2)]
    return boxes


class Rule:
    """The fine line under a row."""

    is_gap = False

    def __init__(self, left, right, height):
        self._left, self._right, self.height = left, right, height

    def draw(self, pen, top):
        pen.rule(self._left, top - self.height, self._right, FAINT)


class HeadingBox:
    """A category heading. Level 0 is a band in the house's colour, level 1 stands on a line, deeper ones are bold.

    :param str title: on one line.
    :param int depth: how deep it is nested, 0 for the outermost.
    :param str key: where links and bookmarks to it lead.
    :param bool follows: whether it stands right under another heading, hence closer.
    """

    is_gap = False
    _SIZES = (10.5, 9.6, 8.8, 8.4)  # by depth
    _ABOVE, _BELOW = (9.0, 9.0, 6.0, 4.0), (4.0, 3.0, 2.0, 2.0)
    _BAND = 4.2  # inside the band, above and below the words

    def __init__(self, title, depth, key, grid, fonts, *, follows=False):
        self._depth, self._key, self._grid, self._font = depth, key, grid, fonts.bold
        step = min(depth, 3)
        self._size = self._SIZES[step]
        self._leading = self._size * 1.25
        self._indent = grid.look.padding + (2.0 if depth == 0 else 6.0 * min(max(depth - 2, 0), 6))
        room = (grid.width - self._indent - 7.0) / self._size
        self._lines = wrap(self._font.prepare(title) or "–", room, self._font.width)[:6]
        self._inner = self._BAND if depth == 0 else 0.0
        self._above, self._below = self._ABOVE[step] * (0.45 if follows else 1.0), self._BELOW[step]
        self.height = self._above + len(self._lines) * self._leading + 2 * self._inner + self._below

    def draw(self, pen, top):
        grid, look = self._grid, self._grid.look
        pen.anchor(self._key, top)
        top -= self._above
        colour = look.strong if self._depth == 1 else INK
        if self._depth == 0:
            height = len(self._lines) * self._leading + 2 * self._inner
            pen.box(grid.left, top - height, grid.width, height, look.band)
            colour = look.on_band
        y = top - self._inner - self._size * 0.98
        for line in self._lines:
            pen.text(grid.left + self._indent, y, line, self._font, self._size, colour)
            y -= self._leading
        if self._depth == 1:
            pen.rule(grid.left, y + self._leading - 3.4, grid.right, look.strong, 0.7)


class ColumnLabels:
    """The headings of the columns, with the bands of their groups above: repeated on every page."""

    is_gap = False

    def __init__(self, grid, fonts):
        look = grid.look
        self._grid, self._font = grid, fonts.bold
        size = look.label_size
        self._labels = [
            (place, self._broken(place.column.label, place.width - 2 * look.padding, size)) for place in grid.places
        ]
        self._bands = [
            (left, right, self._broken(group, right - left - 2 * look.padding, size)[:2])
            for group, left, right in grid.bands()
        ]
        self._band_rows = max((len(lines) for *_edges, lines in self._bands), default=0)
        rows = max((len(lines) for _place, lines in self._labels), default=0)
        band = self._band_rows * look.label_leading + (4.0 if self._bands else 0)
        self.height = band + max(1, rows) * look.label_leading + 9.0 * look.scale

    def _broken(self, label, room, size):
        return wrap(self._font.prepare(" ".join(label.split())), room / size, self._font.width, limit=4)

    def draw(self, pen, top):
        grid, look = self._grid, self._grid.look
        bottom = top - self.height
        pen.box(grid.left, bottom, grid.width, self.height, look.tint)
        pen.rule(grid.left, bottom, grid.right, look.strong, 1.1)
        for left, right, lines in self._bands:
            self._draw_band(pen, top, left, right, lines)
        for place, lines in self._labels:
            y = bottom + 4.6 * look.scale + (len(lines) - 1) * look.label_leading
            for line in lines:
                self._draw_label(pen, place, y, line)
                y -= look.label_leading

    def _draw_band(self, pen, top, left, right, lines):
        look = self._grid.look
        y = top - 3.0 - look.label_size
        for line in lines:
            pen.centre((left + right) / 2, y, line, self._font, look.label_size, look.strong)
            y -= look.label_leading
        y = top - self._band_rows * look.label_leading - 4.4
        pen.rule(left + look.padding, y, right - look.padding, look.strong, 0.6)

    def _draw_label(self, pen, place, y, line):
        look = self._grid.look
        if place.column.is_number:
            pen.right(place.right - look.padding, y, line, self._font, look.label_size)
        else:
            pen.text(place.left + look.padding, y, line, self._font, look.label_size)


class ContentsEntry:
    """A line of the table of contents: title, dotted leader, page number, all of it a link."""

    is_gap = False

    def __init__(self, title, depth, key, page, fonts):
        self._title, self._depth, self._key, self._page = title, depth, key, str(page)
        self._fonts = fonts
        self.height = 12.6
        self.space = 5.0 if depth == 0 else 0.0  # above it, but at the top of a column

    def draw(self, pen, top, left, right, look):
        font = self._fonts.bold if self._depth == 0 else self._fonts.regular
        size = 9.2 if self._depth == 0 else 8.4
        y = top - self.height + 3.4
        x = left + 11.0 * self._depth
        number = right - font.width(self._page) * size
        title = shorten(font.prepare(self._title) or "–", (number - x - 14) / size, font.width)
        pen.text(x, y, title, font, size, look.strong if self._depth == 0 else INK)
        start = x + font.width(title) * size + 4
        if start < number - 6:
            pen.dots(start, y + 0.6, number - 4, GREY)
        pen.text(number, y, self._page, font, size)
        pen.link(self._key, left, y - 3, right, y + size)
