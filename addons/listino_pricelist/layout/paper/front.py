"""The first page above the rows: letterhead, title with its facts, customer, note, table of contents."""

from io import BytesIO

from reportlab.lib.utils import ImageReader

from ..images import thumbnail
from ..words import clean, one_line
from .boxes import ContentsEntry, Gap, TextLine, paragraphs
from .look import GREY, INK, SHADE
from .wrap import wrap

LOGO_WIDTH, LOGO_HEIGHT = 170.0, 54.0
COLUMN_GAP = 26.0  # between the two columns of the table of contents
# Of the table of contents, for each page of rows and at most; beyond, the deepest categories have bookmarks alone.
ENTRIES_A_PAGE, LEAST_ENTRIES, MOST_ENTRIES = 10, 40, 400
ENTRIES_IN_ONE_COLUMN = 14


class Letterhead:
    """Logo (or the name, large) on the left, the company's lines on the right, a rule under both."""

    is_gap = False

    def __init__(self, company, grid, fonts):
        self._grid, self._fonts = grid, fonts
        self._logo = read_logo(company.logo)
        room = grid.width * 0.5
        bold, regular = fonts.bold, fonts.regular
        self._name = wrap(bold.prepare(one_line(company.name)), room / (10 if self._logo else 17), bold.width, 2)
        self._lines = [
            piece
            for line in company.lines
            for piece in wrap(regular.prepare(one_line(line)), room / 7.8, regular.width, 2)
        ][:10]
        left = self._logo[2] if self._logo else 20.0 * len(self._name)
        right = 9.8 * len(self._lines) + (13.0 * len(self._name) if self._logo else 0.0)
        self._inner = max(left, right)
        self.height = self._inner + 18.0 if self._inner else 0.0

    def draw(self, pen, top):
        if not self.height:
            return
        grid, look = self._grid, self._grid.look
        y = top
        if self._logo:
            image, wide, high = self._logo
            pen.picture(image, grid.left, top - high, wide, high)
            for line in self._name:
                pen.right(grid.right, y - 9.5, line, self._fonts.bold, 10, INK)
                y -= 13.0
        else:
            for row, line in enumerate(self._name):
                pen.text(grid.left, top - 15 - 20 * row, line, self._fonts.bold, 17, look.strong)
        for line in self._lines:
            pen.right(grid.right, y - 7.6, line, self._fonts.regular, 7.8, GREY)
            y -= 9.8
        pen.rule(grid.left, top - self._inner - 8, grid.right, look.strong, 1.4)


def read_logo(data):
    """The logo as (image, width, height) on paper, or None."""
    small = thumbnail(data, int(LOGO_WIDTH * 4), int(LOGO_HEIGHT * 4), keep_sharp=True)
    if not small:
        return None
    content, (wide, high) = small
    scale = min(LOGO_WIDTH / wide, LOGO_HEIGHT / high)
    return ImageReader(BytesIO(content)), wide * scale, high * scale


class TitleBlock:
    """Title, name of the list and facts on the left; the customer in a box on the right."""

    is_gap = False
    _TITLE, _SUBTITLE, _FACT = 21.0, 11.5, 8.6

    def __init__(self, listing, grid, fonts):
        self._grid, self._fonts = grid, fonts
        bold, regular = fonts.bold, fonts.regular
        self._has_customer = bool(listing.customer.name or listing.customer.lines)
        self._split = grid.width * (0.56 if self._has_customer else 1.0)
        room = self._split - 8
        self._title = wrap(bold.prepare(one_line(listing.title)), room / self._TITLE, bold.width, 3)
        self._subtitle = wrap(regular.prepare(one_line(listing.subtitle)), room / self._SUBTITLE, regular.width, 3)
        self._facts = self._measure_facts(listing.all_facts, room)
        self._customer = self._measure_customer(listing) if self._has_customer else []
        left = 25.0 * len(self._title) + 15.0 * len(self._subtitle)
        left += sum(12.0 * len(lines) for _label, _indent, lines in self._facts) + (8.0 if self._facts else 0)
        right = 22.0 + 11.2 * len(self._customer) if self._customer else 0
        self._box_height = right
        self.height = max(left, right) + 12.0

    def _measure_facts(self, facts, room):
        """[(label, where the values begin, lines of the value)]"""
        regular, bold, size = self._fonts.regular, self._fonts.bold, self._FACT
        facts = [(regular.prepare(label), bold.prepare(value)) for label, value in facts[:12]]
        indent = min(room / 2, max((regular.width(label) for label, _value in facts), default=0) * size + 10)
        return [(label, indent, wrap(value, (room - indent) / size, bold.width, 4)) for label, value in facts]

    def _measure_customer(self, listing):
        room = self._grid.width - self._split - 24
        lines = []
        for text, font, size in (
            (listing.labels.customer, self._fonts.regular, 7.4),
            (listing.customer.name, self._fonts.bold, 9.6),
            *((line, self._fonts.regular, 8.4) for line in listing.customer.lines),
        ):
            pieces = wrap(font.prepare(one_line(text)), room / size, font.width, 3)
            lines += [(piece, font, size) for piece in pieces]
        return lines[:14]

    def draw(self, pen, top):
        grid, look = self._grid, self._grid.look
        y = top - self._TITLE
        for line in self._title:
            pen.text(grid.left, y, line, self._fonts.bold, self._TITLE, INK)
            y -= 25.0
        y += 25.0 - 17.0 if self._title else 0
        for line in self._subtitle:
            pen.text(grid.left, y, line, self._fonts.regular, self._SUBTITLE, look.strong)
            y -= 15.0
        y -= 5.0
        for label, indent, lines in self._facts:
            pen.text(grid.left, y, label, self._fonts.regular, self._FACT, GREY)
            for line in lines:
                pen.text(grid.left + indent, y, line, self._fonts.bold, self._FACT, INK)
                y -= 12.0
        if self._customer:
            self._draw_customer(pen, top)

    def _draw_customer(self, pen, top):
        grid, look = self._grid, self._grid.look
        left = grid.left + self._split
        pen.box(left, top - self._box_height, grid.right - left, self._box_height, SHADE)
        pen.box(left, top - self._box_height, 2.2, self._box_height, look.band)
        y = top - 16.0
        for line, font, size in self._customer:
            pen.text(left + 13, y, line, font, size, GREY if size < 8 else INK)
            y -= 11.2


