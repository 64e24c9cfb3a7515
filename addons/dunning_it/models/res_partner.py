"""What is known of a customer for dunning: company-dependent, on the commercial partner."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dunning_policy import AUDIENCES


class ResPartner(models.Model):
    _inherit = "res.partner"

    dunning_policy_id = fields.Many2one(
        "dunning.policy",
        company_dependent=True,
        check_company=True,
        help="Empty: the company's policy for this kind of customer.",
        groups="base.group_user",
    )
    dunning_audience = fields.Selection(
        AUDIENCES,
        string="Treated As",
        help="Empty: by the tax data: public administration, business or consumer.",
        groups="base.group_user",
    )
    dunning_has_own_patience = fields.Boolean(
        string="Patience of Its Own", company_dependent=True, groups="base.group_user"
    )
    dunning_is_month_end = fields.Boolean(
        string="From the End of the Month", company_dependent=True, groups="base.group_user"
    )
    dunning_technical_days = fields.Integer(string="Technical Days", company_dependent=True, groups="base.group_user")
    dunning_floor_days = fields.Integer(
        string="Days from the Invoice", company_dependent=True, groups="base.group_user"
    )
    dunning_closing_day = fields.Integer(
        string="Pays on Day",
        company_dependent=True,
        help="The day of the month when the office pays; 0: any day.",
        groups="base.group_user",
    )
    dunning_contact_id = fields.Many2one(
        "res.partner",
        string="Who Pays",
        company_dependent=True,
        help="The person or office that is called and written to.",
        groups="base.group_user",
    )
    dunning_insolvency_date = fields.Date(
        string="Insolvent Since",
        company_dependent=True,
        tracking=True,
        help="Opening of an insolvency procedure: all contact stops, and the claim has to be filed.",
        groups="base.group_user",
    )
    dunning_case_ids = fields.One2many("dunning.case", "partner_id", groups="dunning_it.group_dunning_user")

    @api.constrains("dunning_technical_days", "dunning_floor_days", "dunning_closing_day")
    def _check_dunning_days(self):
        for partner in self:
            if min(partner.dunning_technical_days, partner.dunning_floor_days) < 0:
                raise ValidationError(self.env._("Days of patience are not below zero."))
            if not 0 <= partner.dunning_closing_day <= 31:
                raise ValidationError(self.env._("The day on which an office pays is between 1 and 31, or 0 for any."))

    def _get_dunning_audience(self):
        """Whether the customer is a business, a public administration or a consumer.

        :return: a value of ``dunning.policy.audience``
        """
        self.ensure_one()
        partner = self.commercial_partner_id
        if partner.dunning_audience:
            return partner.dunning_audience
        if partner._l10n_it_edi_is_public_administration():
            return "pa"
        return "company" if partner.is_company or partner.vat else "consumer"

    def _get_dunning_policies(self):
        """The policy in force for each customer, in the environment's company.

        :return: dict from partner to ``dunning.policy``, empty where there is none
        """
        Policy = self.env["dunning.policy"].sudo()  # payments and scans need no right to policies
        defaults = Policy._get_defaults(self.env.company)
        return {
            partner: partner.sudo().dunning_policy_id or defaults.get(partner._get_dunning_audience()) or Policy
            for partner in self
        }

    def _get_dunning_contact(self):
        """Who is written to and called: who pays, else the invoice address.

        :rtype: res.partner
        """
        self.ensure_one()
        return self.dunning_contact_id or self.browse(self.address_get(["invoice"])["invoice"])
