"""The foot of a website's pages, as its templates have it: what it says, and what it shows of the company's fields."""

import re

PLACEHOLDERS = ("555-555", "yourcompany.", "example.com")  # what Odoo's own footers hold before anybody writes there
_DIGITS = re.compile(r"\D+")
_SAID = ("t-field", "t-esc", "t-out", "href", "t-att-href", "t-attf-href")


def footer_of(arch):
    """All that the foot of a page says, as text: words, addresses of links, names of fields it shows.

    :param arch: the layout's combined template, an lxml element

    >>> from lxml import etree
    >>> footer_of(etree.fromstring('<t>Casa<p id="footer"><a href="tel:070">Chiama</a> <i t-field="c.vat"/></p></t>'))
    'tel:070 Chiama c.vat'
    >>> footer_of(etree.fromstring("<t/>"))
    ''
    """
    words = []
    for foot in arch.xpath("//*[@id='footer'] | //footer[not(.//*[@id='footer'])]"):
        for node in foot.iter():
            if not isinstance(node.tag, str):
                continue
            words += [node.get(name) for name in _SAID if node.get(name)]
            words += [node.text]
            words += [child.tail for child in node]
    return " ".join(" ".join(filter(None, words)).split())


def has_number(text, number):
    """Whether a text holds a number, however it is grouped.

    >>> has_number("P.IVA 0074 3110 157", "IT00743110157"), has_number("Tel. 070", ""), has_number("12", "1")
    (True, False, False)
    """
    digits = _DIGITS.sub("", number or "")
    return len(digits) > 4 and digits in re.sub(r"[\s./\-()+]", "", text)


def is_placeholder(text):
    """Whether a text still holds the contacts that Odoo's templates begin with.

    >>> is_placeholder("tel:+1 555-555-5556"), is_placeholder("tel:+39 070 123")
    (True, False)
    """
    return any(word in text for word in PLACEHOLDERS)
