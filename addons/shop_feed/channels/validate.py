"""An item against a channel: what is sent of it, and what is wrong with it.

>>> from .amounts import Money
>>> from .shipped import shipped
>>> item = {"id": "7", "title": "<b>Olio</b>", "description": "Di oliva", "link": "https://shop.example/olio",
...         "image_link": "https://shop.example/olio.jpg", "availability": "in_stock", "price": Money(1250, "EUR"),
...         "condition": "new", "gtin": "8000000000027"}
>>> sent = prepare(shipped()["google"], item)
>>> sent.values["price"], sent.values["title"], sent.values["identifier_exists"], sent.is_sent
('12.50 EUR', 'Olio', 'no', True)
>>> [(each.field, each.code, each.severity) for each in sent.issues][:2]
[('title', 'html_removed', 'hint'), ('gtin', 'gtin_check_digit', 'warning')]
"""

from typing import NamedTuple

from . import kinds, offer
from .issues import ERROR, Refused, issue
from .spec import CONDITIONAL, RECOMMENDED, REQUIRED


class Prepared(NamedTuple):
    """An item as a channel gets it.

    :param dict values: texts, lists of texts or groups, by the channel's names in its order
    :param list issues: what was mended, and what is wrong
    """

    values: dict
    issues: list

    @property
    def is_sent(self):
        """Whether it is fit to be sent: nothing in it is an error."""
        return all(each.severity != ERROR for each in self.issues)


def prepare(channel, item, hints=(), *, currency=None, now=None):
    """Check an item and write it as the channel reads it.

    :param Channel channel: the specification
    :param dict item: values by the channel's names: texts, numbers, dates, :mod:`.amounts`, or lists of these
    :param hints: what else is known of it: ``variant`` (one of several), ``by_measure`` (sold by weight or the like)
    :param str currency: the one that all amounts must have
    :param datetime now: sales that are over by then are dropped
    :rtype: Prepared
    """
    known = {name: value for name, value in item.items() if _says_something(channel, name, value)}
    unknown = [issue("unknown_field", name) for name in known if name not in channel.by_name]
    issues = offer.settle(channel, known, currency, now)
    values, refused = {}, set()
    for field in channel.fields:
        if field.name not in known:
            continue
        written, found = _field(field, known[field.name])
        issues += found
        if written:
            values[field.name] = written
        else:
            refused.add(field.name)
    _say_whether_identified(channel, values)
    return Prepared(values, _graver(channel, issues, values, refused, hints) + unknown)


def _says_something(channel, name, value):
    """Whether a value is one. ``False`` is what an empty field of Odoo holds; an answer it is only to a yes or no."""
    if value is False:
        return name in channel.by_name and channel.by_name[name].type == "boolean"
    return value not in (None, "", [])


def _field(field, value):
    """The value or the list of values as texts, and the issues; nothing where none can be used."""
    if field.max_values == 1 and not isinstance(value, list):
        return _one(field, value)
    written, issues = [], []
    for each in value if isinstance(value, list) else [value]:
        text, found = _one(field, each)
        issues += found
        if text and text not in written:
            written.append(text)
    if len(written) > field.max_values:
        issues.append(issue("too_many", field.name, count=len(written), limit=field.max_values))
        del written[field.max_values :]
    if "total" in field.traits:
        issues += _shorten(field, written)
    return (written if field.max_values > 1 else "".join(written[:1])), issues


def _one(field, value):
    told = []
    try:
        written = kinds.WRITERS[field.type](field, value, told)
    except Refused as error:
        return "", [issue(error.code, field.name, **error.numbers)]
    return written, [issue(code, field.name, **numbers) for code, numbers in told]


def _shorten(field, written):
    """Keep as many values as fit together with their separators; drop the last ones, in place."""
    length = sum(len(text) + 1 for text in written) - 1
    if length <= field.max_length:
        return []
    while written and sum(len(text) + 1 for text in written) - 1 > field.max_length:
        written.pop()
    return [issue("too_long_together", field.name, length=length, limit=field.max_length)]


def _say_whether_identified(channel, values):
    """Google asks it: whether the maker gave the item a number by which anybody finds it. Nobody has to fill it in."""
    field = channel.by_role.get("identifier_exists")
    if not field or field.name in values:
        return
    exists = "gtin" in values or ("brand" in values and "mpn" in values)
    values[field.name] = field.choices["true" if exists else "false"]


def _graver(channel, issues, values, refused, hints):
    """The issues, those of values that were refused as errors where the field is needed; and what is missing."""
    needed = {field.name for field in channel.fields if _is_needed(field, values, hints)}
    lacking = {name for name in needed if name not in values}
    issues = [each._replace(severity=ERROR) if each.field in lacking & refused else each for each in issues]
    for field in channel.fields:
        if field.name in values or field.name in refused:
            continue
        if field.name in needed:
            numbers = {"condition": field.condition.text} if field.condition else {}
            issues.append(issue("missing", field.name, **numbers))
        elif field.requirement == RECOMMENDED:
            issues.append(issue("missing_recommended", field.name))
    return issues


def _is_needed(field, values, hints):
    if field.requirement == CONDITIONAL:
        return field.condition.holds(values, hints)
    return field.requirement == REQUIRED
