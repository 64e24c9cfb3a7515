"""Instalments of a case."""

from odoo import api, fields, models

DECLARED = "declared"
CLOSED = "closed"


class DunningCaseLine(models.Model):
    """An instalment that is overdue: a journal item belongs to one open case at most."""

    _name = "dunning.case.line"
    _description = "Overdue Instalment"
    _order = "due_date, id"
    _check_company_auto = True

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    move_line_id = fields.Many2one("account.move.line", required=True, readonly=True, index=True, ondelete="cascade")
    move_id = fields.Many2one(related="move_line_id.move_id", string="Invoice")
    currency_id = fields.Many2one(related="move_line_id.currency_id")
    state = fields.Selection(
        [("active", "Pursued"), ("disputed", "Disputed"), (DECLARED, "Said to be paid"), (CLOSED, "Closed")],
        required=True,
        default="active",
        readonly=True,
    )
    due_date = fields.Date(required=True, readonly=True, help="Interest runs from the day after it.")
    action_date = fields.Date(readonly=True, help="Nothing is done before: the patience of the policy or customer.")
    amount_original = fields.Monetary(compute="_compute_amounts", string="Original")
    amount_residual = fields.Monetary(compute="_compute_amounts", string="Residual")
    days_late = fields.Integer(compute="_compute_days_late")

    _one_open = models.UniqueIndex(
        "(move_line_id) WHERE state != 'closed'", "An instalment belongs to one open case at most."
    )

    @api.depends("move_line_id.amount_currency", "move_line_id.amount_residual_currency")
    def _compute_amounts(self):
        for line in self:
            line.amount_original = line.move_line_id.amount_currency
            line.amount_residual = line.move_line_id.amount_residual_currency

    @api.depends("due_date")
    @api.depends_context("tz", "uid")
    def _compute_days_late(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.days_late = (today - line.due_date).days if line.due_date else 0

    @api.depends("move_line_id", "due_date")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.move_line_id.move_name or line.move_line_id.display_name

    def _get_payment_link(self):
        """Where the customer sees the invoice and may pay it, nothing for another entry."""
        self.ensure_one()
        move = self.move_id
        return move.get_base_url() + move.get_portal_url() if move.is_sale_document() else False
