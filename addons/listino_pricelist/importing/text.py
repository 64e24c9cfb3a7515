"""Texts as people typed them, made fit for a product card."""

import html
import re
import unicodedata

MAX_NAME = 200

_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr)\s*/?\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_UNFINISHED_ENTITY = re.compile(r"&#(\d{2,5})(?![\d;])")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf]|â€|Â[\u00a0-\u00bf]")


def clean_text(value):
    """One line of text: no marks, entities, control characters or repeated spaces, composed Unicode.

    >>> clean_text(" Kinder&nbsp;Surprise &quot;Duty-free&quot;  4er ")
    'Kinder Surprise "Duty-free" 4er'
    >>> clean_text("<b>Caffe\\u0300</b><br/>macinato\\x00 250\\u00a0g")
    'Caffè macinato 250 g'
    >>> clean_text("Plasmon &#40;biscotti&#41"), clean_text("I <3 pasta &amp;amp; riso"), clean_text(None)
    ('Plasmon (biscotti)', 'I <3 pasta & riso', '')
    """
    if value is None:
        return ""
    text = str(value)
    if text.isascii() and text.isalnum():
        return text
    text = _unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", _BREAK.sub(" ", text))
    text = _INVISIBLE.sub("", _repair_mojibake(text))
    text = "".join(" " if unicodedata.category(mark) == "Cc" else mark for mark in text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def shorten(text, limit=MAX_NAME):
    """Cut a text at a word, with an ellipsis, when it is longer than the limit.

    >>> shorten("pasta di semola di grano duro", 20)
    'pasta di semola di…'
    >>> shorten("pasta"), len(shorten("x" * 500, 100))
    ('pasta', 100)
    """
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    if text[limit - 1] != " ":
        head = cut.rsplit(" ", 1)[0]
        cut = head if len(head) > limit // 2 else cut
    return cut.rstrip(" ,;.-") + "…"


def fold(value):
    """The same text for comparisons: lower case, without accents, marks and spaces around.

    >>> fold(" Quantità  MIN. "), fold("Cod. Art.")
    ('quantita min', 'cod art')
    """
    decomposed = unicodedata.normalize("NFKD", str(value or "")).casefold()
    plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(re.sub(r"[^a-z0-9%€$£]+", " ", plain).split())


def category_path(value):
    """The names of a category path, from the root, whatever separates them.

    >>> category_path("Alimentari / Pasta / Pasta fresca"), category_path("Food>Pasta  > Riso/Cereali")
    (('Alimentari', 'Pasta', 'Pasta fresca'), ('Food', 'Pasta', 'Riso/Cereali'))
    >>> category_path(" » "), category_path("Vino\\\\Rosso")
    ((), ('Vino', 'Rosso'))
    """
    parts = re.split(r"\s+/\s+|\s*[>»|\\]+\s*", clean_text(value))
    return tuple(part.strip() for part in parts if part.strip())


def _unescape(text):
    """HTML entities, twice when they were escaped twice; numeric ones also without their semicolon."""
    for _turn in range(2):
        if "&" not in text:
            break
        text = html.unescape(_UNFINISHED_ENTITY.sub(r"&#\1;", text))
    return text


def _repair_mojibake(text):
    """UTF-8 once read as Windows text ("CaffÃ¨"), read again as what it was; anything else untouched.

    >>> _repair_mojibake("CaffÃ¨ dâ€™orzo"), _repair_mojibake("SÃO PAULO")
    ('Caffè d’orzo', 'SÃO PAULO')
    """
    if not _MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
