"""The columns of a file, and several values in one of them."""

import csv
import re
from types import SimpleNamespace
from typing import NamedTuple

from odoo.addons.listino_pricelist.layout.words import clean, one_line

_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_URL = re.compile(r"https?://", re.IGNORECASE)
ECHO = SimpleNamespace(write=str)  # a file for csv.writer, which gives back what its file's `write` does


class Column(NamedTuple):
    """A column of a table, an element of XML.

    :param str name: as the channel calls it
    :param str separator: one character that parts several values in a table; XML repeats the element instead
    :param tuple parts: the names of the parts of a value made of several, in their order
    """

    name: str
    separator: str = ","
    parts: tuple = ()


def checked(columns):
    """The columns, none twice and each with a name that XML can bear.

    >>> [column.name for column in checked([Column("id"), Column("title")])]
    ['id', 'title']
    >>> checked([Column("sale price")])
    Traceback (most recent call last):
    ...
    ValueError: 'sale price' is no name of a field.
    """
    columns = tuple(columns)
    names = [name for column in columns for name in (column.name, *column.parts)]
    for name in names:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a field.")
    if len({column.name for column in columns}) < len(columns):
        raise ValueError("A field stands twice among the columns.")
    return columns


def values_of(value):
    """A value as a list: none, one or several.

    >>> values_of("a"), values_of(["a", "", "b"]), values_of(None), values_of(False), values_of({"country": "IT"})
    (['a'], ['a', 'b'], [], [], [{'country': 'IT'}])
    """
    if isinstance(value, list | tuple):
        return [each for each in value if each]
    return [value] if value else []


def cell(column, value):
    """Several values in one cell of a table, each on one line.

    A separator inside a value is percent-encoded in a URL; other texts are put in quotes, as in CSV.

    >>> cell(Column("image"), ["https://x.it/a,b.jpg", "https://x.it/c.jpg"])
    'https://x.it/a%2Cb.jpg,https://x.it/c.jpg'
    >>> cell(Column("highlight"), ["crisp, golden", "salted"]), cell(Column("highlight"), "crisp, golden")
    ('"crisp, golden",salted', 'crisp, golden')
    >>> cell(Column("shipping", parts=("country", "service", "price")), [{"country": "IT", "price": "4.90 EUR"}])
    'IT::4.90 EUR'
    """
    if isinstance(value, str):
        return clean(value)
    texts = [_joined_parts(column, each) if isinstance(each, dict) else one_line(each) for each in values_of(value)]
    texts = [text for text in texts if text]
    if not isinstance(value, list | tuple):
        return "".join(texts)
    separator = column.separator
    if any(separator in text or '"' in text for text in texts):
        texts = [_encoded(text, separator) if _URL.match(text) else text for text in texts]
        return csv.writer(ECHO, delimiter=separator, lineterminator="").writerow(texts)
    return separator.join(texts)


def _encoded(text, separator):
    return text.replace(separator, f"%{ord(separator):02X}").replace('"', "%22")


def _joined_parts(column, value):
    return ":".join(one_line(value.get(part)).replace(":", " ") for part in column.parts)
