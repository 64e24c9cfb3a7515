"""Pages of any kind, and what they say."""

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..landing.comparison import Told, findings
from ..landing.page import Page, number, read
from .pure_common import PureCase

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner)
    | st.dictionaries(st.sampled_from(["@type", "@graph", "offers", "hasVariant", "price", "url"]) | st.text(), inner),
)


def page_with(data):
    return f"<html><script type='application/ld+json'>{json.dumps(data).replace('</', '<')}</script></html>"


@tagged("post_install", "-at_install")
class TestLandingPure(PureCase):
    @given(st.text())
    def test_any_text_is_read(self, text):
        self.assertIsInstance(read(text), Page)

    @given(JSON)
    def test_any_data_are_read(self, data):
        for offer in read(page_with(data)).offers:
            self.assertTrue(offer.price is None or offer.price.is_finite())

    def test_an_empty_page_says_nothing(self):
        self.assertEqual(read(""), Page([], ""))
        self.assertEqual(read(page_with({"@type": "Product", "url": "x", "offers": None})).offers, [])

    def test_the_offer_of_the_variant_counts(self):
        variants = [
            {"@type": "Product", "url": f"https://x.it/shop/a-1#attribute_values={each}", "offers": {"price": each}}
            for each in (1, 2)
        ]
        page = read(page_with([{"@type": "ProductGroup", "hasVariant": variants}, {"@type": "BreadcrumbList"}]))
        link = "https://x.it/en/shop/a-1?utm_source=x#attribute_values=2"
        self.assertEqual(findings(Told(link, Decimal("2.00")), page), [])
        [finding] = findings(Told(link, Decimal("1.00")), page)
        self.assertEqual((finding.code, finding.numbers), ("price_differs", {"told": "1.00", "said": "2"}))
        [finding] = findings(Told("https://x.it/shop/a-1#attribute_values=3", Decimal("2.00")), page)
        self.assertEqual(finding.code, "no_data")

    def test_the_variant_of_a_query_is_found_beside_the_product(self):
        urls = ("https://x.it/shop/a-1", "https://x.it/shop/a-1?attribute_values=2", "https://x.it/shop/b-2")
        offers = [{"@type": "Product", "url": url, "offers": {"price": place}} for place, url in enumerate(urls)]
        page = read(page_with(offers))
        told = Told("https://x.it/it/shop/a-1?attribute_values=2&utm_source=meta", Decimal(1))
        self.assertEqual(findings(told, page), [])
        self.assertEqual(findings(told._replace(link="https://x.it/shop/a-1?utm_source=x", price=Decimal(0)), page), [])

    @given(st.decimals(0, 10**9, places=2), st.sampled_from([(",", "."), (".", ","), (",", "\xa0"), (".", "'")]))
    def test_numbers_are_read_as_they_are_written(self, value, signs):
        decimal_point, thousands = signs
        text = f"{value:,.2f}".translate({ord(","): thousands, ord("."): decimal_point})
        self.assertEqual(number(text, decimal_point, thousands), value)

    @given(st.decimals(0, 10**6, places=2))
    def test_what_rounds_to_the_same_is_the_same(self, value):
        page = read(page_with({"@type": "Product", "offers": {"price": float(value) + 1e-9}}))
        self.assertEqual(findings(Told("https://x.it/a", value), page, value), [])

    @given(st.decimals(allow_nan=False, allow_infinity=False) | st.sampled_from([Decimal("1E+999999"), Decimal("-0")]))
    def test_a_page_may_say_any_number(self, said):
        page = read(page_with({"@type": "Product", "offers": {"price": str(said)}}))
        found = findings(Told("https://x.it/a", Decimal("9.90")), page, said)
        self.assertEqual(len(found), 0 if abs(said - Decimal("9.90")) < Decimal("0.005") else 2)
