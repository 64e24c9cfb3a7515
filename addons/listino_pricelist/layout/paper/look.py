"""The look of the document: sizes, spaces and colours, in one place.

A colour is its three components as PDF writes them, ``"0.12 0.30 0.37"``.
"""

from dataclasses import dataclass
from functools import cached_property

A4_PORTRAIT, A4_LANDSCAPE = (595.28, 841.89), (841.89, 595.28)
MARGIN = 36.0  # left, right and top
FOOT_MARGIN = 26.0

INK, GREY, FAINT, WHITE = "0.13 0.15 0.18", "0.40 0.43 0.47", "0.86 0.88 0.90", "1 1 1"
SHADE = "0.945 0.953 0.961"
DEFAULT_ACCENT = (0x1F, 0x4E, 0x5F)


def parse_colour(text):
    """``#rrggbb`` as three numbers from 0 to 255; the default where it is not one.

    >>> parse_colour("#FF8000"), parse_colour("red") == DEFAULT_ACCENT
    ((255, 128, 0), True)
    """
    digits = (text or "").strip().removeprefix("#")
    try:
        return tuple(bytes.fromhex(digits)) if len(digits) == 6 else DEFAULT_ACCENT
    except ValueError:
        return DEFAULT_ACCENT


def luminance(colour):
    """How bright a colour is to the eye, 0 to 1 (ITU-R BT.601 weights).

    >>> luminance((0, 0, 0)), luminance((255, 255, 255))
    (0.0, 1.0)
    """
    red, green, blue = colour
    return (299 * red + 587 * green + 114 * blue) / 255_000


def mix(colour, other, share):
    """``colour`` with a ``share`` (0 to 1) of ``other``.

    >>> mix((0, 0, 0), (200, 100, 0), 0.5)
    (100.0, 50.0, 0.0)
    """
    return tuple(mine * (1 - share) + its * share for mine, its in zip(colour, other, strict=True))


def written(colour):
    """
    >>> written((255, 0, 51))
    '1.000 0.000 0.200'
    """
    return " ".join(f"{part / 255:.3f}" for part in colour)


@dataclass(frozen=True)
class Look:
    """Colours that follow the house's own, and sizes that shrink together (``scale``) where columns are many."""

    accent: str = ""
    scale: float = 1.0

    @cached_property
    def _accent(self):
        return parse_colour(self.accent)

    @cached_property
    def band(self):
        """The fill of macro headings."""
        return written(self._accent)

    @cached_property
    def on_band(self):
        """Words on that fill: white, or ink where the house's colour is bright."""
        return WHITE if luminance(self._accent) < 0.62 else INK

    @cached_property
    def strong(self):
        """The house's colour for words on white: darkened until it can be read."""
        colour = self._accent
        while luminance(colour) > 0.45:
            colour = mix(colour, (0, 0, 0), 0.15)
        return written(colour)

    @cached_property
    def tint(self):
        """A breath of the house's colour, behind column headings."""
        return written(mix(self._accent, (255, 255, 255), 0.91))

    @property
    def text_size(self):
        return 8.2 * self.scale

    @property
    def leading(self):
        return 9.7 * self.scale

    @property
    def note_size(self):
        return 7.0 * self.scale

    @property
    def note_leading(self):
        return 8.6 * self.scale

    @property
    def label_size(self):
        return 7.4 * self.scale

    @property
    def label_leading(self):
        return 8.8 * self.scale

    @property
    def padding(self):
        """Between a column's edge and its words."""
        return 4.0 * self.scale

    @property
    def row_gap(self):
        """Above and below the words of a row."""
        return 2.1 * self.scale

    @property
    def picture(self):
        """Side of the square a product's picture fits in."""
        return 32.0 * self.scale
