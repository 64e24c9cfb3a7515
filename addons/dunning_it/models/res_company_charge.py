"""How interest and costs are invoiced: document, account and tax, filled in from the Italian chart if it is there."""

from odoo import api, fields, models
from odoo.fields import Domain

from .dunning_charge import COMPENSATION, COST, INTEREST, KINDS

ACCOUNTS = {INTEREST: "5110", COMPENSATION: "3202", COST: "3103"}  # of the Italian chart
TAX = "00art15v"  # outside the tax base, art. 15 DPR 633/72 (Natura N1)


class ResCompany(models.Model):
    _inherit = "res.company"

    dunning_charge_document = fields.Selection(
        [("TD05", "Debit note (TD05)"), ("TD01", "Invoice (TD01)")],
        string="Kind of Document",
        default="TD05",
        required=True,
        groups="base.group_user",
    )
    dunning_interest_tax_id = fields.Many2one(
        "account.tax",
        string="Tax of Interest",
        check_company=True,
        domain="[('type_tax_use', '=', 'sale')]",
        help="Interest for late payment is outside the tax base: art. 15 c. 1 n. 1 DPR 633/72 (Natura N1).",
        groups="base.group_user",
    )
    dunning_interest_account_id = fields.Many2one(
        "account.account", string="Account of Interest", check_company=True, groups="base.group_user"
    )
    dunning_compensation_tax_id = fields.Many2one(
        "account.tax",
        string="Tax of the Compensation",
        check_company=True,
        domain="[('type_tax_use', '=', 'sale')]",
        help="A penalty for delay, outside the tax base like interest (Natura N1); some use N2.2.",
        groups="base.group_user",
    )
    dunning_compensation_account_id = fields.Many2one(
        "account.account",
        string="Account of the Compensation",
        check_company=True,
        groups="base.group_user",
    )
    dunning_cost_tax_id = fields.Many2one(
        "account.tax",
        string="Tax of Costs",
        check_company=True,
        domain="[('type_tax_use', '=', 'sale')]",
        help="N1 for what was paid in the customer's name with a document (art. 15 c. 1 n. 3 DPR 633/72).",
        groups="base.group_user",
    )
    dunning_cost_account_id = fields.Many2one(
        "account.account", string="Account of Costs", check_company=True, groups="base.group_user"
    )

    @api.model
    def _fill_all_dunning_charges(self):
        """Fill in the settings that are missing, for all companies."""
        self.search(Domain.TRUE)._fill_dunning_charges()

    def _fill_dunning_charges(self):
        """Fill in the settings that are missing from what the company's chart of accounts has."""
        for company in self.filtered(lambda company: company.chart_template == "it"):
            vals = company._prepare_italian_charges()
            if missing := {name: value for name, value in vals.items() if value and not company[name]}:
                company.write(missing)

    def _prepare_italian_charges(self):
        chart = self.env["account.chart.template"].with_company(self)
        tax = chart.ref(TAX, raise_if_not_found=False)
        vals = {f"dunning_{kind}_tax_id": tax and tax.id for kind in KINDS}
        for kind, code in ACCOUNTS.items():
            account = chart.ref(code, raise_if_not_found=False)
            vals[f"dunning_{kind}_account_id"] = account and account.id
        return vals


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dunning_charge_document = fields.Selection(
        related="company_id.dunning_charge_document", readonly=False, required=True
    )
    dunning_interest_tax_id = fields.Many2one(related="company_id.dunning_interest_tax_id", readonly=False)
    dunning_interest_account_id = fields.Many2one(related="company_id.dunning_interest_account_id", readonly=False)
    dunning_compensation_tax_id = fields.Many2one(related="company_id.dunning_compensation_tax_id", readonly=False)
    dunning_compensation_account_id = fields.Many2one(
        related="company_id.dunning_compensation_account_id", readonly=False
    )
    dunning_cost_tax_id = fields.Many2one(related="company_id.dunning_cost_tax_id", readonly=False)
    dunning_cost_account_id = fields.Many2one(related="company_id.dunning_cost_account_id", readonly=False)


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _post_load_data(self, template_code, company, template_data):
        # OVERRIDE: a company that takes its chart later gets its settings with it.
        result = super()._post_load_data(template_code, company, template_data)
        (company or self.env.company)._fill_dunning_charges()
        return result
