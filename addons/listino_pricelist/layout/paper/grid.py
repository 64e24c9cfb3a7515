"""The grid: how wide each column is, which way the sheet lies, and how much everything shrinks."""

from dataclasses import dataclass

from ..listing import BARCODE, IMAGE, TEXT, Column
from .look import A4_LANDSCAPE, A4_PORTRAIT, MARGIN, Look

ELASTIC_LEAST = 150.0  # of one elastic column; where several share, two thirds of it each
ELASTIC_EASE = 60.0  # more than the least: what is left beyond that, column headings may have
USUAL = 0.95  # of the words of a column, so many fit on one line where it is not the elastic one
WORD_MOST = 60.0  # the longest word of such a column widens it no further than this
TEXT_MOST = 115.0  # of a text column that is not elastic, unless its width is given
NUMBER_MOST = 76.0  # of a column of numbers: "1.234.567.890,12"; what is wider is set smaller
LABEL_MOST = 92.0  # a long word in a column heading widens a column no further than this
SLACK = 0.8  # so that rounding never breaks what was measured to fit
SMALLEST = 0.55  # of all sizes; columns that still do not fit are squeezed

# What a column holds at least, whatever the sample shows: later lines may be longer.
_TYPICAL = {"price": "1.234,56", "percent": "22,5%", "quantity": "1.000", BARCODE: "8000000000000", TEXT: "ABCDE"}


@dataclass(frozen=True)
class Place:
    """A column on paper, between two edges."""

    column: Column
    index: int
    left: float
    right: float

    @property
    def width(self):
        return self.right - self.left


@dataclass(frozen=True)
class Grid:
    """The columns on the sheet, and the look they need."""

    page: tuple
    places: tuple[Place, ...]
    look: Look

    @property
    def left(self):
        return MARGIN

    @property
    def right(self):
        return self.page[0] - MARGIN

    @property
    def width(self):
        return self.right - self.left

    @property
    def is_landscape(self):
        return self.page == A4_LANDSCAPE

    def bands(self):
        """Neighbouring columns of one group: (group, left, right), groups without words left out.

        >>> a, b, c = (Column(key, key, group=group) for key, group in (("a", ""), ("b", "kg"), ("c", "kg")))
        >>> places = tuple(Place(column, i, 50.0 * i, 50.0 * i + 50) for i, column in enumerate((a, b, c)))
        >>> list(Grid(A4_PORTRAIT, places, Look()).bands())
        [('kg', 50.0, 150.0)]
        """
        start = 0
        for end in range(1, len(self.places) + 1):
            group = self.places[start].column.group
            if end == len(self.places) or self.places[end].column.group != group:
                if group:
                    yield group, self.places[start].left, self.places[end - 1].right
                start = end


def plan(listing, sample, fonts):
    """The grid for the columns of ``listing``, judged by a ``sample`` of its first lines.

    Portrait where everything fits, else landscape, else landscape with everything smaller.
    """
    look = Look(listing.accent)
    wanted = [_wanted_width(column, index, sample, listing.numbers, fonts, look)
              for index, column in enumerate(listing.columns)]  # fmt: skip
    elastic = elastic_columns(listing.columns, wanted)
    least = ELASTIC_LEAST if len(elastic) == 1 else ELASTIC_LEAST * 2 / 3
    widths = [least if index in elastic else _bounded(column, width)
              for index, (column, width) in enumerate(zip(listing.columns, wanted, strict=True))]  # fmt: skip
    needed = sum(widths)
    page = A4_PORTRAIT if needed <= A4_PORTRAIT[0] - 2 * MARGIN else A4_LANDSCAPE
    room = page[0] - 2 * MARGIN
    look = Look(listing.accent, max(SMALLEST, min(1.0, room / needed)) if needed else 1.0)
    if elastic:
        widths = _ease(listing.columns, widths, elastic, room - ELASTIC_EASE * len(elastic), fonts, look)
    return Grid(page, _places(listing.columns, share_out(widths, elastic, room)), look)


def _ease(columns, widths, elastic, room, fonts, look):
    """Wider columns, so that their headings stand on one line, or two, where the sheet has ``room`` for that."""
    for lines in (1, 2):
        eased = [width if index in elastic or column.width
                 else max(width, _label_width(column.label, fonts, look, lines))
                 for index, (column, width) in enumerate(zip(columns, widths, strict=True))]  # fmt: skip
        if sum(eased) <= room:
            return eased
    return widths


def elastic_columns(columns, wanted):
    """The columns that take what the others leave: those of width 0, else the text column with the most to say.

    >>> name, code = Column("name", "Product"), Column("code", "Code")
    >>> elastic_columns((code, name), [40.0, 300.0]), elastic_columns((code, Column("x", "X", width=0)), [40.0, 10.0])
    ({1}, {1})
    """
    declared = {index for index, column in enumerate(columns) if column.width == 0}
    if declared:
        return declared
    texts = [index for index, column in enumerate(columns) if column.kind == TEXT and column.width is None]
    return {max(texts, key=lambda index: (wanted[index], -index))} if texts else set()


def share_out(widths, elastic, room):
    """Widths that fill ``room`` exactly: the elastic columns take the rest, or all shrink alike.

    >>> share_out([100, 50, 50], {0}, 300), share_out([100, 100], set(), 150), share_out([100, 50], set(), 300)
    ([200.0, 50, 50], [75.0, 75.0], [200.0, 100.0])
    """
    needed = sum(widths)
    if needed > room or not elastic:
        return [width * room / needed for width in widths] if needed else widths
    more = (room - needed) / len(elastic)
    return [width + more if index in elastic else width for index, width in enumerate(widths)]


def _bounded(column, width):
    return min(width, TEXT_MOST) if column.kind == TEXT and column.width is None else width


def _places(columns, widths):
    places, left = [], MARGIN
    for index, (column, width) in enumerate(zip(columns, widths, strict=True)):
        places.append(Place(column, index, left, left + width))
        left += width
    return tuple(places)


def _wanted_width(column, index, sample, numbers, fonts, look):
    if column.width:
        return float(column.width)
    font = fonts.regular
    label = max((_label_width(word, fonts, look) for word in column.label.split()), default=0)
    if column.kind == IMAGE:
        content = look.picture
    else:
        texts = [font.prepare(column.text(line.cells[index], numbers)) for line in sample if index < len(line.cells)]
        texts.append(font.prepare(_TYPICAL[column.kind]))
        widths = sorted(font.width(text) * look.text_size for text in texts)
        if column.is_number:
            content = min(widths[-1], NUMBER_MOST)
        elif column.kind == BARCODE:
            content = widths[-1]
        else:  # a few long texts may wrap, but between words
            word = max(font.width(word) for text in texts for word in text.split(" ")) * look.text_size
            content = max(widths[int(len(widths) * USUAL)], min(word, WORD_MOST))
    return max(content + 2 * look.padding + SLACK, label)


def _label_width(label, fonts, look, lines=1):
    """The width of a column that would hold this label on so many lines (1 or 2), within reason."""
    words = fonts.bold.prepare(" ".join(label.split())).split(" ")
    splits = range(1, len(words)) if lines == 2 and len(words) > 1 else (len(words),)
    halves = ((" ".join(words[:split]), " ".join(words[split:])) for split in splits)
    width = min(max(map(fonts.bold.width, pair)) for pair in halves) * look.label_size
    return min(width, LABEL_MOST) + 2 * look.padding + SLACK
