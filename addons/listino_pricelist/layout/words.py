"""Text that people typed, made safe to write (control characters, broken surrogates, formulas) and to compare."""

import re
import unicodedata

# Not allowed in XML 1.0 nor drawn by any font: C0 and C1 controls but tab and line feed, lone surrogates,
# non-characters.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[ \t\n]+")

# OWASP, "CSV Injection": a cell that starts so is run as a formula; East Asian Excel reads the wide forms so too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def clean(text):
    """The text without what no document may hold; its line breaks become line feeds.

    Falsy values, such as the ``False`` of an empty Odoo field, are no text.

    >>> clean("Ol\\x00io\\r\\nextra\\ud800 vergine")
    'Olio\\nextra vergine'
    >>> clean(False), clean("Caff\\u00e8 \\u2192 \\U0001f600") == "Caff\\u00e8 \\u2192 \\U0001f600"
    ('', True)
    """
    if not text:
        return ""
    text = str(text)
    if text.isascii() and text.isprintable():
        return text
    return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text):
    """The clean text on one line, blanks run together; a no-break space stays.

    >>> one_line("  Pasta\\n di\\tGragnano ")
    'Pasta di Gragnano'
    """
    return _BLANKS.sub(" ", clean(text)).strip(" ")


def harmless(text):
    """The text with an apostrophe in front where a spreadsheet would take it for a formula.

    >>> harmless("=1+1"), harmless("- sfuso"), harmless("Riso"), harmless("")
    ("'=1+1", "'- sfuso", 'Riso', '')
    >>> harmless("  @SUM(A1)")
    "'  @SUM(A1)"
    """
    return f"'{text}" if text.lstrip(" \xa0").startswith(_FORMULA_STARTS) else text


def folded(text):
    """The text as a reader compares it, to search and to sort: neither case nor accents count.

    >>> folded("Caff\\u00e8 CREMA"), folded(None)
    ('caffe crema', '')
    """
    text = text or ""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
