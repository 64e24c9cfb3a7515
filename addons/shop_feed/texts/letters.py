"""Length, letters and pictures of a text."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_PICTURES = re.compile(
    "[\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\ufe0e\ufe0f\u200d\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
SHOUTED_AT_LEAST = 8  # letters: below that capitals are a name or a size


def cut(text, length):
    """The text, no longer than ``length`` characters, cut after a word.

    A word that is longer by itself is cut inside, a mark never from the letter it stands on.

    >>> cut("Olio extra vergine di oliva", 20), cut("Olio", 20), cut("Supercalifragilistico", 5), cut("Olio, pane", 5)
    ('Olio extra vergine', 'Olio', 'Super', 'Olio')
    >>> cut("x\u0301" * 3, 5) == "x\u0301" * 2
    True
    """
    if len(text) <= length:
        return text
    end = length
    while end and unicodedata.combining(text[end]):
        end -= 1
    head = text[:end]
    if not text[end].isspace() and (found := list(_SPACES.finditer(head))) and found[-1].start():
        head = head[: found[-1].start()]
    return head.rstrip().rstrip(",;:-–—/(&").rstrip()


def without_pictures(text):
    """The text without emoji.

    >>> without_pictures("Pasta \U0001f35d fresca \u2764\ufe0f, 5 \u20ac \u00ae")
    'Pasta fresca, 5 \u20ac \u00ae'
    """
    bare = _PICTURES.sub("", text)
    return text if bare == text else re.sub(r"[ \t]+(?=[ \t\n,.;:!?]|$)", "", bare).strip()


def is_shouted(text):
    """Whether a text is all in capitals, more than a name or a size would be.

    >>> [is_shouted(text) for text in ("OLIO EXTRA VERGINE", "ZARA XXL", "Olio EXTRA VERGINE", "1234567890")]
    [True, False, False, False]
    """
    return text.isupper() and sum(map(str.isalpha, text)) >= SHOUTED_AT_LEAST


def sentence_case(text):
    """Small letters, a capital at the start of each sentence.

    >>> sentence_case("OLIO EXTRA VERGINE. SPREMUTO A FREDDO! ottimo")
    'Olio extra vergine. Spremuto a freddo! Ottimo'
    """
    text = text.lower()
    starts = [0, *(match.end() for match in _END_OF_SENTENCE.finditer(text))]
    for start in starts:
        text = text[:start] + text[start : start + 1].upper()[:1] + text[start + 1 :]
    return text
