"""A link that gives a discount and then shows a product: Odoo's ``/coupon/<code>?r=<path>``."""

from urllib.parse import quote, urlsplit

from ..channels.issues import Refused


def coupon_link(base, code, path="/shop"):
    """The link of a coupon.

    :param str base: the website's address
    :param str code: of the coupon or program
    :param str path: where the customer goes then, on the same website

    >>> coupon_link("https://shop.example/", "FAN 10%", "/shop/olio-7?color=2&a=1")
    'https://shop.example/coupon/FAN%2010%25?r=/shop/olio-7%3Fcolor%3D2%26a%3D1'
    >>> coupon_link("https://shop.example", "FAN", "//evil.example")
    Traceback (most recent call last):
    ...
    odoo.addons.shop_feed.channels.issues.Refused: url_not_absolute
    """
    parts = urlsplit(path)
    if not path.startswith("/") or parts.scheme or parts.netloc or "\\" in path:
        raise Refused("url_not_absolute", url=path[:200])
    return f"{base.rstrip('/')}/coupon/{quote(code, safe='')}?r={quote(path, safe='/')}"
