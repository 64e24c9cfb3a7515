"""The stages and rules that a company begins with."""

from odoo import api, models
from odoo.fields import Command

from ..stages.presets import PRESETS
from ..stages.terms import MONEY, TERMS
from .lifecycle_preset_words import rule_words, stage_words

USUAL_PRESET = "shop"


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a company begins with stages and rules of its own.
        companies = super().create(vals_list)
        companies._lifecycle_ensure_rules()
        return companies

    def _lifecycle_ensure_rules(self):
        """Give the usual rules, and drafts of the usual plays, to companies that have none at all."""
        for company in self:
            if not self.env["lifecycle.rulebook"].sudo().search_count([("company_id", "=", company.id)], limit=1):
                company._lifecycle_load_preset(USUAL_PRESET)._put_in_force()
                company._lifecycle_load_plays()

    def _lifecycle_load_preset(self, kind):
        """A draft with the rules of a preset; stages that the company lacks are made.

        :param str kind: one of :data:`stages.presets.PRESETS`
        :return: the new ``lifecycle.rulebook``
        """
        self.ensure_one()
        book = PRESETS[kind]
        stages = self._lifecycle_ensure_stages(book.stages)
        rulebook = (
            self.env["lifecycle.rulebook"]
            .sudo()
            .create(  # managers make them by a button, installation by itself
                {
                    "company_id": self.id,
                    "gap_default": book.gap.default,
                    "gap_weight": book.gap.weight,
                    "gap_least": book.gap.least,
                    "gap_most": book.gap.most,
                    "gap_enough": book.gap.enough,
                    "rule_ids": [
                        Command.create(self._prepare_lifecycle_rule_vals(rule, place, stages))
                        for place, rule in enumerate(book.rules)
                    ],
                }
            )
        )
        name_in_all_languages(
            rulebook.rule_ids, lambda env: {code: {"name": name} for code, name in rule_words(env).items()}
        )
        return rulebook

    def _lifecycle_ensure_stages(self, wanted):
        """The stages by code, in the order in which they are wanted."""
        Stage = self.env["lifecycle.stage"].sudo().with_context(active_test=False)  # as the rules
        stages = {stage.code: stage for stage in Stage.search([("company_id", "=", self.id)])}
        new = Stage.create(
            [
                {
                    "company_id": self.id,
                    "code": stage.code,
                    "name": stage.code,
                    "phase": stage.phase,
                    "sequence": 10 * (place + 1),
                    "color": place + 1,
                }
                for place, stage in enumerate(wanted)
                if stage.code not in stages
            ]
        )
        name_in_all_languages(
            new,
            lambda env: {code: {"name": name, "advice": advice} for code, (name, advice) in stage_words(env).items()},
        )
        return {**stages, **{stage.code: stage for stage in new}}

    def _prepare_lifecycle_rule_vals(self, rule, place, stages):
        return {
            "sequence": 10 * (place + 1),
            "code": rule.code,
            "name": rule.code,
            "stage_id": stages[rule.stage].id,
            "match": rule.match,
            "condition_ids": [
                Command.create(
                    {
                        "sequence": 10 * (number + 1),
                        "term": condition.term,
                        "operator": condition.operator,
                        "value": self._lifecycle_amount(condition),
                    }
                )
                for number, condition in enumerate(rule.conditions)
            ],
        }

    def _lifecycle_amount(self, condition):
        """The value of a condition as people write it: money in whole units."""
        value = float(condition.value or 0)
        is_money = TERMS[condition.term].kind == MONEY
        return value / 10**self.currency_id.decimal_places if is_money else value


def name_in_all_languages(records, words, key=lambda record: record.code):
    """Write the words of records in each language that is installed.

    :param words: a function of an environment to values by key
    :param key: a function of a record to its key
    """
    languages = [code for code, _name in records.env["res.lang"].get_installed()]
    for lang in ["en_US", *(code for code in languages if code != "en_US")]:
        named = words(records.with_context(lang=lang).env)
        for record in records.with_context(lang=lang):
            record.write(named.get(key(record), {}))
