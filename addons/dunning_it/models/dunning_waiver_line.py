"""How much of an instalment is given up, and the entry that books it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

EDITABLE = {"amount"}


class DunningWaiverLine(models.Model):
    """An instalment of the case; nothing of it is given up where the amount is zero."""

    _name = "dunning.waiver.line"
    _description = "Instalment of a Waiver"
    _order = "id"
    _check_company_auto = True

    waiver_id = fields.Many2one("dunning.waiver", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="waiver_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="waiver_id.currency_id")
    state = fields.Selection(related="waiver_id.state")
    move_line_id = fields.Many2one("account.move.line", required=True, readonly=True, index=True, ondelete="restrict")
    move_id = fields.Many2one(related="move_line_id.move_id", string="Invoice")
    due_date = fields.Date(readonly=True, required=True)
    amount_residual = fields.Monetary(related="move_line_id.amount_residual_currency", string="Open", currency_field="currency_id")
    amount_residual_then = fields.Monetary(string="Open When Proposed", readonly=True)
    amount = fields.Monetary(string="Given Up", required=True)
    entry_id = fields.Many2one(
        "account.move", string="Booked By", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    entry_line_id = fields.Many2one("account.move.line", readonly=True, index="btree_not_null", ondelete="set null")

    _check_amount = models.Constraint("CHECK (amount >= 0)", "Less than nothing can't be given up.")
    _one_each = models.UniqueIndex("(waiver_id, move_line_id)", "An instalment is in a waiver once.")

    @api.depends("move_line_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.move_line_id.move_name or line.move_line_id.display_name

    def write(self, vals):
        # OVERRIDE: how much is given up is a person's to say, until it was proposed; the rest is the server's.
        if not self.env.su:
            if not EDITABLE.issuperset(vals):
                raise AccessError(self.env._("Only the amount of an instalment that is given up can be changed."))
            self.waiver_id._check_draft()
        return super().write(vals)

    def _is_whole(self):
        """Whether nothing of the instalment is left."""
        self.ensure_one()
        return self.currency_id.compare_amounts(self.amount, self.amount_residual) >= 0

    def _get_chosen(self):
        return self.filtered(lambda line: not line.currency_id.is_zero(line.amount))
