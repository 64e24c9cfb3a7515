"""The stream of headings and lines, set on pages."""

from dataclasses import dataclass

from ..listing import Heading
from ..trail import Trail
from ..words import clean, one_line
from .boxes import ColumnLabels, Gap, HeadingBox, TextLine, paragraphs
from .furniture import TRAIL_SEPARATOR
from .look import GREY
from .rows import Rows

FIRST_GROUP = 110.0  # room that the column headings ask below them, or they open the next page


@dataclass(frozen=True)
class Entry:
    """A heading, as the table of contents and the bookmarks name it; ``depth`` counts from 0 without jumps."""

    depth: int
    title: str
    key: str


class Body:
    """Sets blocks into a flow. A heading never ends a page: it waits for the first line under it."""

    def __init__(self, flow, grid, fonts, listing):
        self._flow, self._grid, self._fonts, self._listing = flow, grid, fonts, listing
        self._rows = Rows(grid, fonts, listing.numbers)
        self._trail, self._trail_text = Trail(), ""
        self._waiting = []
        self._breaks = False
        self.entries = []
        self.line_count = 0

    def feed(self, blocks):
        """Set all blocks, to the last; without any, say so."""
        self._flow.begin_repeat(ColumnLabels(self._grid, self._fonts), FIRST_GROUP)
        for block in blocks:
            if isinstance(block, Heading):
                self._add_heading(block)
            else:
                self._add_line(block)
        self._release(())
        if not self.line_count and not self.entries:
            look, font = self._grid.look, self._fonts.italic
            text = font.prepare(one_line(self._listing.labels.empty))
            self._flow.place(TextLine(text, self._grid.left + look.padding, font, 9.0, 12.0, GREY, above=10.0))
        self._flow.repeat = None

    def _add_heading(self, heading):
        depth = self._trail.follow(heading)
        self._trail_text = self._trail.text(TRAIL_SEPARATOR)
        title = self._trail.titles[-1]
        entry = Entry(depth, title, f"h{len(self.entries)}")
        self.entries.append(entry)
        self._breaks = self._breaks or heading.page_break
        follows = bool(self._waiting) and isinstance(self._waiting[-1], HeadingBox)
        self._waiting.append(HeadingBox(title, depth, entry.key, self._grid, self._fonts, follows=follows))
        if heading.note:
            self._waiting += self._note(heading.note)

    def _note(self, note):
        grid, look = self._grid, self._grid.look
        left = grid.left + look.padding
        size, leading = max(7.2, look.note_size), max(9.0, look.note_leading)
        boxes = paragraphs(clean(note), left, grid.width - 2 * look.padding, self._fonts.italic, size, leading, GREY)
        return [*boxes, Gap(3.0)]

    def _add_line(self, line):
        self.line_count += 1
        boxes = self._rows.boxes(line)
        if self._waiting:
            self._release(boxes)
            return
        for box in boxes:
            self._flow.place(box, self._trail_text)

    def _release(self, boxes):
        """Set the waiting headings with the first box under them, on one page."""
        if self._waiting:
            if self._breaks and not self._flow.is_fresh:
                self._flow.new_page()
            self._flow.place_together([*self._waiting, *boxes[:1]], self._trail_text)
            boxes = boxes[1:]
            self._waiting, self._breaks = [], False
        for box in boxes:
            self._flow.place(box, self._trail_text)
