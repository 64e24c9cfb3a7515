"""What frames the content of a page: the running header above, terms, date and page number below."""

from ..words import clean, one_line
from .look import FAINT, FOOT_MARGIN, GREY, MARGIN
from .wrap import ELLIPSIS, shorten, wrap

FOOT_SIZE, FOOT_LEADING = 6.8, 8.2
TERMS_LINES = 3  # terms that need more are printed once, after the last line
HEAD_SIZE, HEAD_HEIGHT = 7.6, 18.0
TRAIL_SEPARATOR = " › "


class Furniture:
    """Header and footer of all pages of a document."""

    def __init__(self, listing, grid, fonts):
        self._listing, self._grid, self._fonts = listing, grid, fonts
        font = fonts.italic
        terms = wrap(font.prepare(one_line(listing.terms)), grid.width / FOOT_SIZE, font.width)
        self._terms = terms if len(terms) <= TERMS_LINES else []
        self.closing_terms = "" if self._terms else clean(listing.terms)

    @property
    def bottom(self):
        """Where the content of a page ends."""
        return FOOT_MARGIN + FOOT_LEADING * (1 + len(self._terms)) + 10.0

    @property
    def first_top(self):
        """Where the content of the first page begins: it has no running header."""
        return self._grid.page[1] - MARGIN

    @property
    def next_top(self):
        """Where the content of every other page begins, under the running header."""
        return self.first_top - HEAD_HEIGHT

    def draw_header(self, pen, trail):
        """The running header: the document on the left, the category in which the page begins on the right."""
        grid, regular, bold = self._grid, self._fonts.regular, self._fonts.bold
        y = self.first_top - HEAD_SIZE
        half = grid.width * 0.5 / HEAD_SIZE
        listing = self._listing
        title = " · ".join(filter(None, (one_line(listing.title), one_line(listing.subtitle))))
        pen.text(grid.left, y, shorten(regular.prepare(title), half * 0.95, regular.width), regular, HEAD_SIZE, GREY)
        if trail:
            pen.right(grid.right, y, self._short_trail(trail, half), bold, HEAD_SIZE, grid.look.strong)
        pen.rule(grid.left, y - 4.6, grid.right, FAINT, 0.6)

    def _short_trail(self, trail, room):
        """The trail, without its outermost categories where it is too long."""
        bold = self._fonts.bold
        words = trail = bold.prepare(trail)
        while bold.width(words) > room and TRAIL_SEPARATOR in trail:
            trail = trail.partition(TRAIL_SEPARATOR)[2]
            words = f"{ELLIPSIS}{TRAIL_SEPARATOR}{trail}"
        return shorten(words, room, bold.width)

    def draw_footer(self, pen, page, pages):
        """Whose list it is, for whom and when; the page number; and the terms above, where they are short."""
        grid, font, italic = self._grid, self._fonts.regular, self._fonts.italic
        y = FOOT_MARGIN
        number = font.prepare(one_line(self._listing.labels.page_text(page, pages)))
        pen.right(grid.right, y, number, font, FOOT_SIZE, GREY)
        room = grid.width / FOOT_SIZE - font.width(number) - 2
        listing = self._listing
        words = " · ".join(filter(None, map(one_line, (listing.company.name, listing.customer.name, listing.date))))
        pen.text(grid.left, y, shorten(font.prepare(words), room, font.width), font, FOOT_SIZE, GREY)
        for line in reversed(self._terms):
            y += FOOT_LEADING
            pen.text(grid.left, y, line, italic, FOOT_SIZE, GREY)
        pen.rule(grid.left, y + FOOT_LEADING + 1.0, grid.right, FAINT, 0.6)
