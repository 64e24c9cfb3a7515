"""A build against the last one: counted exactly, and held where it would wipe a catalogue."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..builds.difference import Difference, difference
from ..builds.guard import Limits, holds
from .pure_common import PureCase

ITEMS = st.dictionaries(st.text("abc", max_size=3), st.sampled_from("xyz"), max_size=15)
COUNTS = st.integers(0, 500)


@tagged("post_install", "-at_install")
class TestBuilds(PureCase):
    @given(ITEMS, ITEMS)
    def test_the_difference_is_that_of_the_two_sets(self, old, new):
        found = difference(sorted(old.items()), sorted(new.items()))
        both = set(old) & set(new)
        self.assertEqual(found.samples["added"], sorted(set(new) - set(old)))
        self.assertEqual(found.samples["removed"], sorted(set(old) - set(new)))
        self.assertEqual(found.samples["changed"], sorted(key for key in both if old[key] != new[key]))
        self.assertEqual(found.same + found.changed, len(both))
        self.assertEqual(not (found.added or found.removed or found.changed), old == new)

    def test_items_out_of_order_or_twice_are_no_build(self):
        for entries in ([("b", "x"), ("a", "x")], [("a", "x"), ("a", "y")]):
            with self.assertRaises(ValueError):
                difference(entries, [])

    def test_samples_are_few_and_counts_are_whole(self):
        found = difference([], ((f"{number:05d}", "x") for number in range(1000)))
        self.assertEqual((found.added, len(found.samples["added"])), (1000, 20))

    @given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
    def test_a_build_that_is_published_by_itself_is_never_empty_nor_loses_more_than_allowed(
        self, new, gone, other, same, out
    ):
        change = Difference(new, gone, other, same, {})
        if holds(change, out):
            return
        before = gone + other + same
        self.assertGreater(new + other + same, 0)
        self.assertTrue(gone * 5 <= before or (before < 10 and gone == 1))
        self.assertLessEqual(out, new + other + same)

    def test_why_a_build_is_held_comes_with_its_numbers(self):
        codes = [(each.code, each.numbers) for each in holds(Difference(0, 21, 0, 79, {}), 200)]
        self.assertEqual(
            codes,
            [
                ("lost", {"lost": 21, "before": 100, "limit": 20}),
                ("left_out", {"left_out": 200, "meant": 279, "limit": 50}),
            ],
        )
        self.assertEqual([each.code for each in holds(Difference(0, 0, 0, 0, {}), 0)], ["empty"])

    def test_the_limits_are_the_feeds_own(self):
        change = Difference(0, 30, 0, 70, {})
        self.assertFalse(holds(change, 0, Limits(lost_percent=30)))
        self.assertTrue(holds(change, 0, Limits(lost_percent=29)))

    def test_one_of_a_few_items_may_go(self):
        self.assertFalse(holds(Difference(0, 1, 0, 2, {}), 0))
        self.assertTrue(holds(Difference(0, 2, 0, 2, {}), 0))
