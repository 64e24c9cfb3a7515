"""Changes of one text, by name and arguments: what a row of the mapping may do, and nothing else."""

from typing import NamedTuple

from odoo.addons.listino_pricelist.layout.words import one_line

from ..texts.html import plain
from ..texts.letters import cut, sentence_case, without_pictures
from .sources import Mistake


class Kind(NamedTuple):
    """A transform: its function, and how its arguments are read from texts."""

    change: object
    arguments: tuple = ()


def _length(text):
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 100_000):
        raise Mistake("length_unusable", value=text)
    return int(text)


def _some(text):
    if not text:
        raise Mistake("argument_missing")
    return text


KINDS = {
    "strip_html": Kind(plain),
    "one_line": Kind(one_line),
    "without_emoji": Kind(without_pictures),
    "sentence_case": Kind(sentence_case),
    "upper": Kind(str.upper),
    "lower": Kind(str.lower),
    "cut": Kind(cut, (_length,)),
    "replace": Kind(lambda text, old, new: text.replace(old, new), (_some, str)),
    "prefix": Kind(lambda text, added: added + text, (_some,)),
    "suffix": Kind(lambda text, added: text + added, (_some,)),
}


def chain(steps):
    """One function out of steps, each a name and the texts of its arguments.

    An empty text stays empty: a prefix alone says nothing.

    >>> change = chain([("strip_html",), ("cut", "12"), ("suffix", " …")])
    >>> change("<p>Olio extra vergine</p>"), change("")
    ('Olio extra …', '')
    >>> chain([("cut", "many")])
    Traceback (most recent call last):
    ...
    odoo.addons.shop_feed.mapping.sources.Mistake: length_unusable {'value': 'many'}
    """
    changes = [_made(*step) for step in steps]

    def change(text):
        for each in changes:
            if not text:
                return ""
            text = each(text)
        return text

    return change


def _made(name, *arguments):
    kind = KINDS.get(name)
    if not kind:
        raise Mistake("transform_unknown", name=name)
    if len(arguments) != len(kind.arguments):
        raise Mistake("argument_missing" if len(arguments) < len(kind.arguments) else "argument_idle", name=name)
    read = [reader(text) for reader, text in zip(kind.arguments, arguments, strict=True)]
    return lambda text: kind.change(text, *read)
