"""The dialog before a debit note: what it will hold, line by line."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.dunning_charge import COMPENSATION, COST, INTEREST


class DunningChargeWizard(models.TransientModel):
    """What can be invoiced of a case up to a day; the figures are reckoned anew when the debit note is made."""

    _name = "dunning.charge.wizard"
    _description = "Invoice Interest and Costs"

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="case_id.currency_id")
    until = fields.Date(string="Interest up to", required=True, default=fields.Date.context_today)
    has_paid = fields.Boolean(
        string="With What Was Paid Late", help="Interest and compensation of what this customer has paid since."
    )
    line_ids = fields.One2many(
        "dunning.charge.wizard.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        compute_sudo=False,
    )
    amount_total = fields.Monetary(string="Total", compute="_compute_amount_total")
    is_provisional = fields.Boolean(compute="_compute_is_provisional")
    has_no_tax = fields.Boolean(compute="_compute_has_no_tax")

    @api.depends("case_id", "until", "has_paid")
    def _compute_line_ids(self):
        for wizard in self:
            case = wizard.case_id
            case.check_access("read")
            found = []
            if case and wizard.until:
                found = case._get_chargeables(wizard.until, case._get_charge_lines(wizard.has_paid))
            vals_list = [
                {"kind": each.kind, "key": each.key, "name": each.name, "amount": each.amount} for each in found
            ]
            wizard.line_ids = [Command.clear(), *map(Command.create, vals_list)]

    @api.depends("line_ids.is_chosen", "line_ids.amount")
    def _compute_amount_total(self):
        for wizard in self:
            wizard.amount_total = sum(wizard.line_ids.filtered("is_chosen").mapped("amount"))

    @api.depends("case_id", "until", "has_paid")
    def _compute_is_provisional(self):
        for wizard in self:
            case = wizard.case_id
            wizard.is_provisional = bool(case and wizard.until) and (
                case._get_owed(wizard.until, case._get_charge_lines(wizard.has_paid))[case].is_provisional
            )

    @api.depends("line_ids.kind", "line_ids.is_chosen")
    def _compute_has_no_tax(self):
        for wizard in self:
            company = wizard.case_id.company_id.sudo()  # who may remind need not read taxes
            kinds = set(wizard.line_ids.filtered("is_chosen").mapped("kind"))
            wizard.has_no_tax = any(not company[f"dunning_{kind}_tax_id"] for kind in kinds)

    def action_confirm(self):
        """Make the draft and show it."""
        self.ensure_one()
        keys = set(self.line_ids.filtered("is_chosen").mapped("key"))
        if not keys:
            raise UserError(self.env._("Nothing is chosen: tick what is to be invoiced."))
        return self.case_id._charge(self.until, self.has_paid, keys)._get_debit_note_window()


class DunningChargeWizardLine(models.TransientModel):
    """A line that can be left out."""

    _name = "dunning.charge.wizard.line"
    _description = "Line of a Debit Note to Be"

    wizard_id = fields.Many2one("dunning.charge.wizard", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    is_chosen = fields.Boolean(string="Invoice It", default=True)
    kind = fields.Selection([(INTEREST, "Interest"), (COMPENSATION, "Compensation"), (COST, "Cost")], readonly=True)
    key = fields.Char(readonly=True)
    name = fields.Text(string="Description", readonly=True)
    amount = fields.Monetary(readonly=True)
