"""Versions: a draft is changed, checked, tried, and put in force; what was in force stays as it was."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..stages.check import problems
from ..stages.presets import PRESETS
from .lifecycle_words import condition_words, problem_words

MANAGER = "lifecycle_crm.group_lifecycle_manager"
PRESET_NAMES = [("shop", "Shop"), ("wholesale", "Wholesale"), ("services", "Services")]


class LifecycleRulebook(models.Model):
    _inherit = "lifecycle.rulebook"

    name = fields.Char(compute="_compute_name")
    problem_text = fields.Text(string="To Mend", compute="_compute_problem_text")

    @api.depends("version", "state")
    @api.depends_context("lang")
    def _compute_name(self):
        for rulebook in self:
            rulebook.name = self.env._("Version %(number)s", number=rulebook.version)

    @api.depends("name")
    def _compute_display_name(self):
        for rulebook in self:
            rulebook.display_name = rulebook.name

    @api.depends(
        "rule_ids.sequence",
        "rule_ids.code",
        "rule_ids.match",
        "rule_ids.stage_id",
        "rule_ids.condition_ids.term",
        "rule_ids.condition_ids.operator",
        "rule_ids.condition_ids.value",
        "gap_default",
        "gap_weight",
        "gap_least",
        "gap_most",
        "gap_enough",
    )
    @api.depends_context("lang")
    def _compute_problem_text(self):
        for rulebook in self:
            rulebook.problem_text = "\n".join(rulebook._get_problem_sentences()) if rulebook._origin else ""

    def _get_problem_sentences(self):
        """All that stands against putting it in force, at once."""
        self.ensure_one()
        try:
            book = self._origin._as_book()
        except ValueError:
            return [self.env._("The shortest gap must not be longer than the usual one, nor that than the longest.")]
        names = {rule.code: rule.name for rule in self.rule_ids}
        return [problem_words(self.env, problem, names) for problem in problems(book)]

    # === WHAT MAY BE CHANGED === #

    def write(self, vals):
        # OVERRIDE: what was in force explains transitions, so it stays as it was.
        if vals.keys() - {"note", "state", "activated_on", "activated_by_id", "version"}:
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_draft()

    def _check_draft(self):
        if any(rulebook.state != "draft" for rulebook in self):
            raise UserError(
                self.env._(
                    "These rules are or were in force and stay as they are: copy them to a draft to change them."
                )
            )

    # === BUTTONS === #

    def action_activate(self):
        """Put a draft in force; the former rules are kept."""
        self.ensure_one()
        self._check_manager()
        self._check_draft()
        if sentences := self._get_problem_sentences():
            raise ValidationError("\n".join(sentences))
        self._put_in_force()

    def action_copy_to_draft(self):
        """A draft that begins with these rules."""
        self.ensure_one()
        self._check_manager()
        return self.copy()._get_form_action()

    def action_try(self):
        """Who would move, before anything is saved."""
        self.ensure_one()
        self._check_manager()
        if sentences := self._get_problem_sentences():
            raise ValidationError("\n".join(sentences))
        trial = self.env["lifecycle.trial"].create({"rulebook_id": self.id})
        trial._run()
        action = self.env["ir.actions.act_window"]._for_xml_id("lifecycle_crm.lifecycle_trial_action")
        return {**action, "res_id": trial.id}

    @api.model
    def action_start_preset(self, kind):
        """A draft with the rules for a trade.

        :param str kind: one of :data:`PRESET_NAMES`
        """
        self._check_manager()
        if kind not in PRESETS:
            raise UserError(self.env._("There are no rules for this trade."))
        return self.env.company._lifecycle_load_preset(kind).with_env(self.env)._get_form_action()

    def _check_manager(self):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a manager of the customer lifecycle changes its rules."))

    def _get_form_action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("lifecycle_crm.lifecycle_rulebook_action")
        return {**action, "views": [(False, "form")], "view_mode": "form", "res_id": self.id}


class LifecycleRule(models.Model):
    _inherit = "lifecycle.rule"

    words = fields.Text(string="In Words", compute="_compute_words")

    @api.depends("match", "condition_ids.term", "condition_ids.operator", "condition_ids.value")
    @api.depends_context("lang")
    def _compute_words(self):
        for rule in self:
            said = [condition._get_words() for condition in rule.condition_ids if condition.term]
            joint = self.env._(" and ") if rule.match == "all" else self.env._(" or ")
            rule.words = joint.join(said) if said else self.env._("everybody else")

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a rule of a version in force is not added to.
        rules = super().create(vals_list)
        rules.rulebook_id._check_draft()
        return rules

    def write(self, vals):
        # OVERRIDE: what was in force stays as it was; only its name may be worded better.
        if vals.keys() - {"name"}:
            self.rulebook_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.rulebook_id._check_draft()


class LifecycleCondition(models.Model):
    _inherit = "lifecycle.condition"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: what holds for a rule holds for its conditions.
        conditions = super().create(vals_list)
        conditions.rule_id.rulebook_id._check_draft()
        return conditions

    def write(self, vals):
        # OVERRIDE: what holds for a rule holds for its conditions.
        self.rule_id.rulebook_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.rule_id.rulebook_id._check_draft()

    def _get_words(self):
        condition = self._as_condition()
        return condition_words(self.env, self.term, self.operator, condition.value, self.company_id.currency_id)


class LifecycleStage(models.Model):
    _inherit = "lifecycle.stage"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """Customers, their history and rules refer to it."""
        used = self.env["lifecycle.rule"].sudo().search([("stage_id", "in", self.ids)], limit=1)  # to say which
        if used:
            raise UserError(
                self.env._(
                    "“%(stage)s” is used by the rule “%(rule)s”: change the rules first.",
                    stage=used.stage_id.name,
                    rule=used.name,
                )
            )
        moved = (
            self.env["lifecycle.transition"]
            .sudo()
            .search(  # likewise
                ["|", ("from_stage_id", "in", self.ids), ("to_stage_id", "in", self.ids)], limit=1
            )
        )
        if moved:
            raise UserError(self.env._("Customers have been in this stage: its history stays."))
