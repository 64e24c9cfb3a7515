"""Why a customer is where he is, and what is next, in words."""

from odoo import api, fields, models
from odoo.tools import format_date

from ..stages.terms import TERMS, Silent
from .lifecycle_words import reason_words


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    reason_text = fields.Text(string="Why", compute="_compute_reason_text")
    advice = fields.Text(related="stage_id.advice")
    next_text = fields.Char(string="What Comes", compute="_compute_next_text")

    @api.depends("reason", "last_order_date", "gap_days")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        for status in self:
            reason = status._get_reason_today()
            status.reason_text = reason and reason_words(self.env, reason, status.currency_id)

    def _get_reason_today(self):
        """The reason with the silence of today: that grows by itself, the rest was found when something happened."""
        if not self.reason:
            return False
        days = self.last_order_date and max((self.company_id._lifecycle_today() - self.last_order_date).days, 0)
        conditions = []
        for finding in self.reason["conditions"]:
            actual = finding["actual"]
            if isinstance(TERMS[finding["term"]], Silent) and actual is not None and self.gap_days:
                actual = days if finding["term"] == "silent_days" else round(days / self.gap_days, 2)
            conditions.append({**finding, "actual": actual})
        return {**self.reason, "conditions": conditions}

    @api.depends("next_order_date", "next_change_date", "next_contact_date", "is_over")
    @api.depends_context("lang")
    def _compute_next_text(self):
        for status in self:
            said = []
            if status.next_order_date and not status.is_over:
                day = format_date(self.env, status.next_order_date)
                is_past = status.next_order_date < status.company_id._lifecycle_today()
                expected = self.env._("An order was expected on %(day)s.", day=day)
                said.append(expected if is_past else self.env._("An order is expected on %(day)s.", day=day))
            if status.next_change_date:
                day = format_date(self.env, status.next_change_date)
                said.append(self.env._("If nothing happens, another stage on %(day)s.", day=day))
            status.next_text = " ".join(said)


class LifecycleTransition(models.Model):
    _inherit = "lifecycle.transition"

    reason_text = fields.Text(string="Why", compute="_compute_reason_text")

    @api.depends("reason")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        for transition in self:
            currency = transition.company_id.currency_id
            transition.reason_text = transition.reason and reason_words(self.env, transition.reason, currency)
