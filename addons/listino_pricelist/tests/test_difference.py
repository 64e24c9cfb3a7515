"""What changed between two price lists: every price once, nothing that did not change."""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..freezing.content import FrozenListing, PriceColumn, Unit
from ..freezing.difference import DOWN, GONE, NEW, UP, DifferentCurrencies, compare
from ..layout.listing import Column, Heading, Line
from .test_freezing import many, source_of

CENTS = st.one_of(st.none(), st.integers(0, 5).map(lambda cents: cents / 100))


def frozen_of(rows, quantities=(1.0,), *, taxes=("untaxed",), uoms=(), currency="EUR", others=None):
    """A frozen list of rows ``{product id: prices}``; prices by column, the taxes of a quantity side by side."""
    price_columns = [PriceColumn(float(quantity)) for quantity in quantities]
    price_columns += [PriceColumn(1.0, Unit(uom_id, f"unit {uom_id}")) for uom_id in uoms]
    columns = [Column("name", "Product")]
    for place, wanted in enumerate(price_columns):
        group = f"per {wanted.uom.name}" if wanted.uom else f"from {wanted.quantity:g}"
        columns += [Column(f"{tax}_{place}", "Price", "price", group=group) for tax in taxes]
    blocks = [
        Line((f"P{key}", *prices), product_id=key, other_ids=(others or {}).get(key, ())) for key, prices in rows.items()
    ]
    return FrozenListing.of(source_of(blocks, *columns, price_columns=price_columns), currency)


def told(difference):
    return [(change.product_id, change.kind, change.old, change.new) for change in difference]


@st.composite
def lists(draw):
    quantities = draw(st.sampled_from([(1,), (1, 10), (1, 10, 50), (5, 10)]))
    prices = st.lists(CENTS, min_size=len(quantities), max_size=len(quantities))
    rows = draw(st.dictionaries(st.integers(1, 6), prices, max_size=6))
    return frozen_of(rows, quantities)


