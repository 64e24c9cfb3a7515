"""Texts with gaps, such as ``{brand} {title}``: names of sources and nothing else, no attribute, index or format.

A gap may name what to take instead, ``{brand|company_name}``; ``{{`` and ``}}`` are braces. A gap that stays empty
takes the blank or the dash beside it with it.
"""

import re

from .sources import Mistake, checked_source, text_of

_PIECES = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|[{}])")
_IDLE_DASH = re.compile(r"^\s*[-–—|,·/]\s+|\s+[-–—|,·/]\s*$")
_BLANKS = re.compile(r"[ \t]{2,}")
EMPTY = "\x00"


class Template:
    """A template, checked when it is made.

    >>> template = Template("{brand|company_name} {title} - {color}")
    >>> template.filled({"title": "Olio", "company_name": "Frantoio", "color": "verde"})
    'Frantoio Olio - verde'
    >>> template.filled({"title": "Olio"}), Template("{{{title}}}").filled({"title": "Olio"})
    ('Olio', '{Olio}')
    >>> Template("{title.__class__}")
    Traceback (most recent call last):
    ...
    odoo.addons.shop_feed.mapping.sources.Mistake: source_unknown {'name': 'title.__class__'}
    """

    def __init__(self, text):
        self.text = text
        self._pieces = [self._piece(piece) for piece in _PIECES.split(text) if piece]
        self.sources = tuple(
            dict.fromkeys(name for piece in self._pieces if not isinstance(piece, str) for name in piece)
        )

    def filled(self, facts):
        """The text for the facts of one product."""
        texts = [piece if isinstance(piece, str) else _first(piece, facts) or EMPTY for piece in self._pieces]
        if EMPTY not in texts:
            return "".join(texts)
        return _closed("".join(texts))

    @staticmethod
    def _piece(piece):
        if piece in {"{{", "}}"}:
            return piece[0]
        if piece in {"{", "}"}:
            raise Mistake("brace_alone")
        if piece.startswith("{"):
            return tuple(checked_source(name.strip()) for name in piece[1:-1].split("|"))
        return piece


def _first(names, facts):
    """What the first of some sources says that says anything."""
    return next(filter(None, (text_of(facts.get(name)) for name in names)), "")


def _closed(text):
    """The text without its empty gaps and what only stood between them and the rest."""
    text = re.sub(rf"(\s*[-–—|,·/]\s+)?{EMPTY}", "", text)
    return _BLANKS.sub(" ", _IDLE_DASH.sub("", text)).strip()
