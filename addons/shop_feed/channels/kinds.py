"""One value of one field: checked, mended where that is safe, and written as the channel reads it.

Each function takes a :class:`~.spec.Field`, a value and a list; it gives back the text and adds to the list what it
mended as pairs of a code and its numbers. A value that can't be used raises :class:`~.issues.Refused`.
"""

import re
from datetime import date, datetime
from html import escape

from odoo.addons.listino_pricelist.layout.words import clean, one_line

from ..texts.html import has_marks, plain
from ..texts.letters import cut, is_shouted, without_pictures
from . import gtin, urls
from .amounts import Interval, Measure, Money, Picture, moment
from .issues import Refused

# The names of units that Google's unit price knows; the others take them over.
UNITS = frozenset(
    [
        "oz",
        "lb",
        "mg",
        "g",
        "kg",
        "floz",
        "pt",
        "qt",
        "gal",
        "ml",
        "cl",
        "l",
        "cbm",
        "in",
        "ft",
        "yd",
        "cm",
        "m",
        "sqft",
        "sqm",
        "ct",
        "sheet",
        "item",
    ]
)
BASES = frozenset({1, 2, 4, 8, 10, 100})
MORE_BASES = frozenset({"75cl", "750ml", "50kg", "1000kg"})
# Roles: cut, they would be another thing's name.
NEVER_CUT = frozenset({"id", "item_group_id", "mpn", "promotion_id", "public_coupon_code"})
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_CUT_ENTITY = re.compile(r"&\w*$")
_CATEGORY_ID = re.compile(r"\d{1,9}", re.ASCII)


def text(field, value, told):
    value = _words(value)
    if "plain" in field.traits and has_marks(value):
        value = plain(value)
        told.append(("html_removed", {}))
    if "no_emoji" in field.traits and (bare := without_pictures(value)) != value:
        value = bare
        told.append(("pictures_removed", {}))
    value = value.strip()
    if field.role == "rich_description" and field.max_length and len(value) > field.max_length:
        told.append(("too_long", {"length": len(value), "limit": field.max_length}))
        return _shortened(value, field.max_length)
    if "no_shouting" in field.traits and is_shouted(value):
        told.append(("shouted", {}))
    return _within(field, value, told)


def url(field, value, told):
    found = urls.address(_words(value))
    if "no_comma" in field.traits:
        found = found.replace(",", "%2C")
    if field.max_length and "total" not in field.traits and len(found) > field.max_length:
        raise Refused("too_long_to_use", length=len(found), limit=field.max_length)
    if found.startswith("http:"):
        told.append(("url_not_secure", {}))
    return found


def image(field, value, told):
    picture = value if isinstance(value, Picture) else Picture(_words(value))
    found = url(field, picture.url, told)
    kind = picture.mimetype.rpartition("/")[2].partition("+")[0] or urls.extension(found)
    if kind and field.choices and kind not in field.choices:
        raise Refused("image_format", format=kind, allowed=", ".join(field.choices))
    smallest = min(picture.width, picture.height)
    if picture.width and smallest < field.min_pixels:
        raise Refused("image_too_small", width=picture.width, height=picture.height, least=field.min_pixels)
    return found


def barcode(field, value, told):
    number = gtin.compact(_words(value))
    if problem := gtin.problem_of(number):
        raise Refused(problem, value=number[:40])
    return number


def money(field, value, told):
    return _positive(value).text


def amount(field, value, told):
    """An amount without its currency. Costs may be nothing, prices may not."""
    is_cost = field.role.endswith("_cost")
    return _positive(value, least=0 if is_cost else 1).bare


def choice(field, value, told):
    """The channel's word for ours; its own word is taken as well."""
    if isinstance(value, str):
        found = field.choices.get(value, value)
        if found in field.choices.values():
            return found
    allowed = ", ".join(dict.fromkeys(field.choices.values()))
    raise Refused("not_a_choice", value=str(value)[:40], allowed=allowed)


def boolean(field, value, told):
    return choice(field, str(value).lower() if isinstance(value, bool) else value, told)


def integer(field, value, told):
    digits = str(value)
    if isinstance(value, bool) or not _WHOLE.fullmatch(digits):
        raise Refused("not_a_number", value=digits[:40])
    return digits


def day(field, value, told):
    if not isinstance(value, date) or (isinstance(value, datetime) and value.tzinfo is None):
        raise Refused("not_a_date", value=str(value)[:40])
    return moment(value)


def interval(field, value, told):
    if not isinstance(value, Interval) or value.start.tzinfo is None or value.end.tzinfo is None:
        raise Refused("not_an_interval", value=str(value)[:80])
    if value.end <= value.start:
        raise Refused("interval_reversed", start=moment(value.start), end=moment(value.end))
    return f"{moment(value.start)}/{moment(value.end)}"


def measure(field, value, told):
    if not isinstance(value, Measure) or not value.quantity.is_finite() or value.quantity <= 0:
        raise Refused("not_a_measure", value=str(value)[:40])
    if value.unit not in UNITS:
        raise Refused("unit_unknown", unit=value.unit, allowed=", ".join(sorted(UNITS)))
    if "base" in field.traits and value.quantity not in BASES and value.text not in MORE_BASES:
        raise Refused("base_unsupported", value=value.text)
    return value.text


def category(field, value, told):
    """A place in a taxonomy: its number, or its path."""
    found = one_line(str(value))
    if not found or (found.isdigit() and not _CATEGORY_ID.fullmatch(found)):
        raise Refused("not_a_category", value=found[:80])
    return found


def group(field, value, told):
    if not isinstance(value, dict) or set(value) - set(field.parts):
        raise Refused("not_a_group", parts=", ".join(field.parts))
    texts = {part: _part(each) for part, each in value.items()}
    return {part: texts[part] for part in field.parts if texts.get(part)}


WRITERS = {
    "text": text,
    "url": url,
    "image": image,
    "gtin": barcode,
    "money": money,
    "amount": amount,
    "choice": choice,
    "boolean": boolean,
    "integer": integer,
    "date": day,
    "interval": interval,
    "measure": measure,
    "category": category,
    "group": group,
}


def _words(value):
    if not isinstance(value, str):
        raise Refused("not_text", value=str(value)[:40])
    return clean(value)


def _within(field, value, told):
    length = len(value)
    if not field.max_length or length <= field.max_length or "total" in field.traits:
        return value
    if field.role in NEVER_CUT:
        raise Refused("too_long_to_use", length=length, limit=field.max_length)
    told.append(("too_long", {"length": length, "limit": field.max_length}))
    return cut(value, field.max_length)


def _shortened(html, limit):
    """HTML that is too long, as words without marks: cut as it is, it would end within a mark or leave some open."""
    return _CUT_ENTITY.sub("", cut(escape(plain(html), quote=False), limit)).rstrip()


def _positive(value, least=1):
    if not isinstance(value, Money):
        raise Refused("not_money", value=str(value)[:40])
    if value.units < least:
        raise Refused("not_positive", amount=value.text)
    return value


def _part(value):
    """A part of a group; shipping may cost nothing."""
    return _positive(value, least=0).text if isinstance(value, Money) else one_line(_words(value))
