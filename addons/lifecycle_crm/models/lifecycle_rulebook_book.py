"""Rules of the database as the pure layer reads them."""

from fractions import Fraction

from odoo import models
from odoo.tools import float_repr

from ..stages.gap import GapSettings
from ..stages.rules import KNOWN, UNKNOWN, Condition, Rule, RuleBook, Stage
from ..stages.terms import MONEY, TERMS, WHOLE


class LifecycleRulebook(models.Model):
    _inherit = "lifecycle.rulebook"

    def _get_rules(self):
        """The rules in the order in which they are asked."""
        return self.env["lifecycle.rule"].search([("rulebook_id", "=", self.id)])

    def _as_book(self):
        """The rules, in their order, with all stages of the company.

        :rtype: stages.rules.RuleBook
        :raise ValueError: where the settings of the gap make no sense
        """
        self.ensure_one()
        stages = self.company_id._lifecycle_get_stages()
        conditions = self.env["lifecycle.condition"].search([("rule_id.rulebook_id", "=", self.id)]).grouped("rule_id")
        return RuleBook(
            tuple(Stage(stage.code, stage.phase) for stage in stages),
            tuple(rule._as_rule(conditions.get(rule, ())) for rule in self._get_rules()),
            GapSettings(self.gap_default, self.gap_weight, self.gap_least, self.gap_most, self.gap_enough),
        )


class LifecycleRule(models.Model):
    _inherit = "lifecycle.rule"

    def _as_rule(self, conditions):
        """The rule.

        :param conditions: its ``lifecycle.condition`` records, in their order
        :rtype: stages.rules.Rule
        """
        self.ensure_one()
        return Rule(
            self.code, self.stage_id.code, tuple(condition._as_condition() for condition in conditions), self.match
        )


class LifecycleCondition(models.Model):
    _inherit = "lifecycle.condition"

    def _as_condition(self):
        """The condition; money in the smallest unit of the company's currency, whole numbers as such.

        :rtype: stages.rules.Condition
        """
        self.ensure_one()
        if self.operator in (KNOWN, UNKNOWN):
            return Condition(self.term, self.operator)
        value = Fraction(float_repr(self.value, 2))
        kind = TERMS[self.term].kind
        if kind == MONEY:
            value *= 10**self.company_id.currency_id.decimal_places
        if kind in WHOLE and value.denominator == 1:
            value = value.numerator
        return Condition(self.term, self.operator, value)
