"""Instalments: open receivable lines with the dates dunning works on."""

from odoo import api, fields, models
from odoo.fields import Domain


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    dunning_agreed_date = fields.Date(
        string="Agreed in Writing",
        copy=False,
        help="A later date agreed with the customer: nothing is done before it.",
        groups="base.group_user",
    )
    dunning_case_line_ids = fields.One2many("dunning.case.line", "move_line_id", groups="dunning_it.group_dunning_user")

    @api.model
    def _get_dunning_domain(self, company):
        """Open receivables of a company, of invoices and of other entries; a hook to leave some out."""
        return Domain(
            [
                ("company_id", "=", company.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("partner_id", "!=", False),
            ]
        )
