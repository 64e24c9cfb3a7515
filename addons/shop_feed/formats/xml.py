"""Items as XML: RSS 2.0 and Atom with Google's namespace, or any list of elements.

One element a line, as Meta refuses lines of more than five megabytes.

>>> feed = Feed("Shop", "https://shop.example", "All & sundry")
>>> print(rss([Column("id"), Column("image", ",")], feed).item({"image": ["a.jpg", "b.jpg"], "id": "<7>"}), end="")
<item>
<g:id>&lt;7&gt;</g:id>
<g:image>a.jpg</g:image>
<g:image>b.jpg</g:image>
</item>
"""

from typing import NamedTuple

from odoo.addons.listino_pricelist.layout.words import clean

from .columns import Column, checked, values_of

GOOGLE = "http://base.google.com/ns/1.0"
ATOM = "http://www.w3.org/2005/Atom"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Feed(NamedTuple):
    """What a feed says of itself. ``updated`` is a moment as RFC 3339 writes it, which Atom asks for."""

    title: str
    link: str = ""
    description: str = ""
    updated: str = ""


class XmlShape:
    """A list of elements between a head and a tail.

    :param columns: the :class:`~.columns.Column` of the file, in their order
    :param str head: all before the first item
    :param str tail: all after the last one
    :param str tag: the element of an item
    :param str prefix: what stands before the names of the fields
    :param about: what else an item says: a function of its values
    """

    content_type, extension = "application/xml; charset=utf-8", "xml"

    def __init__(self, columns, head, tail, tag, prefix="", about=None):
        self.head, self.tail, self._prefix, self._about = head, tail, prefix, about
        self._open, self._close = f"<{tag}>\n", f"</{tag}>\n"
        self._columns = [
            (column, f"<{prefix}{column.name}>", f"</{prefix}{column.name}>\n") for column in checked(columns)
        ]

    def item(self, values):
        """The element of one item, fields in the order of the columns."""
        lines = [self._open]
        if self._about:
            lines.append(self._about(values))
        for column, opening, closing in self._columns:
            value = values.get(column.name)
            if not value:
                continue
            if isinstance(value, str):
                lines += (opening, escape(value), closing)
                continue
            for each in values_of(value):
                text = self._parts(column, each) if isinstance(each, dict) else escape(each)
                lines += (opening, text, closing)
        lines.append(self._close)
        return "".join(lines)

    def _parts(self, column, value):
        return "".join(_element(self._prefix + part, value[part]) for part in column.parts if value.get(part))


def rss(columns, feed):
    """RSS 2.0, the fields in Google's namespace."""
    head = f'{DECLARATION}<rss version="2.0" xmlns:g="{GOOGLE}">\n<channel>\n'
    head += "".join(f"{_element(name, getattr(feed, name))}\n" for name in ("title", "link", "description"))
    return XmlShape(columns, head, "</channel>\n</rss>\n", "item", "g:")


def atom(columns, feed):
    """Atom 1.0, the fields in Google's namespace; what Atom itself asks of an entry is taken from them."""

    def about(values):
        links = "".join(f'<link href="{_attribute(link)}"/>\n' for link in values_of(values.get("link")))
        named = {"title": values.get("title"), "id": values.get("id"), "updated": feed.updated}
        return links + "".join(f"{_element(name, value)}\n" for name, value in named.items())

    head = f'{DECLARATION}<feed xmlns="{ATOM}" xmlns:g="{GOOGLE}">\n{_element("title", feed.title)}\n'
    head += (
        f'<link href="{_attribute(feed.link)}"/>\n{_element("id", feed.link)}\n{_element("updated", feed.updated)}\n'
    )
    return XmlShape(columns, head, "</feed>\n", "entry", "g:", about)


def elements(columns, root, tag):
    """A list of elements without a namespace, for channels that have a form of their own.

    >>> print(elements([Column("Code")], "Products", "Offer").item({"Code": "A7"}), end="")
    <Offer>
    <Code>A7</Code>
    </Offer>
    """
    checked([Column(root), Column(tag)])
    return XmlShape(columns, f"{DECLARATION}<{root}>\n", f"</{root}>\n", tag)


def escape(text):
    """Clean text between tags.

    >>> escape("Salt & pepper\\x0b ]]> <b>") == "Salt &amp; pepper\\n ]]&gt; &lt;b&gt;"
    True
    """
    text = clean(text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _attribute(text):
    return escape(text).replace('"', "&quot;")


def _element(name, value):
    return f"<{name}>{escape(value)}</{name}>"
