"""Fonts of a document: which files, how wide a text is, and how it is written in a PDF content stream.

ReportLab parses the files, embeds the characters in use and maps them back to Unicode. Widths and encoding are looked
up here, a character at a time in plain dictionaries, because a long list asks for them a million times.
"""

import logging
import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import reportlab
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from ..words import clean

_logger = logging.getLogger(__name__)

# Families that Odoo's `web` addon carries under `static/fonts`: regular, bold, italic. All under the Apache or SIL
# licence; digits all of one width, so that columns of prices line up.
_FAMILIES = (
    ("google/Roboto/Roboto-Regular.ttf", "google/Roboto/Roboto-Bold.ttf", "google/Roboto/Roboto-Italic.ttf"),
    ("google/Open_Sans/Open_Sans-Regular.ttf", "google/Open_Sans/Open_Sans-Bold.ttf",
     "google/Open_Sans/Open_Sans-Italic.ttf"),
    ("lato/Lato-Reg-webfont.ttf", "lato/Lato-Bol-webfont.ttf", "lato/Lato-RegIta-webfont.ttf"),
)  # fmt: skip
# Asked in this order for the characters that the family lacks: other alphabets; symbols; what the machine has.
_OWN_SYMBOLS = Path(__file__).resolve().parents[2] / "static" / "fonts" / "ListinoSymbols.ttf"
_FALLBACKS = ("sign/NotoSans-Reg.ttf",)
_SYSTEM_FALLBACKS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
_BLANKS = re.compile("  +")
_BUNDLED = Path(reportlab.__file__).parent / "fonts"  # Bitstream Vera: always there, Western Europe only


@dataclass(frozen=True)
class FontFiles:
    """TrueType files (outlines as ``glyf``: no OpenType/CFF, no WOFF). ``fallbacks`` serve what the others lack."""

    regular: str = str(_BUNDLED / "Vera.ttf")
    bold: str = str(_BUNDLED / "VeraBd.ttf")
    italic: str = str(_BUNDLED / "VeraIt.ttf")
    fallbacks: tuple[str, ...] = ()

    @classmethod
    def find(cls, folder=None):
        """The best complete family under ``folder`` (``web/static/fonts`` of Odoo), else ReportLab's own.

        >>> FontFiles.find("/nowhere").regular.endswith("Vera.ttf")
        True
        """
        folder = Path(folder or "/nonexistent")
        fallbacks = (*(folder / name for name in _FALLBACKS), _OWN_SYMBOLS, *map(Path, _SYSTEM_FALLBACKS))
        fallbacks = tuple(str(path) for path in fallbacks if path.is_file())
        for family in _FAMILIES:
            paths = [folder / name for name in family]
            if all(path.is_file() for path in paths):
                return cls(*map(str, paths), fallbacks)
        return cls(fallbacks=fallbacks)


class Face:
    """One font file inside one document."""

    def __init__(self, path, name, document):
        self._font = TTFont(name, path)
        self._document = document
        self._glyphs = self._font.face.charToGlyph
        self._width = self._font.face.getCharWidth

    def __contains__(self, character):
        return ord(character) in self._glyphs

    def width(self, character):
        """Width at size 1."""
        return self._width(ord(character)) / 1000

    def encode(self, character):
        """The name of the subset in the document's resources, and the character escaped for a PDF string."""
        ((subset, code),) = self._font.splitString(character, self._document)
        return self._font.getSubsetInternalName(subset, self._document), _escape(code)


def _escape(code):
    """One byte as inside the parentheses of a PDF string.

    >>> _escape(b"A"), _escape(b"("), _escape(bytes([200]))
    ('A', '\\\\(', '\\\\310')
    """
    character = chr(code[0])
    if character in "()\\":
        return "\\" + character
    return character if " " <= character <= "~" else f"\\{code[0]:03o}"


