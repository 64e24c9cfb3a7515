"""The rows of products: measured, then drawn. Here go nine tenths of the time, so the code is plain."""

from hashlib import blake2b
from io import BytesIO

from reportlab.lib.utils import ImageReader

from ..images import thumbnail
from ..listing import BARCODE, IMAGE
from ..words import clean
from .boxes import Rule, TextLine, paragraphs
from .look import FAINT, GREY, INK
from .wrap import wrap

MOST_LINES = 12  # of one cell; more ends in an ellipsis, for a row must fit on a page
NOTE_LINES = 6  # of a note that stay with their row; a longer note runs on, over the page's end where it must
PIXELS = 3  # a point of a picture on paper: about 220 dpi


class RowBox:
    """One product: its cells, its note, and the rule under them."""

    is_gap = False
    __slots__ = ("_rows", "height", "is_ruled", "notes", "offset", "pictures", "texts")

    def __init__(self, rows, height, offset, texts, pictures, notes, is_ruled):
        self._rows, self.height, self.offset = rows, height, offset
        self.texts, self.pictures, self.notes, self.is_ruled = texts, pictures, notes, is_ruled

    def draw(self, pen, top):
        self._rows.draw(self, pen, top)


class Rows:
    """Makes the boxes of lines, for the columns of one document."""

    def __init__(self, grid, fonts, numbers):
        self._grid, self._fonts, self._font, self._numbers = grid, fonts, fonts.regular, numbers
        self._images = {}
        look = grid.look
        self._size, self._leading, self._gap = look.text_size, look.leading, look.row_gap
        self._rooms = [
            (place, place.column, place.index, (place.width - 2 * look.padding) / look.text_size)
            for place in grid.places
        ]
        words = [place for place in grid.places if not place.column.is_number and place.column.kind != IMAGE]
        self._note_left = max(words, key=lambda place: place.width).left if words else grid.left

    def boxes(self, line):
        """The measured boxes of a :class:`~..listing.Line`, nearly always one. Cells missing at its end stay empty."""
        texts, pictures, height = self._measure(line.cells)
        notes, rest = self._notes(line.note) if line.note else ((), ())
        look = self._grid.look
        words = height + len(notes) * look.note_leading
        inner = max(words, look.picture + 2.0) if pictures else words
        row = RowBox(self, inner + 2 * self._gap, (inner - words) / 2, texts, pictures, notes, not rest)
        return [row, *rest, Rule(self._grid.left, self._grid.right, self._gap)] if rest else [row]

    def _measure(self, cells):
        """The cells as ([(place, lines, width of a number, shrink)], [(place, picture)], height of the words)."""
        texts, pictures, most = [], [], 1
        font, numbers = self._font, self._numbers
        for place, column, index, room in self._rooms:
            value = cells[index] if index < len(cells) else None
            if column.kind == IMAGE:
                picture = self._picture(value)
                if picture:
                    pictures.append((place, picture))
                continue
            text = font.prepare(column.text(value, numbers))
            if not text:
                continue
            width = font.width(text)
            if width <= room:
                texts.append((place, (text,), width, 1.0))
            elif column.is_number or column.kind == BARCODE:
                texts.append((place, (text,), width, room / width))
            else:
                lines = wrap(text, room, font.width, MOST_LINES)
                most = max(most, len(lines))
                texts.append((place, lines, width, 1.0))
        return texts, pictures, most * self._leading

    def _notes(self, note):
        """The lines of a note: those that stay with the row, and the boxes of the rest."""
        look, left = self._grid.look, self._note_left + self._grid.look.padding
        room = self._grid.right - left - look.padding
        boxes = paragraphs(clean(note), left, room, self._fonts.italic, look.note_size, look.note_leading, GREY)
        lines = [box for box in boxes if isinstance(box, TextLine)]
        return lines[:NOTE_LINES], lines[NOTE_LINES:]

    def draw(self, box, pen, top):
        """Draw a box that :meth:`boxes` made. A number or barcode too wide for its column is set smaller, never cut."""
        font, size, leading = self._font, self._size, self._leading
        padding = self._grid.look.padding
        first = top - self._gap - box.offset
        most = 1
        for place, lines, width, shrink in box.texts:
            y = first - size * 0.94
            if place.column.is_number:
                pen.text(place.right - padding - width * size * shrink, y, lines[0], font, size * shrink, INK)
                continue
            most = max(most, len(lines))
            for text in lines:
                pen.text(place.left + padding, y, text, font, size * shrink, INK)
                y -= leading
        y = first - most * leading
        for note in box.notes:
            note.draw(pen, y)
            y -= note.height
        for place, (image, wide, high) in box.pictures:
            pen.picture(image, (place.left + place.right - wide) / 2, top - (box.height + high) / 2, wide, high)
        if box.is_ruled:
            pen.rule(self._grid.left, top - box.height, self._grid.right, FAINT)

    def _picture(self, data):
        """(image, width, height) on paper, or None; the same bytes are decoded and embedded once."""
        if not data or not isinstance(data, bytes | bytearray | memoryview):
            return None
        key = blake2b(data, digest_size=16).digest()
        if key not in self._images:
            self._images[key] = self._read(bytes(data))
        return self._images[key]

    def _read(self, data):
        side = self._grid.look.picture
        small = thumbnail(data, int(side * PIXELS), int(side * PIXELS))
        if not small:
            return None
        content, (wide, high) = small
        scale = side / max(wide, high)
        return ImageReader(BytesIO(content)), wide * scale, high * scale
