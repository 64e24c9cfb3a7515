"""Drawing on a page draft: PDF operators, written as text."""

from dataclasses import dataclass, field

from .look import FAINT, INK


@dataclass
class Draft:
    """A page before it has a number: its drawing, and what ReportLab adds when the page is published.

    :param list code: PDF operators.
    :param list pictures: (image, x, y, width, height), images as ReportLab readers.
    :param list anchors: (key, y) of places that links and bookmarks lead to.
    :param list links: (key, (left, bottom, right, top)) of areas to click.
    :param str trail: the category in which the page begins, for its running header.
    """

    code: list = field(default_factory=list)
    pictures: list = field(default_factory=list)
    anchors: list = field(default_factory=list)
    links: list = field(default_factory=list)
    trail: str | None = None


class Pen:
    """Writes on one draft; remembers colours so that they are written only where they change."""

    def __init__(self, draft):
        self.draft = draft
        self._write = draft.code.append
        self._fill = self._stroke = None

    def text(self, x, y, text, font, size, colour=INK):
        """Words from ``x`` on the base line ``y``. The text must come from ``font.prepare``."""
        if colour is not self._fill:
            self._fill = colour
            self._write(f"{colour} rg")
        (name, codes), *more = font.runs(text) or [(font.resource, "")]
        self._write(f"BT {name} {size:.2f} Tf {x:.2f} {y:.2f} Td ({codes}) Tj")
        for name, codes in more:
            self._write(f"{name} {size:.2f} Tf ({codes}) Tj")
        self._write("ET")

    def right(self, x, y, text, font, size, colour=INK):
        """Words that end at ``x``."""
        self.text(x - font.width(text) * size, y, text, font, size, colour)

    def centre(self, x, y, text, font, size, colour=INK):
        """Words around ``x``."""
        self.text(x - font.width(text) * size / 2, y, text, font, size, colour)

    def box(self, x, y, width, height, colour):
        """A filled rectangle; ``x``, ``y`` is its lower left corner."""
        if colour is not self._fill:
            self._fill = colour
            self._write(f"{colour} rg")
        self._write(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def rule(self, left, y, right, colour=FAINT, thickness=0.4):
        """A horizontal line."""
        self._set_stroke(colour)
        self._write(f"{thickness} w {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S")

    def dots(self, left, y, right, colour):
        """A dotted leader, as between a title and its page number."""
        self._set_stroke(colour)
        self._write(f"q 0.7 w 1 J [0 2.8] 0 d {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S Q")

    def _set_stroke(self, colour):
        if colour is not self._stroke:
            self._stroke = colour
            self._write(f"{colour} RG")

    def picture(self, image, x, y, width, height):
        """An image, drawn when the page is published; ``x``, ``y`` is its lower left corner."""
        self.draft.pictures.append((image, x, y, width, height))

    def anchor(self, key, y):
        """A place that a link of the same key leads to."""
        self.draft.anchors.append((key, y))

    def link(self, key, left, bottom, right, top):
        """A rectangle that leads to the anchor of the key."""
        self.draft.links.append((key, (left, bottom, right, top)))