class Faces:
    """The files of a document, opened once; the fallbacks only when a character first needs them."""

    def __init__(self, files, document):
        self._document = document
        self._fallbacks = list(files.fallbacks)
        self._opened = []
        self.missing = set()
        self.regular, self.bold, self.italic = (
            Font(self._open(path, Path(path).stem) or self._open(vera, Path(vera).stem), self)
            for path, vera in zip(
                (files.regular, files.bold, files.italic),
                (FontFiles.regular, FontFiles.bold, FontFiles.italic),
                strict=True,
            )
        )

    def _open(self, path, name):
        try:
            return Face(path, name, self._document)
        except (TTFError, OSError, ValueError, IndexError) as error:
            _logger.warning("Price list: the font %s cannot be used: %s", path, error)
            return None

    def fallback(self, character):
        """The first fallback face that has the character, or None."""
        for face in self._opened:
            if character in face:
                return face
        while self._fallbacks:
            path = self._fallbacks.pop(0)
            face = self._open(path, f"fallback-{len(self._opened)}-{Path(path).stem}")
            if face:
                self._opened.append(face)
                if character in face:
                    return face
        return None


class Font:
    """A style of the document (regular, bold, italic): a face, and the fallbacks behind it.

    Every text passes through :meth:`prepare` once; :meth:`width` and :meth:`runs` take prepared text only.
    """

    def __init__(self, face, faces):
        self._face, self._faces = face, faces
        self._known = set()  # characters seen that are drawn as they are, by themselves
        self._widths = {}  # character: width at size 1
        self._codes = {}  # character: (resource, escaped code)
        self._plain = {}  # the same for the subset that holds nearly all of them: escaped code
        self.resource = face.encode(" ")[0]  # of that subset

    def prepare(self, text):
        """The text as it can be drawn, without control characters: what no font has gives way to its like.

        Accents typed apart are joined; a ligature, circled or wide letter becomes its plain form; pictures (emoji)
        that no font at hand has are left out; a letter of an unknown alphabet becomes a question mark. Both are
        noted in ``Faces.missing``.
        """
        if self._known.issuperset(text):
            return text
        drawn = "".join(map(self._admit, unicodedata.normalize("NFC", clean(text))))
        return drawn if self._known.issuperset(text) else _BLANKS.sub(" ", drawn).strip(" ")  # where pictures were

    def width(self, text):
        """Width of the prepared text at size 1."""
        try:
            return sum(map(self._widths.__getitem__, text))
        except KeyError:  # our own words (an ellipsis, a number) come unprepared
            return sum(map(self._widths.__getitem__, self.prepare(text)))

    def runs(self, text):
        """The prepared text as [(resource, escaped codes)], one for each change of font file or subset."""
        try:
            return [(self.resource, "".join(map(self._plain.__getitem__, text)))]
        except KeyError:
            coded = map(self._codes.__getitem__, self.prepare(text))
            return [(name, "".join(code for _name, code in run)) for name, run in groupby(coded, itemgetter(0))]

    def _admit(self, character):
        if self._draws(character):
            if not unicodedata.combining(character):
                self._known.add(character)
            return character
        if character == "\n":
            return " "
        plain = unicodedata.normalize("NFKD", character)
        if plain == character:
            return self._stand_in(character)
        return "".join(c if self._draws(c) else self._stand_in(c) for c in plain)

    def _stand_in(self, character):
        category = unicodedata.category(character)
        if category in ("Cf", "Cc", "Mn", "Me", "Sk"):  # joiners, direction marks, variation selectors, skin tones
            return ""
        self._faces.missing.add(character)
        return "?" if category not in ("So", "Cn", "Co") and self._draws("?") else ""

    def _draws(self, character):
        """Whether some face has the character; learns its width and code."""
        if character in self._widths:
            return True
        if unicodedata.category(character) in ("Cc", "Cf"):
            return False
        face = self._face if character in self._face else self._faces.fallback(character)
        if face is None:
            return False
        self._widths[character] = face.width(character)
        resource, code = self._codes[character] = face.encode(character)
        if resource == self.resource:
            self._plain[character] = code
        return True
