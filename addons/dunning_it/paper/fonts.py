"""The fonts of a letter: which files, and how a text that somebody typed is made ready to be drawn with them.

ReportLab keeps fonts in one register for the whole process, so a file is parsed once and serves every letter. Only the
characters in use are embedded, with their Unicode values, so that text can be searched and copied.
"""

import logging
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

_logger = logging.getLogger(__name__)

# Families that Odoo's `web` addon carries under `static/fonts`; digits all of one width, so that columns line up.
_FAMILIES = {
    "Roboto": "google/Roboto/Roboto-{}.ttf",
    "Open_Sans": "google/Open_Sans/Open_Sans-{}.ttf",
}
_STYLES = ("Regular", "Bold", "Italic")
_DEJAVU = tuple(
    f"/usr/share/fonts/truetype/dejavu/DejaVuSans{style}.ttf" for style in ("", "-Bold", "-Oblique")
)  # the oblique is not installed everywhere
_VERA = tuple(str(Path(reportlab.__file__).parent / "fonts" / f"Vera{style}.ttf") for style in ("", "Bd", "It"))
# Asked in this order for a character that the family lacks.
_FALLBACKS = (
    _DEJAVU[0],
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
_BOLD = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*", re.DOTALL)
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me")


@dataclass(frozen=True)
class FontFiles:
    """TrueType files with ``glyf`` outlines. ``fallbacks`` serve what the others lack."""

    regular: str = _VERA[0]
    bold: str = _VERA[1]
    italic: str = _VERA[2]
    fallbacks: tuple[str, ...] = ()

    @classmethod
    def find(cls, folder=None, family="Roboto"):
        """The family under ``folder`` (``web/static/fonts`` of Odoo), else another, DejaVu, or ReportLab's own.

        :param str family: the one to prefer, as ``res.company.font`` names it.

        >>> Path(FontFiles.find("/nowhere").regular).is_file()
        True
        """
        folder = Path(folder or "/nonexistent")
        fallbacks = tuple(path for path in _FALLBACKS if Path(path).is_file())
        names = sorted(_FAMILIES, key=lambda name: name != family)
        candidates = [tuple(str(folder / _FAMILIES[name].format(style)) for style in _STYLES) for name in names]
        for paths in (*candidates, _DEJAVU):
            if all(Path(path).is_file() for path in paths):
                return cls(*paths, fallbacks)
        return cls(fallbacks=fallbacks)


class Family:
    """Registered fonts, by their names at ReportLab, and the preparation of texts for them."""

    def __init__(self, files):
        self._regular = _register(files.regular) or _register(_VERA[0])
        self.regular = self._regular.fontName
        self.bold = (_register(files.bold) or _register(_VERA[1])).fontName
        self.italic = (_register(files.italic) or _register(_VERA[2])).fontName
        pdfmetrics.registerFontFamily(self.regular, self.regular, self.bold, self.italic, self.bold)
        self._fallbacks = list(files.fallbacks)
        self._opened = []
        self._usual = set()  # characters that the family draws by themselves
        self._homes = {}  # character: name of the font that draws it; "" is the family itself, None nobody

    def prepare(self, text):
        """The text with accents joined, without control characters; a letter that no font has is a question mark.

        A falsy value, such as the ``False`` of an empty Odoo field, is no text.
        """
        text = str(text or "")
        if self._usual.issuperset(text):
            return text
        return "".join(map(self._admit, unicodedata.normalize("NFC", text)))

    def own(self, text):
        """Whether the family draws the prepared text alone, so that it needs no markup."""
        return self._usual.issuperset(text) or not any(map(self._home, text))

    def markup(self, text):
        """The text as ReportLab's paragraphs read it: escaped, foreign characters in a font that has them."""
        text = self.prepare(text)
        if self.own(text):
            return _breaks(escape(text))
        runs = ((home, "".join(characters)) for home, characters in groupby(text, self._home))
        return _breaks(
            "".join(f'<font name="{home}">{escape(run)}</font>' if home else escape(run) for home, run in runs)
        )

    def rich(self, text):
        """The same for a body text, in which ``**words**`` are bold."""
        return _BOLD.sub(r"<b>\1</b>", self.markup(text))

    def width(self, text, size, bold=False):
        """How wide a text is, in points."""
        return width(text, self.bold if bold else self.regular) * size

    def _admit(self, character):
        if character == "\n" or self._home(character) is not None:
            return character
        if character == "\t":
            return " "
        return "" if unicodedata.category(character) in _UNSEEN else "?"

    def _home(self, character):
        try:
            return self._homes[character]
        except KeyError:
            home = self._homes[character] = self._find_home(character)
            if home == "" and character != "\n" and not unicodedata.combining(character):
                self._usual.add(character)
            return home

    def _find_home(self, character):
        if character == "\n":
            return ""
        if unicodedata.category(character) in ("Cc", "Cf"):
            return None
        code = ord(character)
        if code in self._regular.face.charToGlyph:
            return ""
        for font in self._candidates():
            if code in font.face.charToGlyph:
                return font.fontName
        return None

    def _candidates(self):
        """The fallback fonts; each is opened when a character first needs it."""
        yield from self._opened
        while self._fallbacks:
            font = _register(self._fallbacks.pop(0))
            if font:
                pdfmetrics.registerFontFamily(font.fontName, *[font.fontName] * 4)
                self._opened.append(font)
                yield font


def _breaks(markup):
    return markup.replace("\n", "<br/>")


@lru_cache(maxsize=8192)
def width(text, font):
    """Width at size 1; remembered, for labels, days and round amounts come again in each letter."""
    return pdfmetrics.stringWidth(text, font, 1)


@lru_cache
def _register(path):
    """The font of a file, or None where it cannot be used; then a letter is drawn with another."""
    name = f"dunning-{re.sub('[^a-z0-9]+', '-', path.lower())}"
    try:
        font = TTFont(name, path)
    except (TTFError, OSError, ValueError, IndexError) as error:
        _logger.warning("Letters: the font %s cannot be used: %s", path, error)
        return None
    pdfmetrics.registerFont(font)
    return font


@lru_cache
def family(files):
    """The registered family of these files; opened once a process."""
    return Family(files)
