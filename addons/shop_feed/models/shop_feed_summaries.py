"""Rules and changes in one line, as lists show them."""

from odoo import api, fields, models

from ..mapping.sources import ATTRIBUTE
from .feed_source_names import SOURCE_NAMES


class ShopFeedRule(models.Model):
    _inherit = "shop.feed.rule"

    summary = fields.Char(string="If, Then", compute="_compute_summary")

    @api.depends("check_ids.source", "check_ids.operator", "check_ids.operand")
    @api.depends("action_ids.kind", "action_ids.field_name", "action_ids.argument")
    @api.depends_context("lang")
    def _compute_summary(self):
        for rule in self:
            checks = [check._get_words() for check in rule.check_ids] or [self.env._("Always")]
            actions = [action._get_words() for action in rule.action_ids]
            rule.summary = f"{', '.join(checks)} → {', '.join(actions)}"


class ShopFeedRuleCheck(models.Model):
    _inherit = "shop.feed.rule.check"

    def _get_words(self):
        source = SOURCE_NAMES.get(self.source)
        name = self.env._(source) if source else self.source.removeprefix(ATTRIBUTE)
        return " ".join(filter(None, (name, _label(self, "operator"), self.operand)))


class ShopFeedRuleAction(models.Model):
    _inherit = "shop.feed.rule.action"

    def _get_words(self):
        return " ".join(filter(None, (_label(self, "kind"), self.field_name, self.argument)))


class ShopFeedMapStep(models.Model):
    _inherit = "shop.feed.map.step"

    @api.depends("kind", "argument_1", "argument_2")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for step in self:
            step.display_name = " ".join(filter(None, (_label(step, "kind"), step.argument_1, step.argument_2)))


def _label(record, name):
    return dict(record._fields[name]._description_selection(record.env)).get(record[name], "")
