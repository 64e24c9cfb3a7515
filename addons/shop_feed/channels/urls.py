"""Addresses that a channel's machine can fetch and a customer may see."""

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

from odoo.addons.listino_pricelist.layout.words import one_line

from .issues import Refused

_SAFE = "%/:?#[]@!$&'()*+,;=~"
_BACK_OFFICE = re.compile(r"/(odoo|web)(/(?!image\b|content\b)|$)")
_PRIVATE_ENDS = (".local", ".localhost", ".internal", ".lan", ".test", ".invalid")


def address(text):
    """The address in the letters that a URL may have.

    >>> address("https://Negozio.it/caffè nero?a=1&b=2,3")
    'https://Negozio.it/caff%C3%A8%20nero?a=1&b=2,3'
    >>> address("/shop/1")
    Traceback (most recent call last):
    ...
    odoo.addons.shop_feed.channels.issues.Refused: url_not_absolute
    """
    text = one_line(text)
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        raise Refused("url_not_absolute", url=text[:200]) from None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        raise Refused("url_not_absolute", url=text[:200])
    if parts.username is not None:
        raise Refused("url_with_password")
    if not _is_public(host):
        raise Refused("url_not_public", host=host)
    if _BACK_OFFICE.match(parts.path):
        raise Refused("url_of_back_office", url=text[:200])
    return _encoded(parts, host)


def extension(url):
    """What the last part of a path ends in.

    >>> extension("https://x.it/a.b/Foto.JPG?unique=1"), extension("https://x.it/web/image/7")
    ('jpg', '')
    """
    name = urlsplit(url).path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def _encoded(parts, host):
    netloc = parts.netloc
    if not netloc.isascii():
        try:
            netloc = netloc.replace(host, host.encode("idna").decode())
        except UnicodeError:
            raise Refused("url_not_absolute", url=parts.geturl()[:200]) from None
    rest = [quote(part, safe=_SAFE) for part in (parts.path, parts.query, parts.fragment)]
    return urlunsplit((parts.scheme.lower(), netloc, *rest))


def _is_public(host):
    """
    >>> [_is_public(host) for host in ("shop.example", "8.8.8.8", "127.0.0.1", "192.168.1.4", "localhost", "a.local")]
    [True, True, False, False, False, False]
    """
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.rstrip(".").lower().endswith(_PRIVATE_ENDS)
