"""Names, hashes and answers to requests: the same for the same, another for another."""

import re

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..identity.conditional import GZIP, IDENTITY, File, answer, encoding_for, etag, part_of
from ..identity.content import content_hash
from ..identity.names import fitted, group_id, item_id
from .pure_common import PureCase

TEXTS = st.text(st.characters(codec="utf-8"), max_size=80)
PAYLOADS = st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS, max_size=3), max_size=6)
OURS = File("f00d", 1000, 200)


@tagged("post_install", "-at_install")
class TestNames(PureCase):
    @given(TEXTS, st.integers(1, 10**9), st.sampled_from([50, 100, 127]))
    def test_an_identifier_fits_has_no_blank_and_is_the_same_each_time(self, code, number, limit):
        found = item_id(code, number, limit)
        self.assertTrue(0 < len(found) <= limit)
        self.assertFalse(re.search(r"\s", found))
        self.assertEqual(found, item_id(code, number, limit))

    @given(st.text("ab", min_size=51, max_size=60), st.text("ab", min_size=51, max_size=60))
    def test_long_codes_that_differ_anywhere_stay_apart(self, one, other):
        self.assertEqual(fitted(one, 50) == fitted(other, 50), one == other)

    def test_without_a_code_the_record_gives_the_name(self):
        self.assertEqual((item_id("  ", 7), group_id(7)), ("P7", "G7"))


@tagged("post_install", "-at_install")
class TestContent(PureCase):
    @given(PAYLOADS, st.randoms())
    def test_the_order_of_names_and_empty_values_change_no_hash(self, payload, random):
        names = list(payload)
        random.shuffle(names)
        same = {name: payload[name] for name in names} | {"\x01nothing": ""}
        self.assertEqual(content_hash(payload), content_hash(same))

    @given(PAYLOADS, PAYLOADS)
    def test_other_values_have_another_hash(self, one, other):
        def filled(payload):
            return {name: value for name, value in payload.items() if value}

        self.assertEqual(content_hash(one) == content_hash(other), filled(one) == filled(other))

    def test_what_is_no_number_has_no_hash(self):
        with self.assertRaises(ValueError):
            content_hash({"a": float("nan")})


@tagged("post_install", "-at_install")
class TestConditional(PureCase):
    def status(self, **headers):
        return answer(OURS, {name.replace("_", "-"): value for name, value in headers.items()}).status

    @given(
        st.dictionaries(
            st.sampled_from(["If-None-Match", "Range", "If-Range", "Accept-Encoding"]), st.text(max_size=30)
        )
    )
    def test_any_header_gets_an_answer_whose_length_is_that_of_its_bytes(self, headers):
        found = answer(OURS, headers)
        self.assertIn(found.status, {200, 206, 304, 416})
        self.assertEqual(found.etag, etag(OURS, found.encoding))
        if found.status == 206:
            first, last = found.part
            self.assertTrue(0 <= first <= last < OURS.size)
            self.assertEqual(len(bytes(OURS.size)[first : last + 1]), found.length(OURS))

    @given(st.integers(0, 1500), st.integers(0, 1500))
    def test_parts_are_those_of_the_file(self, first, last):
        part = part_of(f"bytes={first}-{last}", OURS.size)
        if last < first:
            self.assertIsNone(part)
        elif first >= OURS.size:
            self.assertEqual(part, ())
        else:
            self.assertEqual(part, (first, min(last, OURS.size - 1)))

    def test_who_has_the_file_in_either_form_gets_nothing_again(self):
        for tags in ('"f00d"', 'W/"f00d"', '"x", "f00d-gzip"', "*"):
            self.assertEqual(self.status(If_None_Match=tags), 304, tags)
        for tags in ('"f00"', "f00d", ""):
            self.assertEqual(self.status(If_None_Match=tags), 200, tags)

    def test_a_part_is_of_the_plain_file_and_only_of_the_one_the_client_has(self):
        self.assertEqual(answer(OURS, {"Range": "bytes=0-9", "Accept-Encoding": "gzip"}).encoding, IDENTITY)
        self.assertEqual(self.status(Range="bytes=0-9", If_Range='"f00d"'), 206)
        self.assertEqual(self.status(Range="bytes=0-9", If_Range='"old"'), 200)
        self.assertEqual(self.status(Range="bytes=2000-"), 416)
        self.assertEqual(self.status(Range="bytes=0-9", If_None_Match='"f00d"'), 304)

    def test_plain_and_packed_have_tags_of_their_own(self):
        packed = answer(OURS, {"Accept-Encoding": "gzip"})
        self.assertEqual((packed.encoding, packed.length(OURS)), (GZIP, 200))
        self.assertNotEqual(packed.etag, answer(OURS, {}).etag)

    def test_packed_is_never_sent_to_who_does_not_take_it(self):
        for accepted in ("", "br", "gzip;q=0", "*;q=0", "identity", "gzip;q=bad", "deflate, gzip;q=0.0"):
            self.assertEqual(encoding_for(accepted), IDENTITY, accepted)
        for accepted in ("gzip", "GZIP;q=1.0", "br;q=1, x-gzip;q=0.3", "*;q=0.5"):
            self.assertEqual(encoding_for(accepted), GZIP, accepted)
