"""Prices as they would be: rules and product prices that are not written, for the time of one call.

Like a memo (:mod:`.price_memo`), a :class:`WhatIf` lives in the context, where a client can name the key but never make
the object.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from ..pricing.rules import CATEGORY, EVERYTHING, FIXED, TEMPLATE, VARIANT, Rule

WHAT_IF = "listino_what_if"


def what_if_of(env):
    """The :class:`WhatIf` in an environment's context, or None."""
    what_if = env.context.get(WHAT_IF)
    return what_if if isinstance(what_if, WhatIf) else None


@dataclass(frozen=True, slots=True)
class AddedRule:
    """A fixed price that a list would have for a variant, else a template, else a category, else everything."""

    list_id: int
    fixed_price: float
    min_quantity: float = 0.0
    template_id: int | None = None
    variant_id: int | None = None
    category_id: int | None = None

    @property
    def scope(self):
        """As ``applied_on`` of a ``product.pricelist.item``.

        >>> AddedRule(1, 9.5, template_id=7).scope, AddedRule(1, 9.5).scope
        ('1_product', '3_global')
        """
        keys = ((VARIANT, self.variant_id), (TEMPLATE, self.template_id), (CATEGORY, self.category_id))
        return next((scope for scope, key in keys if key), EVERYTHING)

    def as_rule(self):
        """The :class:`..pricing.rules.Rule`, of id 0: no record stands behind it; its position is still open."""
        return Rule(
            id=0,
            position=0,
            scope=self.scope,
            category_id=self.category_id,
            template_id=self.template_id,
            variant_id=self.variant_id,
            min_quantity=self.min_quantity,
            method=FIXED,
            fixed_price=self.fixed_price,
        )


@dataclass(frozen=True)
class WhatIf:
    """What would be otherwise.

    :param dict sales_prices: by template id, in the template's currency
    :param dict costs: by variant id
    :param dict fixed_prices: of rules that are there, by rule id
    :param removed_rule_ids: rules that would be gone
    :param added_rules: :class:`AddedRule` that would be there, the newest of their kind
    """

    sales_prices: dict = field(default_factory=dict)
    costs: dict = field(default_factory=dict)
    fixed_prices: dict = field(default_factory=dict)
    removed_rule_ids: frozenset = frozenset()
    added_rules: tuple = ()

    def __post_init__(self):
        of_list = defaultdict(list)
        for added in self.added_rules:
            of_list[added.list_id].append(added)
        object.__setattr__(self, "_added_of_list", of_list)

    def rules(self, list_id, rules):
        """The rules of a list as they would be, in the order in which Odoo would read them.

        :param list rules: those that are there, in that order

        >>> rules = [Rule(4, 0, "1_product", template_id=7, fixed_price=5.0), Rule(9, 1, "3_global", fixed_price=1.0)]
        >>> added = (AddedRule(2, 4.5, template_id=7), AddedRule(2, 4.0, min_quantity=10, template_id=7))
        >>> what_if = WhatIf(fixed_prices={9: 1.2}, added_rules=added)
        >>> [(rule.id, rule.fixed_price) for rule in what_if.rules(2, rules)]
        [(0, 4.0), (0, 4.5), (4, 5.0), (9, 1.2)]
        >>> [rule.id for rule in WhatIf(removed_rule_ids=frozenset([4])).rules(2, rules)]
        [9]
        """
        there = [
            rule._replace(fixed_price=self.fixed_prices.get(rule.id, rule.fixed_price))
            for rule in rules
            if rule.id not in self.removed_rule_ids
        ]
        added = [rule.as_rule() for rule in self._added_of_list.get(list_id, ())]
        ordered = sorted([*added, *there], key=lambda rule: (rule.scope, -rule.min_quantity))
        return [rule._replace(position=position) for position, rule in enumerate(ordered)]
