"""One thing that was found in a price list, before it becomes a record."""

from typing import NamedTuple

from .kinds import SEVERITY


class Found(NamedTuple):
    """A finding as facts.

    :param str kind: one of :mod:`.kinds`
    :param rule_id: the rule it is about, if it is about one
    :param other_rule_id: the rule that it meets
    :param company_id: the company whose taxes or costs it is about; None: as the list has it
    :param str mark: tells it from others of the same kind about the same rules
    :param int count: of the products, rules or lists concerned
    :param dict figures: the numbers, as JSON can hold them
    :param bool repairable: whether one click can put it right

    >>> Found("overlap", rule_id=3, other_rule_id=4).key, Found("circle", mark="1-2").key
    ('overlap:3:4:0:', 'circle:0:0:0:1-2')
    """

    kind: str
    rule_id: int | None = None
    other_rule_id: int | None = None
    company_id: int | None = None
    mark: str = ""
    count: int = 0
    figures: dict = {}
    repairable: bool = False

    @property
    def key(self):
        """What makes it the same finding at the next check."""
        ids = (self.rule_id, self.other_rule_id, self.company_id)
        return ":".join([self.kind, *(str(one or 0) for one in ids), self.mark])

    @property
    def severity(self):
        """How bad it is: the kind alone says so."""
        return SEVERITY[self.kind]
