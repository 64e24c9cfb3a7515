"""Rules of a feed: if, then."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mapping.rules import Action, Check, Rule
from ..mapping.sources import Mistake
from .feed_sentences import mistake_sentence

OPERATOR_NAMES = [
    ("is", "is"),
    ("is_not", "is not"),
    ("contains", "contains"),
    ("starts_with", "starts with"),
    ("under", "is, or lies below"),
    ("above", "is greater than"),
    ("below", "is less than"),
    ("is_set", "is filled"),
    ("is_not_set", "is empty"),
]
ACTION_NAMES = [
    ("set", "Set"),
    ("prefix", "Put before"),
    ("suffix", "Put behind"),
    ("clear", "Empty"),
    ("exclude", "Leave the product out"),
]


class ShopFeedRule(models.Model):
    """Actions where all checks hold; rules are asked in their order."""

    _name = "shop.feed.rule"
    _description = "Rule of a Shop Feed"
    _order = "sequence, id"

    feed_id = fields.Many2one("shop.feed", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    check_ids = fields.One2many("shop.feed.rule.check", "rule_id", string="If", copy=True)
    action_ids = fields.One2many("shop.feed.rule.action", "rule_id", string="Then", copy=True)

    @api.constrains("check_ids", "action_ids")
    def _check_rule(self):
        for rule in self:
            try:
                rule._get_rule()
            except Mistake as mistake:
                problem = mistake_sentence(self.env, mistake)
                raise ValidationError(
                    self.env._("%(rule)s makes no sense: %(problem)s", rule=rule.name, problem=problem)
                ) from mistake

    def _get_rule(self):
        """The rule as the pure layer reads it.

        :rtype: mapping.rules.Rule
        """
        self.ensure_one()
        checks = [Check(check.source, check.operator, check.operand or "") for check in self.check_ids]
        actions = [Action(each.kind, each.field_name or "", each.argument or "") for each in self.action_ids]
        return Rule(self.id, checks, actions)


class ShopFeedRuleCheck(models.Model):
    """A question about one fact of a product."""

    _name = "shop.feed.rule.check"
    _description = "Check of a Feed's Rule"
    _order = "sequence, id"

    rule_id = fields.Many2one("shop.feed.rule", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="rule_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    source = fields.Char(required=True)
    operator = fields.Selection(OPERATOR_NAMES, required=True, default="is")
    operand = fields.Char(string="Value")


class ShopFeedRuleAction(models.Model):
    """What a rule does."""

    _name = "shop.feed.rule.action"
    _description = "Action of a Feed's Rule"
    _order = "sequence, id"

    rule_id = fields.Many2one("shop.feed.rule", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="rule_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(ACTION_NAMES, required=True, default="set")
    field_name = fields.Char(string="Field")
    argument = fields.Char(string="Text", trim=False)
