"""Boxes one under the other, page after page."""

from itertools import pairwise

from .pen import Draft, Pen


class Flow:
    """Fills pages from their top to their bottom.

    A box has a ``height``, ``draw(pen, top)`` and ``is_gap``. ``repeat``, where it is set, is a box that opens every
    new page (the column headings).
    """

    def __init__(self, first_top, next_top, bottom):
        self._next_top, self._bottom = next_top, bottom
        self.repeat = None
        self.drafts = []
        self._open(first_top)

    def _open(self, top):
        self.draft = Draft()
        self.drafts.append(self.draft)
        self.pen = Pen(self.draft)
        self.y = top
        self.is_fresh = True  # nothing on the page yet but what repeats
        if self.repeat:
            self._draw(self.repeat)

    def _draw(self, box):
        box.draw(self.pen, self.y)
        self.y -= box.height

    @property
    def room(self):
        """The points that are left on the page."""
        return self.y - self._bottom

    @property
    def full_room(self):
        """The room of a whole page under what repeats."""
        return self._next_top - self._bottom - (self.repeat.height if self.repeat else 0)

    def new_page(self):
        """Go on at the top of another page, under what repeats."""
        self._open(self._next_top)

    def begin_repeat(self, box, beside):
        """Set ``box`` here and at the top of every page from now on, with room for ``beside`` more under it."""
        self.repeat = None
        if box.height + beside > self.room and not self.is_fresh:
            self.new_page()
        self._draw(box)
        self.repeat = box
        self.is_fresh = True

    def place(self, box, trail=None):
        """Set a box, on a new page where it does not fit on this one.

        :param str trail: the category it belongs to; the first one of a page goes into its running header.
        """
        if box.height > self.room and not self.is_fresh:
            self.new_page()
        if self.is_fresh and box.is_gap:
            return
        if trail and self.draft.trail is None:
            self.draft.trail = trail
        self._draw(box)
        self.is_fresh = False

    def place_together(self, boxes, trail=None):
        """Set boxes on one page; what no page can hold breaks, but never after its first box, which is a heading."""
        needed = sum(box.height for box in boxes)
        if needed > self.room and not self.is_fresh and needed <= self.full_room:
            self.new_page()
        for box, following in pairwise(boxes):
            if box.height + following.height > self.room and not self.is_fresh:
                self.new_page()
            self.place(box, trail)
        self.place(boxes[-1], trail)