@tagged("post_install", "-at_install")
class TestDifference(BaseCase):
    def test_new_gone_up_down_and_the_same(self):
        old = frozen_of({1: [2.0], 2: [3.0], 3: [4.0], 4: [5.0]})
        new = frozen_of({1: [2.1], 2: [2.4], 3: [4.0], 5: [6.0]})
        difference = compare(old, new)
        self.assertEqual(
            told(difference), [(1, UP, 2.0, 2.1), (2, DOWN, 3.0, 2.4), (5, NEW, None, 6.0), (4, GONE, 5.0, None)]
        )
        self.assertEqual([change.amount for change in difference], [0.1, -0.6, None, None])
        self.assertEqual([change.percent for change in difference], [5.0, -20.0, None, None])
        self.assertEqual([change.is_whole for change in difference], [False, False, True, True])
        self.assertEqual(difference.same_count, 1)
        self.assertEqual(dict(difference.counts()), {UP: 1, DOWN: 1, NEW: 1, GONE: 1})
        self.assertEqual((difference.average_percent(UP), difference.average_percent(DOWN)), (5.0, -20.0))

    def test_counts_are_of_products_and_averages_of_prices(self):
        difference = compare(frozen_of({1: [2.0, 1.0]}, (1, 10)), frozen_of({1: [3.0, 2.0]}, (1, 10)))
        self.assertEqual((difference.counts()[UP], len(difference)), (1, 2))
        self.assertEqual(difference.average_percent(UP), 75.0)
        self.assertIsNone(difference.average_percent(DOWN))

    def test_a_price_that_begins_or_ends_is_new_or_gone_without_its_product(self):
        difference = compare(frozen_of({1: [None, 1.0]}, (1, 10)), frozen_of({1: [2.0, None]}, (1, 10)))
        self.assertEqual(told(difference), [(1, NEW, None, 2.0), (1, GONE, 1.0, None)])
        self.assertFalse(any(change.is_whole for change in difference))

    def test_from_nothing_there_is_no_percentage(self):
        [change] = compare(frozen_of({1: [0.0]}), frozen_of({1: [2.0]}))
        self.assertEqual((change.kind, change.amount, change.percent), (UP, 2.0, None))

    def test_a_new_quantity_column_is_compared_with_what_held_for_that_quantity(self):
        old = frozen_of({1: [2.0, 1.8], 2: [3.0, 3.0]}, (1, 10))
        new = frozen_of({1: [2.0, 1.8, 1.5], 2: [3.0, 3.0, 3.0]}, (1, 10, 50))
        [change] = compare(old, new)
        self.assertEqual(
            (change.product_id, change.key.quantity, change.old, change.new, change.label),
            (1, 50.0, 1.8, 1.5, "Price from 50"),
        )
        [change] = compare(new, old)
        self.assertEqual((change.kind, change.old, change.new, change.label), (UP, 1.5, 1.8, "Price from 50"))

    def test_a_quantity_of_which_only_one_tells_a_price_is_named_not_compared(self):
        difference = compare(frozen_of({1: [1.8]}, (10,)), frozen_of({1: [2.0, 1.8]}, (1, 10)))
        self.assertFalse(difference.changes)
        self.assertEqual((difference.only_old, difference.only_new), ((), ("Price from 1",)))

    def test_units_and_kinds_of_price_are_compared_each_with_its_own(self):
        old = frozen_of({1: [2.0, 2.4, 20.0, 24.0]}, uoms=[7], taxes=("untaxed", "taxed"))
        new = frozen_of({1: [2.0, 200.0, 21.0]}, uoms=[8, 7])
        [change] = compare(old, new)
        self.assertEqual((change.key.uom_id, change.key.tax, change.old, change.new), (7, "untaxed", 20.0, 21.0))
        difference = compare(old, new)
        self.assertEqual(difference.only_new, ("Price per unit 8",))
        self.assertEqual(len(difference.only_old), 2)

    def test_variants_of_one_row_that_part_are_neither_new_nor_gone(self):
        together = frozen_of({1: [5.0]}, others={1: (2, 3)})
        apart = frozen_of({1: [5.0], 2: [6.0], 3: [5.0]})
        self.assertEqual(told(compare(together, apart)), [(2, UP, 5.0, 6.0)])
        self.assertEqual(told(compare(apart, together)), [(1, DOWN, 6.0, 5.0)])
        first_archived = frozen_of({2: [5.0]}, others={2: (3,)})
        self.assertEqual(told(compare(together, first_archived)), [])

    def test_other_currencies_are_refused(self):
        with self.assertRaises(DifferentCurrencies):
            compare(frozen_of({1: [2.0]}), frozen_of({1: [2.0]}, currency="USD"))

    def test_what_is_gone_stands_with_its_category(self):
        def source(*blocks):
            return FrozenListing.of(source_of(blocks), "EUR")

        one, two, three, four = (Line((f"P{key}", 1.0), product_id=key) for key in range(1, 5))
        old = source(Heading(0, "A"), one, two, Heading(1, "B"), three, Heading(0, "C"), four)
        new = source(Heading(0, "A"), one, Heading(1, "B"), Line(("P5", 1.0), product_id=5))
        self.assertEqual(
            [(change.name, change.kind, change.category) for change in compare(old, new)],
            [("P2", GONE, ("A",)), ("P5", NEW, ("A", "B")), ("P3", GONE, ("A", "B")), ("P4", GONE, ("C",))],
        )

    @given(lists())
    @settings(deadline=None, database=None, max_examples=50)
    def test_a_list_does_not_differ_from_itself(self, one):
        difference = compare(one, one)
        self.assertFalse(difference.changes or difference.only_old or difference.only_new)

    @given(lists(), lists())
    @settings(deadline=None, database=None, max_examples=150)
    def test_backwards_it_is_the_mirror_image(self, one, other):
        there, back = compare(one, other), compare(other, one)
        self.assertCountEqual(
            [(change.product_id, change.key, change.old, change.new, change.is_whole) for change in there],
            [(change.product_id, change.key, change.new, change.old, change.is_whole) for change in back],
        )
        self.assertEqual((there.same_count, there.only_old), (back.same_count, back.only_new))
        for change in there:
            self.assertNotEqual(change.old, change.new)

    def test_ten_thousand_products_are_compared(self):
        old, new = FrozenListing.of(many(10_000)), FrozenListing.of(many(10_000, seed=2))
        difference = compare(old, new)
        self.assertEqual(len(difference) + difference.same_count, 50_000)
