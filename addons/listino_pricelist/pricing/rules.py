"""Price rules and the order in which they win.

A rule carries the facts of a ``product.pricelist.item`` of Odoo 19, under the same names where they mean the same.
"""

from collections import defaultdict
from heapq import merge
from operator import attrgetter
from typing import NamedTuple

VARIANT, TEMPLATE, CATEGORY, EVERYTHING = "0_product_variant", "1_product", "2_product_category", "3_global"
SCOPES = frozenset({VARIANT, TEMPLATE, CATEGORY, EVERYTHING})
FIXED, PERCENTAGE, FORMULA = "fixed", "percentage", "formula"
METHODS = frozenset({FIXED, PERCENTAGE, FORMULA})
SALES_PRICE, COST, OTHER_LIST = "list_price", "standard_price", "pricelist"
BASES = frozenset({SALES_PRICE, COST, OTHER_LIST})

_position = attrgetter("position")


class Goods(NamedTuple):
    """What is priced: a variant, or a template as a whole.

    :param int id: the record's id, of a variant or of a template
    :param int template_id: its template's id
    :param variant_id: the variant whose rules apply; None for a template that has not exactly one variant
    :param tuple category_ids: its category and all above it
    :param bool whole: whether it is the template as a whole
    """

    id: int
    template_id: int
    variant_id: int | None
    category_ids: tuple
    whole: bool = False


class Rule(NamedTuple):
    """A rule of one price list.

    :param int position: its place in Odoo's order; the first applicable rule wins
    :param float discount: percent off the base; negative for a markup
    :param bool known: whether base and method are Odoo's own kinds; other kinds are asked of the addon that brings them
    """

    id: int
    position: int
    scope: str
    category_id: int | None = None
    template_id: int | None = None
    variant_id: int | None = None
    template_of_variant_id: int | None = None
    min_quantity: float = 0.0
    method: str = FIXED
    base: str = SALES_PRICE
    base_list_id: int | None = None
    fixed_price: float = 0.0
    percent_price: float = 0.0
    discount: float = 0.0
    rounding: float = 0.0
    surcharge: float = 0.0
    min_margin: float = 0.0
    max_margin: float = 0.0
    known: bool = True

    def admits_quantity(self, quantity):
        """Whether the quantity, in the product's own unit, reaches the rule's minimum."""
        return not self.min_quantity or quantity >= self.min_quantity

    def is_fetched_for(self, goods):
        """Whether Odoo would fetch the rule for these goods alone: every key it carries matches, used or not.

        Same as ``product.pricelist._get_applicable_rules_domain`` on a single product.
        """
        return (
            (not self.category_id or self.category_id in goods.category_ids)
            and (not self.template_id or self.template_id == goods.template_id)
            and (not self.variant_id or self._is_fetched_for_variant(goods))
        )

    def _is_fetched_for_variant(self, goods):
        if goods.whole:
            return self.template_of_variant_id == goods.template_id
        return self.variant_id == goods.variant_id


class RuleBook:
    """The rules of one list, found by what they apply to.

    ``rules`` holds them all in order; ``has_strangers`` says that some have a scope which is not Odoo's own.

    >>> pasta = Rule(1, 0, CATEGORY, category_id=7)
    >>> ten_of_all = Rule(2, 1, EVERYTHING, min_quantity=10)
    >>> book = RuleBook([pasta, ten_of_all])
    >>> [rule.id for rule in book.candidates(Goods(5, 5, 5, category_ids=(3, 7)))]
    [1, 2]
    >>> [rule.id for rule in book.candidates(Goods(6, 6, 6, category_ids=(3,)))]
    [2]
    >>> book.winner(Goods(6, 6, 6, category_ids=(3,)), 9) is None
    True
    """

    def __init__(self, rules):
        self._by_variant = defaultdict(list)
        self._by_template = defaultdict(list)
        self._by_category = defaultdict(list)
        self._for_everything = []
        self._of_branch = {}
        self.rules = sorted(rules, key=_position)
        self.has_strangers = any(rule.scope not in SCOPES for rule in self.rules)
        for rule in self.rules:
            self._shelf(rule).append(rule)

    def _shelf(self, rule):
        match rule.scope:
            case "0_product_variant":
                return self._by_variant[rule.variant_id]
            case "1_product":
                return self._by_template[rule.template_id]
            case "2_product_category":
                return self._by_category[rule.category_id]
        return self._for_everything

    def candidates(self, goods):
        """The rules whose scope covers the goods, in the order in which they win."""
        branch = self._of_branch.get(goods.category_ids)
        if branch is None:
            shelves = [self._by_category[category] for category in goods.category_ids if category in self._by_category]
            branch = list(merge(*shelves, self._for_everything, key=_position))
            self._of_branch[goods.category_ids] = branch
        variant_rules = self._by_variant.get(goods.variant_id) if goods.variant_id else None
        template_rules = self._by_template.get(goods.template_id)
        if not variant_rules and not template_rules:
            return branch
        return merge(variant_rules or (), template_rules or (), branch, key=_position)

    def winner(self, goods, quantity, *, alone=False):
        """The rule that Odoo applies, or None.

        :param float quantity: in the product's own unit
        :param bool alone: whether Odoo would have fetched the rules for these goods alone, as it does in base lists
        """
        for rule in self.candidates(goods):
            if rule.admits_quantity(quantity) and (not alone or rule.is_fetched_for(goods)):
                return rule
        return None
