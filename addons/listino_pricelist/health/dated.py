"""A rule with the time in which it is valid."""

from datetime import datetime
from typing import NamedTuple

from ..pricing.resolution import base_of
from ..pricing.rules import CATEGORY, FIXED, PERCENTAGE, TEMPLATE, VARIANT, Rule

_SCOPE_KEY = {VARIANT: "variant_id", TEMPLATE: "template_id", CATEGORY: "category_id"}


class DatedRule(NamedTuple):
    """A rule and its validity, both ends included; None: without beginning or end.

    >>> january = DatedRule(Rule(1, 0, "3_global"), datetime(2026, 1, 1), datetime(2026, 1, 31))
    >>> always = DatedRule(Rule(2, 1, "3_global"))
    >>> always.lasts_as_long_as(january), january.lasts_as_long_as(always), january.meets(always)
    (True, False, True)
    >>> january.is_over(datetime(2026, 1, 31)), january.is_over(datetime(2026, 2, 1))
    (False, True)
    """

    rule: Rule
    start: datetime | None = None
    end: datetime | None = None

    @property
    def target(self):
        """What the rule is for: its scope and the id there, as the choice of the winner reads them."""
        key = _SCOPE_KEY.get(self.rule.scope)
        return self.rule.scope, getattr(self.rule, key) if key else None

    @property
    def validity(self):
        """From when to when the rule holds, in UTC; None: without an end on that side."""
        return self.start, self.end

    def lasts_as_long_as(self, other):
        """Whether this rule is valid whenever the other one is."""
        return (not self.start or bool(other.start and self.start <= other.start)) and (
            not self.end or bool(other.end and self.end >= other.end)
        )

    def meets(self, other):
        """Whether there is a moment at which both are valid."""
        return (not self.start or not other.end or self.start <= other.end) and (
            not other.start or not self.end or other.start <= self.end
        )

    def is_over(self, date):
        """Whether the rule has ended before a moment in UTC."""
        return bool(self.end and self.end < date)


def terms(rule):
    """What of a rule makes its price: two rules with the same terms give any product the same price.

    >>> terms(Rule(1, 0, "3_global", fixed_price=3.0)) == terms(Rule(2, 1, "3_global", fixed_price=3.0, discount=9.0))
    True
    >>> ten = Rule(1, 0, "3_global", method="percentage", percent_price=10.0)
    >>> terms(ten) == terms(ten._replace(base="pricelist", base_list_id=4))
    False
    """
    if not rule.known:
        return rule.id, "known to another addon alone"
    if rule.method == FIXED:
        return FIXED, rule.fixed_price
    if rule.method == PERCENTAGE:
        return PERCENTAGE, base_of(rule), rule.percent_price
    steps = (rule.discount, rule.rounding, rule.surcharge, rule.min_margin, rule.max_margin)
    return rule.method, base_of(rule), steps