def front_boxes(listing, grid, fonts):
    """Letterhead, title, customer and the note of the list."""
    boxes = [Letterhead(listing.company, grid, fonts), TitleBlock(listing, grid, fonts)]
    if listing.note:
        boxes += [*paragraphs(clean(listing.note), grid.left, grid.width, fonts.regular, 8.8, 11.6, INK), Gap(8.0)]
    return boxes


def worth_listing(entries, page_count):
    """The headings for the table of contents: all of them, or those of the upper levels where that is too much.

    :param list entries: the headings of the document (:class:`~.body.Entry`).
    :param int page_count: pages of rows.
    """
    most = min(MOST_ENTRIES, max(LEAST_ENTRIES, ENTRIES_A_PAGE * page_count))
    depth = max((entry.depth for entry in entries), default=0)
    while depth and sum(entry.depth <= depth for entry in entries) > most:
        depth -= 1
    return [entry for entry in entries if entry.depth <= depth]


def place_contents(flow, entries, page_of, listing, grid, fonts):
    """Set the table of contents, in two or three columns where it is long.

    :param list entries: what :func:`worth_listing` chose.
    :param page_of: function from a heading's key to its page number.
    """
    if not entries:
        return
    boxes = [ContentsEntry(entry.title, entry.depth, entry.key, page_of(entry.key), fonts) for entry in entries]
    title = TextLine(fonts.bold.prepare(one_line(listing.labels.contents)), grid.left, fonts.bold, 13.0, 22.0, INK)
    if title.height + 3 * boxes[0].height > flow.room:
        flow.new_page()
    else:
        flow.place(Gap(6.0))
    flow.place(title)
    while boxes:
        if flow.room < boxes[0].height:
            flow.new_page()
        boxes = boxes[_place_columns(flow, boxes, grid) :]


def _place_columns(flow, boxes, grid):
    """Fill the rest of the page with entries, in as many columns as they ask for; how many were set."""
    few = len(boxes) <= ENTRIES_IN_ONE_COLUMN
    count = 1 if few else 3 if grid.is_landscape else 2
    width = (grid.width - COLUMN_GAP * (count - 1)) / count
    columns = _balance(boxes, count, flow.room)
    lowest = flow.y
    for number, column in enumerate(columns):
        left, y = grid.left + number * (width + COLUMN_GAP), flow.y
        for row, box in enumerate(column):
            y -= box.space if row else 0
            box.draw(flow.pen, y, left, left + width, grid.look)
            y -= box.height
        lowest = min(lowest, y)
    flow.y, flow.is_fresh = lowest, False
    return sum(map(len, columns))


def _balance(boxes, count, room):
    """The boxes in ``count`` columns: of about the same height where they fit, else as many as fill ``room``."""
    height = sum(box.space + box.height for box in boxes) / count
    while True:
        columns = _fill(boxes, count, min(height, room))
        if height >= room or sum(map(len, columns)) == len(boxes):
            return columns
        height += boxes[0].height / 2


def _fill(boxes, count, height):
    columns, done = [], 0
    for _number in range(count):
        column, used = [], 0.0
        while done < len(boxes):
            used += boxes[done].height + (boxes[done].space if column else 0)
            if column and used > height:
                break
            column.append(boxes[done])
            done += 1
        columns.append(column)
    return columns
