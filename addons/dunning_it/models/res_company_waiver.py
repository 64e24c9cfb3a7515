"""Where a company books what it gives up, and what its salespeople see of what customers owe."""

from odoo import api, fields, models
from odoo.exceptions import UserError

LOSS_CODE, ALLOWANCE_CODE = "4905", "3111"  # Perdite su crediti, Ribassi e abbuoni passivi, in the Italian chart


class ResCompany(models.Model):
    _inherit = "res.company"

    dunning_loss_account_id = fields.Many2one(
        "account.account",
        string="Account of Losses on Receivables",
        compute="_compute_dunning_accounts",
        store=True,
        readonly=False,
        check_company=True,
        groups="base.group_user",
    )
    dunning_allowance_account_id = fields.Many2one(
        "account.account",
        string="Account of Allowances",
        compute="_compute_dunning_accounts",
        store=True,
        readonly=False,
        check_company=True,
        help="Credit notes without VAT are booked on it.",
        groups="base.group_user",
    )
    dunning_allowance_tax_id = fields.Many2one(
        "account.tax",
        string="Tax of Credit Notes without VAT",
        check_company=True,
        domain="[('type_tax_use', '=', 'sale'), ('amount', '=', 0)]",
        help="The exemption (natura) that the accountant wants on them; an electronic invoice needs one.",
        groups="base.group_user",
    )
    dunning_is_large = fields.Boolean(
        string="Enterprise of Larger Size",
        help="By turnover (art. 27 c.10 D.L. 185/2008): what is a small credit has a higher limit (art. 101 c.5 TUIR).",
        groups="base.group_user",
    )
    dunning_quote_hint = fields.Selection(
        [("full", "Amounts and days"), ("light", "Only a traffic light")],
        string="Salespeople See of What Customers Owe",
        default="full",
        required=True,
        groups="base.group_user",
    )

    @api.depends("chart_template")
    def _compute_dunning_accounts(self):
        """As the Italian chart has them; what was chosen stays."""
        for company in self:
            company.dunning_loss_account_id = company.dunning_loss_account_id or company._find_in_chart(LOSS_CODE)
            company.dunning_allowance_account_id = company.dunning_allowance_account_id or company._find_in_chart(
                ALLOWANCE_CODE
            )

    def _find_in_chart(self, code):
        """An account of the company's chart by its code there; empty where it has none.

        :rtype: account.account
        """
        self.ensure_one()
        chart = self.env["account.chart.template"].with_company(self)
        return chart.ref(code, raise_if_not_found=False) or self.env["account.account"]

    def _get_dunning_loss_account(self):
        """:raise UserError: where there is none"""
        return self._require_account(self.dunning_loss_account_id or self._find_in_chart(LOSS_CODE))

    def _get_dunning_allowance_account(self):
        """:raise UserError: where there is none"""
        return self._require_account(self.dunning_allowance_account_id or self._find_in_chart(ALLOWANCE_CODE))

    def _require_account(self, account):
        if not account:
            raise UserError(
                self.env._(
                    "%(company)s has no account to book waivers on: choose those of losses and allowances in the "
                    "settings of Dunning.",
                    company=self.name,
                )
            )
        return account


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dunning_loss_account_id = fields.Many2one(related="company_id.dunning_loss_account_id", readonly=False)
    dunning_allowance_account_id = fields.Many2one(related="company_id.dunning_allowance_account_id", readonly=False)
    dunning_allowance_tax_id = fields.Many2one(related="company_id.dunning_allowance_tax_id", readonly=False)
    dunning_is_large = fields.Boolean(related="company_id.dunning_is_large", readonly=False)
    dunning_quote_hint = fields.Selection(related="company_id.dunning_quote_hint", readonly=False)
