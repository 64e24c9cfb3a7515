"""Addresses of products in a shop that is not on Odoo: a text with gaps, nothing of which is ever looked up in code."""

import re
from urllib.parse import quote

from ..mapping.sources import Mistake

NAMES = ("default_code", "barcode", "id", "slug")
_GAP = re.compile(r"\{([^{}]*)\}")
_WEB = re.compile(r"https?://[^/?#{}\s]+[/?#]", re.I)  # the shop itself is no gap


def checked(template):
    """The template, where its gaps are names of :data:`NAMES` and there is at least one.

    >>> checked("https://negozio.it/p/{default_code}")
    'https://negozio.it/p/{default_code}'
    >>> checked("https://negozio.it/p/{default_code.__class__}")
    Traceback (most recent call last):
    ...
    odoo.addons.shop_feed.mapping.sources.Mistake: source_unknown {'name': 'default_code.__class__'}
    """
    names = _GAP.findall(template)
    for name in names:
        if name not in NAMES:
            raise Mistake("source_unknown", name=name)
    if not names or set("{}") & set(_GAP.sub("", template)):
        raise Mistake("brace_alone")
    return template


def is_of_web(template):
    """Whether it is an address of the web: of a shop whose name is written out, and no script to be run.

    >>> [is_of_web(text) for text in ("https://negozio.it/{id}", "javascript:alert({id})", "https://{slug}/", "/{id}")]
    [True, False, False, False]
    """
    return bool(_WEB.match(template))


def filled(template, values):
    """The address of one product; "" where something that it needs is not known.

    >>> filled("https://negozio.it/p/{default_code}", {"default_code": "AB 12/3"}), filled("https://a.it/{barcode}", {})
    ('https://negozio.it/p/AB%2012%2F3', '')
    """
    if not all(values.get(name) for name in _GAP.findall(template)):
        return ""
    return _GAP.sub(lambda gap: quote(str(values[gap[1]]), safe=""), template)
