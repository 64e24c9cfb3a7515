"""Words and numbers put together, in the language of whoever reads them."""

import re
from datetime import date, datetime

from odoo.tools import format_date, format_datetime
from odoo.tools.misc import get_lang

from ..channels.spec import parse_condition
from ..mapping.row import default_sources
from .feed_source_names import SOURCE_NAMES
from .feed_words import HINTS, IS, IS_EMPTY, IS_FILLED, ISSUES, MISTAKES, SPECIAL, UNKNOWN

MOMENTS = frozenset({"start", "end", "began"})
ZONE = re.compile(r"([+-]\d\d)(\d\d)$")  # as channels write it, which Python 3.10 does not read


class Numbers(dict):
    """What a sentence names; a build of another version may know less, and its problem is told all the same."""

    def __missing__(self, name):
        return "…"


def issue_title(env, code):
    """What problems of a code are listed under."""
    return env._(ISSUES.get(code, UNKNOWN).title)


def field_words(env, channel, name):
    """A field of a channel as people know it, with the channel's own name where that says something else.

    :param Channel channel: its specification
    :param str name: the channel's name of the field
    """
    known = channel.by_name.get(name)
    source = next(iter(default_sources(known.role)), "") if known else ""
    words = env._(SOURCE_NAMES[source]) if source else ""
    if not words or words.casefold() == name.replace("_", " ").casefold():
        return words or name
    return f"{words} ({name})"


def issue_sentence(env, code, field, numbers):
    """A problem of an item.

    :param str code: of :data:`channels.issues.CODES`, or of another part of the addon
    :param str field: its words
    :param dict numbers: as the problem has them
    """
    numbers = numbers or {}
    special = next((words for (of, number), words in SPECIAL.items() if of == code and numbers.get(number)), None)
    words = special or ISSUES.get(code, UNKNOWN)
    return _sentence(env, words, {**numbers, "field": field, "code": code})


def mistake_sentence(env, mistake):
    """What is wrong with something that somebody wrote, a :class:`mapping.sources.Mistake`."""
    return _sentence(env, MISTAKES.get(mistake.code, UNKNOWN), {"code": mistake.code, "field": "", **mistake.numbers})


def _sentence(env, words, numbers):
    told = {name: _told(env, name, value) for name, value in numbers.items()}
    return env._(words.sentence) % Numbers(told)


def _told(env, name, value):
    if name == "condition":
        return _condition(env, value)
    if name in MOMENTS and isinstance(value, str):
        return _moment(env, value)
    if isinstance(value, int) and name != "id":
        return env["res.lang"].browse(get_lang(env).id).format("%d", value, grouping=True)
    return value


def _moment(env, text):
    try:
        moment = datetime.fromisoformat(ZONE.sub(r"\1:\2", text))
    except ValueError:
        return text
    if len(text) == len("2026-01-31"):
        return format_date(env, date.fromisoformat(text))
    # Shown in the seller's own time, in which it was written.
    return format_datetime(env, moment.replace(tzinfo=None), tz="UTC", dt_format="short")


def _condition(env, text):
    """When a field is needed, as a person says it."""
    condition = parse_condition(text)
    return ", ".join(_term(env, term) for term in condition.terms) if condition else ""


def _term(env, term):
    if term.name.startswith("@"):
        return env._(HINTS[term.name[1:]]) if term.name[1:] in HINTS else term.name
    name = term.name.replace("_", " ")
    if term.values:
        return env._(IS) % {"field": name, "value": " / ".join(term.values)}
    return env._(IS_EMPTY if term.is_not else IS_FILLED) % {"field": name}
