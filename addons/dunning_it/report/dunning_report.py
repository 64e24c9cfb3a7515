"""What is overdue, by whatever one asks it by."""

from odoo import fields, models
from odoo.tools import SQL

from ..models.dunning_policy import AUDIENCES

AGES = [
    ("1_30", "Up to 30 days"),
    ("31_60", "31 to 60 days"),
    ("61_90", "61 to 90 days"),
    ("91_180", "91 to 180 days"),
    ("over_180", "Over 180 days"),
]
STANDINGS = [
    ("1_mail", "To be reminded"),
    ("2_call", "To be called"),
    ("3_notice", "Formal notice next"),
    ("4_review", "Review next"),
    ("5_none", "No next step"),
    ("6_paused", "Paused"),
    ("7_disputed", "Disputed"),
    ("8_stopped", "Stopped"),
    ("9_legal", "Legal way"),
]


class DunningReport(models.Model):
    """An overdue instalment in an open case, in the currency of the reader's company."""

    _name = "dunning.report"
    _description = "Analysis of What Is Overdue"
    _auto = False
    _rec_name = "move_id"
    _order = "due_date, id"
    _depends = {
        "account.move.line": ["amount_residual", "balance", "move_id"],
        "dunning.case": ["partner_id", "policy_id", "stage_id", "stage_kind", "state", "user_id"],
        "dunning.case.line": ["case_id", "company_id", "due_date", "move_line_id", "state"],
        "dunning.policy": ["audience"],
    }

    case_id = fields.Many2one("dunning.case", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    category_ids = fields.Many2many(related="partner_id.category_id", string="Tags")
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True)
    policy_id = fields.Many2one("dunning.policy", readonly=True)
    audience = fields.Selection(AUDIENCES, readonly=True)
    stage_id = fields.Many2one("dunning.stage", string="Next Step", readonly=True)
    standing = fields.Selection(STANDINGS, string="Where It Stands", readonly=True)
    move_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    due_date = fields.Date(readonly=True)
    age = fields.Selection(AGES, string="Overdue Since", readonly=True)
    days_late = fields.Integer(readonly=True, aggregator="avg")
    amount_original = fields.Monetary(string="Original", readonly=True)
    amount_residual = fields.Monetary(string="Overdue", readonly=True)

    def action_open_case(self):
        """The case of the instalment."""
        self.ensure_one()
        return self.case_id._get_form_action()

    # === QUERY === #

    @property
    def _table_query(self):
        # OVERRIDE: the report is a query, not a table; ages are as of the reader's day.
        today = fields.Date.context_today(self)
        return SQL(
            """
            SELECT line.id, line.case_id, line.company_id, %(currency)s AS currency_id, pursued.partner_id,
                   pursued.user_id, pursued.policy_id, policy.audience, pursued.stage_id, %(standing)s AS standing,
                   item.move_id, line.due_date, %(age)s AS age, %(today)s - line.due_date AS days_late,
                   item.balance * account_currency_table.rate AS amount_original,
                   item.amount_residual * account_currency_table.rate AS amount_residual
              FROM dunning_case_line line
              JOIN dunning_case pursued ON pursued.id = line.case_id
              JOIN account_move_line item ON item.id = line.move_line_id
              JOIN %(rates)s ON account_currency_table.company_id = line.company_id
              LEFT JOIN dunning_policy policy ON policy.id = pursued.policy_id
             WHERE line.state != 'closed'
            """,
            currency=self.env.company.currency_id.id,
            standing=self._get_standing(),
            age=self._get_age(today),
            today=today,
            rates=self.env["res.currency"]._get_simple_currency_table(self.env.companies),
        )

    def _get_standing(self):
        """What an instalment waits for; a hook."""
        return SQL(
            """
            CASE WHEN line.state = 'disputed' THEN '7_disputed'
                 WHEN pursued.state = 'paused' THEN '6_paused'
                 WHEN pursued.state = 'stopped' THEN '8_stopped'
                 WHEN pursued.state = 'legal' THEN '9_legal'
                 WHEN pursued.stage_kind = 'mail' THEN '1_mail'
                 WHEN pursued.stage_kind = 'call' THEN '2_call'
                 WHEN pursued.stage_kind = 'notice' THEN '3_notice'
                 WHEN pursued.stage_kind = 'review' THEN '4_review'
                 ELSE '5_none' END
            """
        )

    def _get_age(self, today):
        return SQL(
            """
            CASE WHEN %(late)s <= 30 THEN '1_30'
                 WHEN %(late)s <= 60 THEN '31_60'
                 WHEN %(late)s <= 90 THEN '61_90'
                 WHEN %(late)s <= 180 THEN '91_180'
                 ELSE 'over_180' END
            """,
            late=SQL("(%s - line.due_date)", today),
        )
