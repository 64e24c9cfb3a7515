"""What a formal notice claims, instalment by instalment."""

from odoo import fields, models


class DunningNoticeLine(models.Model):
    """An instalment as the notice claims it."""

    _name = "dunning.notice.line"
    _description = "Instalment of a Formal Notice"
    _order = "due_date, id"

    notice_id = fields.Many2one("dunning.notice", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="notice_id.currency_id")
    move_line_id = fields.Many2one(
        "account.move.line", string="Journal Item", readonly=True, index="btree_not_null", ondelete="set null"
    )
    move_id = fields.Many2one(related="move_line_id.move_id", string="Invoice")
    name = fields.Char(string="Document", readonly=True, required=True)
    due_date = fields.Date(readonly=True, required=True)
    amount_original = fields.Monetary(string="Original", readonly=True)
    amount_residual = fields.Monetary(string="Residual", readonly=True)
    amount_interest = fields.Monetary(string="Interest", readonly=True)
    amount_compensation = fields.Monetary(string="Compensation", readonly=True)
