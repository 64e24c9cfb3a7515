"""The plain arithmetic: what its examples are too short for."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..pricing.breaks import parse_quantities, quantity_columns
from ..pricing.resolution import CircularLists, Request, resolve
from ..pricing.rounding import ENDINGS, decimals_needed, round_unit_price
from ..pricing.rules import Goods, Rule, RuleBook

EGG = Goods(1, 1, 1, ())


class TwoListsInACircle:
    """Facts in which list 1 is based on list 2 and list 2 on list 1."""

    def winner(self, list_id, request, *, alone):
        return Rule(list_id, 0, "3_global", method="percentage", base="pricelist", base_list_id=3 - list_id)

    def currency(self, list_id):
        return "EUR"

    def answers_elsewhere(self, list_id, requests):
        return None


@tagged("post_install", "-at_install")
class TestPricing(BaseCase):
    def test_lists_in_a_circle_are_named_instead_of_running_for_ever(self):
        with self.assertRaises(CircularLists) as caught:
            resolve(TwoListsInACircle(), 1, [Request(EGG, 1, 1)], "EUR")
        self.assertEqual(caught.exception.args[:2], (1, 2))

    def test_rules_come_in_order_whatever_their_scope(self):
        rules = [
            Rule(4, 3, "3_global"),
            Rule(1, 0, "0_product_variant", variant_id=1),
            Rule(3, 2, "2_product_category", category_id=9),
            Rule(2, 1, "1_product", template_id=1),
        ]
        book = RuleBook(rules)
        self.assertEqual([rule.id for rule in book.candidates(Goods(1, 1, 1, (9,)))], [1, 2, 3, 4])
        self.assertEqual([rule.id for rule in book.candidates(Goods(2, 1, 2, (9,)))], [2, 3, 4])
        self.assertEqual([rule.id for rule in book.candidates(Goods(3, 3, 3, ()))], [4])

    def test_a_scope_of_another_addon_is_known_as_a_stranger(self):
        self.assertTrue(RuleBook([Rule(1, 0, "25_brand")]).has_strangers)
        self.assertFalse(RuleBook([Rule(1, 0, "3_global")]).has_strangers)

    @given(st.floats(0.0001, 1e7), st.integers(0, 4))
    def test_rounding_a_unit_price_changes_it_little(self, price, decimals):
        rounded = round_unit_price(price, decimals)
        self.assertLessEqual(abs(rounded - price), 0.05 * price + 1e-9)
        self.assertGreaterEqual(decimals_needed(price, decimals), decimals)

    @given(st.floats(0.0001, 1e7), st.integers(0, 4))
    def test_rounding_a_unit_price_twice_is_rounding_it_once(self, price, decimals):
        rounded = round_unit_price(price, decimals)
        self.assertEqual(round_unit_price(rounded, decimals), rounded)

    @given(st.dictionaries(st.floats(0, 1e6), st.integers(1, 50)), st.integers(1, 12))
    def test_quantity_columns_are_few_and_ascending(self, breaks, most):
        columns = quantity_columns(breaks, most)
        self.assertEqual(columns, sorted(set(columns)))
        self.assertLessEqual(len(columns), most)
        self.assertEqual(columns[0], 1.0)

    def test_quantities_that_are_no_quantities_are_named(self):
        for text in ("1; abc", "-3", "0", "1e30", "nan"):
            with self.assertRaises(ValueError, msg=text):
                parse_quantities(text)

    def test_every_ending_is_one_that_odoo_can_round_to(self):
        for rounding, surcharge in ENDINGS.values():
            self.assertGreaterEqual(rounding, 0)
            self.assertLess(abs(surcharge), 1)
