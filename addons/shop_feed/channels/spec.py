"""The shape of a specification: a channel, its fields, and when a field is needed.

Rows come from records or CSV files as texts; whatever is wrong in them is told when they are read, not while a feed is
being built.
"""

import re
from typing import NamedTuple

REQUIRED, RECOMMENDED, CONDITIONAL, OPTIONAL = "required", "recommended", "conditional", "optional"
REQUIREMENTS = (REQUIRED, RECOMMENDED, CONDITIONAL, OPTIONAL)
TYPES = (
    "text",
    "url",
    "image",
    "gtin",
    "money",
    "amount",
    "choice",
    "boolean",
    "integer",
    "date",
    "interval",
    "measure",
    "category",
    "group",
)
TRAITS = frozenset({"unique", "plain", "no_shouting", "no_emoji", "no_comma", "total", "base"})
FORMATS = ("rss", "atom", "xml", "csv", "tsv", "xlsx")
PRODUCTS, OFFERS, REVIEWS = CONTENTS = ("products", "offers", "reviews")  # what a feed of the channel tells of
_TERM = re.compile(r"(?P<not>!?)(?P<name>@?\w+)(?:=(?P<values>[^\s=]+))?")


class Term(NamedTuple):
    """One part of a condition: a field is filled, empty, or one of some values; or a hint about the item holds."""

    name: str
    values: tuple = ()
    is_not: bool = False

    def holds(self, values, hints):
        """Whether it holds for an item: ``@name`` asks for a hint, any other name for a value that is written."""
        if self.name.startswith("@"):
            found = self.name[1:] in hints
        else:
            value = values.get(self.name)
            found = value in self.values if self.values else bool(value)
        return found != self.is_not


class Condition(NamedTuple):
    """Terms that all must hold."""

    text: str
    terms: tuple

    def holds(self, values, hints=()):
        """Whether it holds for an item.

        :param dict values: as they are written for the channel
        :param hints: what else is known of the item, such as ``variant`` and ``by_measure``
        """
        return all(term.holds(values, hints) for term in self.terms)


class Field(NamedTuple):
    """A field of a channel.

    :param str role: what it means, whatever the channel calls it; mapping and rules go by it
    :param Condition condition: when a conditional field is needed
    :param int max_length: in characters; None without a limit
    :param int max_values: how many values it may have
    :param str separator: between them, in tables
    :param dict choices: what the channel calls our word; for pictures the formats that it reads
    :param tuple parts: names of the parts of a group
    :param frozenset traits: some of :data:`TRAITS`
    :param int min_pixels: width and height of a picture, at least
    """

    name: str
    role: str
    requirement: str = OPTIONAL
    type: str = "text"
    condition: Condition | None = None
    max_length: int | None = None
    max_values: int = 1
    separator: str = ","
    choices: dict = {}
    parts: tuple = ()
    traits: frozenset = frozenset()
    min_pixels: int = 0
    note: str = ""


class Channel:
    """A channel with its fields in order.

    :raise ValueError: where two fields have one name, or a condition asks for a field that is not there
    """

    def __init__(
        self,
        code,
        fields,
        *,
        name="",
        version="",
        source="",
        file_format="csv",
        root_tag="",
        item_tag="",
        content=PRODUCTS,
    ):
        self.code, self.name, self.version, self.source = code, name or code, version, source
        self.fields = tuple(fields)
        self.format, self.root_tag, self.item_tag = one_of(FORMATS, file_format), root_tag, item_tag
        self.content = one_of(CONTENTS, content)
        self.by_name = {field.name: field for field in self.fields}
        if len(self.by_name) < len(self.fields):
            raise ValueError(f"A field of {code} stands twice.")
        self.by_role = {field.role: field for field in reversed(self.fields)}
        for field in self.fields:
            for term in field.condition.terms if field.condition else ():
                if not term.name.startswith("@") and term.name not in self.by_name:
                    raise ValueError(f"{code}, {field.name}: there is no field {term.name!r}.")


def parse_condition(text):
    """A condition as it is written in a row: terms parted by blanks.

    >>> condition = parse_condition("condition=new|used !gtin @variant")
    >>> [condition.holds({"condition": "new", "gtin": gtin}, {"variant"}) for gtin in ("", "8000000000026")]
    [True, False]
    >>> parse_condition("a=b=c")
    Traceback (most recent call last):
    ...
    ValueError: 'a=b=c' is no condition.
    """
    terms = []
    for word in text.split():
        match = _TERM.fullmatch(word)
        if not match or (match["name"].startswith("@") and match["values"]):
            raise ValueError(f"{word!r} is no condition.")
        values = tuple(match["values"].split("|")) if match["values"] else ()
        terms.append(Term(match["name"], values, bool(match["not"])))
    return Condition(text, tuple(terms)) if terms else None


def parse_choices(text):
    """What the channel calls our words: its words parted by ``|``, ours after ``<`` where they differ.

    >>> parse_choices("in stock<in_stock|out of stock<out_of_stock,discontinued|preorder")
    {'in_stock': 'in stock', 'out_of_stock': 'out of stock', 'discontinued': 'out of stock', 'preorder': 'preorder'}
    """
    choices = {}
    for part in filter(None, text.split("|")):
        theirs, _sign, ours = part.partition("<")
        for word in ours.split(",") if ours else [theirs]:
            if word in choices:
                raise ValueError(f"{word!r} stands for two choices.")
            choices[word] = theirs
    return choices


def field_of(row):
    """A :class:`Field` of a row of texts by column.

    >>> field_of({"name": "sku", "role": "id", "max_length": "50"}).max_length
    50
    >>> field_of({"name": "sku", "max_length": "long"})
    Traceback (most recent call last):
    ...
    ValueError: sku: invalid literal for int() with base 10: 'long'
    """
    name = row["name"]
    try:
        field = Field(
            name=name,
            role=row.get("role") or name,
            requirement=one_of(REQUIREMENTS, row.get("requirement") or OPTIONAL),
            type=one_of(TYPES, row.get("type") or "text"),
            condition=parse_condition(row.get("condition") or ""),
            max_length=int(row.get("max_length") or 0) or None,
            max_values=int(row.get("max_values") or 1),
            separator=row.get("separator") or ",",
            choices=parse_choices(row.get("choices") or ""),
            parts=tuple((row.get("parts") or "").split()),
            traits=frozenset((row.get("traits") or "").split()),
            min_pixels=int(row.get("min_pixels") or 0),
            note=row.get("note") or "",
        )
        _check(field)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error
    return field


def one_of(allowed, word):
    """The word.

    :raise ValueError: where it is none of those that are allowed
    """
    if word not in allowed:
        raise ValueError(f"{word!r} is none of {', '.join(allowed)}.")
    return word


def _check(field):
    if (field.requirement == CONDITIONAL) != bool(field.condition):
        raise ValueError("A conditional field has a condition, and no other has.")
    if unknown := field.traits - TRAITS:
        raise ValueError(f"{', '.join(sorted(unknown))}: no such trait.")
    if field.type in {"choice", "boolean"} and not field.choices:
        raise ValueError("A choice without choices.")
    if field.type == "group" and not field.parts:
        raise ValueError("A group without parts.")
    if len(field.separator) != 1:
        raise ValueError("A separator is one character.")
