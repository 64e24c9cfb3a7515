"""Reviews as Google reads them: the elements of its schema 2.4, in the order of the sequence that it prescribes.

The order and the nesting are those of the pages https://developers.google.com/product-review-feeds/schema and
https://developers.google.com/product-review-feeds/sample; the schema itself (``product_reviews.xsd``) lies at the
address that each file names. What a shop of Odoo does not have (titles, pros and cons, pictures, ASINs) is left out,
and so are the identifiers of the reviewer and of the order: nobody needs them to show a review.

>>> print(ReviewShape("Frantoio").item({"review_id": "7", "reviewer_name": "Rosa", "is_anonymous": "false",
...     "overall": "5", "content": "Good & green", "sku": ["OLIO"], "product_url": "https://x.it/7"}), end="")
<review>
<review_id>7</review_id>
<reviewer>
<name is_anonymous="false">Rosa</name>
</reviewer>
<content>Good &amp; green</content>
<ratings>
<overall min="1" max="5">5</overall>
</ratings>
<products>
<product>
<product_ids>
<skus>
<sku>OLIO</sku>
</skus>
</product_ids>
<product_url>https://x.it/7</product_url>
</product>
</products>
</review>
"""

from .columns import values_of
from .xml import DECLARATION, escape

VERSION = "2.4"
SCHEMA = f"http://www.google.com/shopping/reviews/schema/product/{VERSION}/product_reviews.xsd"
HEAD = (
    f'{DECLARATION}<feed xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:noNamespaceSchemaLocation="{SCHEMA}">\n<version>{VERSION}</version>\n'
)
IDENTIFIERS = ("gtin", "mpn", "sku", "brand")


class ReviewShape:
    """The file of a shop's reviews.

    :param str publisher: whose reviews they are
    """

    content_type, extension, tail = "application/xml; charset=utf-8", "xml", "</reviews>\n</feed>\n"

    def __init__(self, publisher):
        self.head = f"{HEAD}{_within('publisher', _element('name', publisher))}<reviews>\n"

    def item(self, values):
        """The element of one review.

        :param dict values: by the names of the channel's fields
        """
        parts = [
            _of(values, "review_id"),
            _within("reviewer", _reviewer(values)),
            *(_of(values, name) for name in ("is_verified_purchase", "is_incentivized_review", "review_timestamp")),
            *(_of(values, name) for name in ("content", "review_language")),
            _of(values, "review_url", ' type="group"'),  # the page of the product shows all of its reviews
            _within("ratings", _of(values, "overall", ' min="1" max="5"')),
            _within("products", _within("product", _product(values))),
            _of(values, "collection_method"),
        ]
        return _within("review", "".join(parts))


def _reviewer(values):
    is_anonymous = values.get("is_anonymous") or "true"
    return _element("name", values.get("reviewer_name"), f' is_anonymous="{escape(is_anonymous)}"')


def _product(values):
    ids = "".join(
        _within(f"{name}s", "".join(_element(name, each) for each in values_of(values.get(name))))
        for name in IDENTIFIERS
    )
    return _within("product_ids", ids) + _of(values, "product_name") + _of(values, "product_url")


def _of(values, name, attributes=""):
    return _element(name, values[name], attributes) if values.get(name) else ""


def _element(name, text, attributes=""):
    return f"<{name}{attributes}>{escape(text)}</{name}>\n"


def _within(name, inner):
    return f"<{name}>\n{inner}</{name}>\n" if inner else ""
