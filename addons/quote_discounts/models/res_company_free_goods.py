"""The accounting of free goods: taxes, account and product, filled in from the Italian chart where it is there."""

from odoo import api, fields, models
from odoo.fields import Domain

NOTE = "Cessione gratuita, art. 2 c. 2 n. 4 e art. 18 c. 3 DPR 633/1972"
TAX_NAME = "0% Omaggi"


class ResCompany(models.Model):
    _inherit = "res.company"

    quote_free_tax_id = fields.Many2one(
        "account.tax",
        string="Tax of Free Goods",
        check_company=True,
        domain="[('type_tax_use', '=', 'sale')]",
        help="For goods given as a discount that was agreed with the order: outside the tax base, art. 15 DPR 633/72"
        " (Natura N1). The countersigned quote is the evidence. Empty: the line keeps its own tax, on zero.",
        groups="base.group_user",
    )
    quote_gift_tax_id = fields.Many2one(
        "account.tax",
        string="Tax of Reversed Gifts",
        check_company=True,
        domain="[('type_tax_use', '=', 'sale')]",
        help="For the line that takes back what the customer does not pay of a gift (Natura N2.2). The gift itself"
        " keeps its price and its VAT.",
        groups="base.group_user",
    )
    quote_gift_account_id = fields.Many2one(
        "account.account",
        string="Account of Reversed Gifts",
        check_company=True,
        help="Where what the customer does not pay of a gift goes: the price and, where it is not recharged, the VAT."
        " Empty: the income account of the product.",
        groups="base.group_user",
    )
    quote_gift_product_id = fields.Many2one(
        "product.product",
        string="Product of Reversed Gifts",
        check_company=True,
        help="The product of the line that takes back what the customer does not pay of a gift.",
        groups="base.group_user",
    )

    @api.model
    def _fill_all_free_goods(self):
        """Fill in the settings that are missing, for all companies."""
        self.search(Domain.TRUE)._fill_free_goods()

    def _fill_free_goods(self):
        """Fill in the settings that are missing from what the company's chart of accounts has."""
        product = self.env.ref("quote_discounts.product_gift_reversal", raise_if_not_found=False)
        for company in self:
            vals = {"quote_gift_product_id": product and product.id, **company._prepare_italian_free_goods()}
            if missing := {name: value for name, value in vals.items() if value and not company[name]}:
                company.write(missing)

    def _prepare_italian_free_goods(self):
        """Settings for a company with the Italian chart; none for others."""
        chart = self.env["account.chart.template"].with_company(self)
        if self.chart_template != "it":
            return {}
        free_tax = chart.ref("00art15v", raise_if_not_found=False)
        account = chart.ref("3111", raise_if_not_found=False)
        return {
            "quote_free_tax_id": free_tax and free_tax.id,
            "quote_gift_account_id": account and account.id,
            "quote_gift_tax_id": self.quote_gift_tax_id.id or self._get_gift_tax(chart).id,
        }

    def _get_gift_tax(self, chart):
        """The tax of reversed gifts; the chart has none, so it is made."""
        AccountTax = self.env["account.tax"].with_company(self)
        domain = [("name", "=", TAX_NAME), ("type_tax_use", "=", "sale"), ("company_id", "=", self.id)]
        group = chart.ref("tax_group_fuori", raise_if_not_found=False)
        tax = AccountTax.search(domain, limit=1)
        return AccountTax.create(self._prepare_gift_tax_vals(group)) if group and not tax else tax

    def _prepare_gift_tax_vals(self, group):
        return {
            "name": TAX_NAME,
            "invoice_label": "0%",
            "type_tax_use": "sale",
            "amount": 0.0,
            "tax_group_id": group.id,
            "country_id": self.account_fiscal_country_id.id,
            "company_id": self.id,
            "l10n_it_exempt_reason": "N2.2",
            "invoice_legal_notes": NOTE,
        }


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    quote_free_tax_id = fields.Many2one(related="company_id.quote_free_tax_id", readonly=False)
    quote_gift_tax_id = fields.Many2one(related="company_id.quote_gift_tax_id", readonly=False)
    quote_gift_account_id = fields.Many2one(related="company_id.quote_gift_account_id", readonly=False)
    quote_gift_product_id = fields.Many2one(related="company_id.quote_gift_product_id", readonly=False)


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _post_load_data(self, template_code, company, template_data):
        # OVERRIDE: a company that takes its chart later gets its settings with it.
        result = super()._post_load_data(template_code, company, template_data)
        (company or self.env.company)._fill_free_goods()
        return result
