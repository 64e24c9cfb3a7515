"""The words of a piece of HTML."""

from html.parser import HTMLParser

from odoo.addons.listino_pricelist.layout.words import clean

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(["head", "noscript", "script", "style", "svg", "template", "title"])


def plain(html):
    """Text without marks, a line a block, list items with a dash.

    Odoo's ``html2plaintext`` puts stars around bold words and numbers beside links, which no channel wants.

    >>> plain("<p>Olio <b>extra</b>&nbsp;vergine</p><ul><li>fruttato</li><li>a &lt; b</li></ul><script>x()</script>")
    'Olio extra vergine\\n- fruttato\\n- a < b'
    >>> plain("3 < 5 & so on"), plain("<p>cut off"), plain(False)
    ('3 < 5 & so on', 'cut off', '')
    """
    if not html:
        return ""
    if "<" not in html and "&" not in html:
        return _tidy(html)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _tidy("".join(reader.texts))


def has_marks(text):
    """Whether a text is HTML rather than words.

    >>> has_marks("<p>Olio</p>"), has_marks("a &amp; b"), has_marks("3 < 5"), has_marks("Fish & chips")
    (True, True, False, False)
    """
    if "<" not in text and "&" not in text:
        return False
    return plain(text) != _tidy(text)


def _tidy(text):
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line and line != "-")


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self._silent = [], []

    def handle_starttag(self, tag, attrs):
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.texts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag):
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        elif tag in _BLOCKS:
            self.texts.append("\n")

    def handle_data(self, data):
        if not self._silent:
            self.texts.append(data)
