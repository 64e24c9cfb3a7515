"""Links: what was there stays, what is added can be read back, and none leads elsewhere."""

from urllib.parse import parse_qsl, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..channels.issues import Refused
from ..links.codes import LENGTH, LETTERS, short_code, typed
from ..links.coupon import coupon_link
from ..links.tags import UTM
from ..links.tags import tagged as with_tags
from .pure_common import PureCase

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=15)
QUERIES = st.lists(
    st.sampled_from(["a=1", "attr=1,2", "b", "c=%20x", "utm_source=old", "utm_medium=x", "d=a+b"]), max_size=5
)


@tagged("post_install", "-at_install")
class TestLinks(PureCase):
    @given(
        QUERIES, st.dictionaries(st.sampled_from([*UTM, "other"]), TEXTS, max_size=5), st.sampled_from(["", "#foto"])
    )
    def test_the_rest_of_an_address_stays_letter_by_letter_and_tags_read_back(self, words, tags, fragment):
        url = "https://shop.example/olio-7" + ("?" + "&".join(words) if words else "") + fragment
        found = with_tags(url, tags)
        wanted = {name: value for name, value in tags.items() if value and name in UTM}
        kept = [word for word in words if word.partition("=")[0] not in wanted]
        left = [word for word in urlsplit(found).query.split("&") if word and word.partition("=")[0] not in wanted]
        self.assertEqual(left, kept)
        self.assertEqual({**self._tags_of(url), **wanted}, self._tags_of(found))
        self.assertEqual(urlsplit(found)._replace(query=""), urlsplit(url)._replace(query=""))
        self.assertEqual(with_tags(found, tags), found, "tagging twice is tagging once")

    def _tags_of(self, url):
        return {name: value for name, value in parse_qsl(urlsplit(url).query) if name in UTM}

    @given(TEXTS.filter(bool), st.text("abc/?&=#% è", max_size=15))
    def test_a_coupon_link_brings_its_code_and_its_page(self, code, path):
        path = "/shop" + path
        parts = urlsplit(coupon_link("https://shop.example/", code, path))
        self.assertEqual(unquote(parts.path.removeprefix("/coupon/")), code)
        self.assertEqual(dict(parse_qsl(parts.query, keep_blank_values=True)), {"r": path})
        self.assertEqual((parts.netloc, parts.fragment), ("shop.example", ""))

    def test_a_coupon_link_never_leads_to_another_website(self):
        for path in ("https://evil.example", "//evil.example", "/\\evil.example", "shop", ""):
            with self.assertRaises(Refused):
                coupon_link("https://shop.example", "FAN", path)

    def test_codes_of_many_links_stay_apart_and_an_attempt_gives_another(self):
        codes = {short_code(b"secret", number) for number in range(20_000)}
        self.assertEqual(len(codes), 20_000)
        self.assertNotEqual(short_code(b"secret", 7), short_code(b"secret", 7, attempt=1))
        self.assertNotEqual(short_code(b"secret", 7), short_code(b"other", 7))
        self.assertEqual({len(code) for code in codes}, {LENGTH})
        self.assertLessEqual(set("".join(codes)), set(LETTERS))

    def test_a_code_is_found_however_it_is_typed(self):
        code = short_code(b"secret", 7)
        self.assertEqual(typed(f" {code[:3].upper()}-{code[3:]}\n"), code)
