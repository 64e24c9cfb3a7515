"""Words that a person writes once, with places for what differs from letter to letter."""

import re

_PLACE = re.compile(r"\{(\w*)\}")
_PARAGRAPH = re.compile(r"\n\s*\n")


def fill(text, facts):
    """A text with its places filled in; a name that is not among the facts stays as it is written.

    Facts are taken as they are: a brace or a mark within one is not read again, and ``**`` in one loses its force.

    >>> fill("Pay {total} within {days} days, {name}.", {"total": "€ 10,00", "days": 15})
    'Pay € 10,00 within 15 days, {name}.'
    >>> fill("{who}", {"who": "{days} ** Srl"})
    '{days} * Srl'
    """
    return _PLACE.sub(lambda found: _plain(facts[found[1]]) if found[1] in facts else found[0], text or "")


def unknown(text, names):
    """The places of a text that nothing fills.

    >>> unknown("{total} {tot} {}", ("total",))
    ['tot', '']
    """
    return [name for name in _PLACE.findall(text or "") if name not in names]


def paragraphs(text):
    """A text cut at its empty lines, each paragraph on one line.

    >>> paragraphs("One\\nline.\\n\\n  \\nTwo. ")
    ('One line.', 'Two.')
    """
    parts = (" ".join(part.split()) for part in _PARAGRAPH.split(text or ""))
    return tuple(part for part in parts if part)


def _plain(value):
    return re.sub(r"\*{2,}", "*", str(value))
