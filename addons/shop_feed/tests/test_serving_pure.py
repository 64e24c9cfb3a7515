"""Networks, keys and buckets: any text, any time."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..builds import contents
from ..serving.buckets import Buckets
from ..serving.keys import hashed, is_one_of, new_key
from ..serving.networks import network
from .pure_common import PureCase


@tagged("post_install", "-at_install")
class TestServingPure(PureCase):
    @given(st.ip_addresses(v=4))
    def test_the_last_number_of_an_address_is_forgotten(self, address):
        self.assertEqual(network(str(address)), f"{str(address).rpartition('.')[0]}.0/24")

    @given(st.ip_addresses(v=6).filter(lambda address: not address.ipv4_mapped), st.integers(0, 2**80 - 1))
    def test_of_a_long_address_three_groups_are_kept(self, address, rest):
        other = type(address)((int(address) >> 80 << 80) + rest)
        if not other.ipv4_mapped:
            self.assertEqual(network(str(address)), network(str(other)))

    @given(st.text())
    def test_any_text_is_a_network_or_nothing(self, text):
        self.assertIsInstance(network(text), str)

    @given(st.text(), st.text())
    def test_a_key_is_known_by_its_hash_and_no_other(self, key, other):
        self.assertTrue(is_one_of(key, [hashed(other), hashed(key)]))
        self.assertEqual(is_one_of(key, [hashed(other)]), hashed(key) == hashed(other))
        self.assertFalse(is_one_of(key, [key, "", None]))

    def test_keys_are_long_and_their_hash_is_standard(self):
        key = new_key()
        self.assertEqual(hashed(key), hashlib.sha256(key.encode()).hexdigest())
        self.assertEqual(len({new_key() for _number in range(100)}), 100)

    def test_a_bucket_is_never_fuller_than_full(self):
        now = [0.0]
        buckets = Buckets(size=3, a_second=1, clock=lambda: now[0])
        now[0] = 1e9
        self.assertEqual([buckets.take("a") for _number in range(5)], [0, 0, 0, 1, 1])

    def test_so_many_names_are_known_and_not_more(self):
        buckets = Buckets(size=1, a_second=0.001, at_most=2, clock=lambda: 0.0)
        self.assertEqual([buckets.take(name) > 0 for name in "aabbcb"], [False, True, False, True, False, True])

    @given(st.lists(st.tuples(st.text(), st.text("0123456789abcdef", min_size=64, max_size=64))))
    def test_contents_are_read_as_they_were_written(self, items):
        written = "".join(contents.line(*item) for item in items).encode("utf-8", "surrogatepass")
        read = list(contents.read(written.splitlines(keepends=True)))
        self.assertEqual(read, [(key, content_hash[: contents.DIGITS]) for key, content_hash in items])
