"""Who signs formal notices, and the company's own certified mail."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.mail import email_normalize


class ResCompany(models.Model):
    _inherit = "res.company"

    dunning_signatory = fields.Char(string="Who Signs Formal Notices", groups="base.group_user")
    dunning_signatory_role = fields.Char(string="Role of Who Signs", groups="base.group_user")
    dunning_days_to_pay = fields.Integer(string="Days to Pay after a Notice", default=15, groups="base.group_user")
    dunning_pec_server_id = fields.Many2one(
        "ir.mail_server",
        string="Server of the PEC",
        help="The outgoing server of the company's certified mail, limited by its From filter to that one address.",
        groups="base.group_user",
    )
    dunning_pec_check_days = fields.Integer(
        string="Check a Debtor's PEC after",
        default=30,
        help="Days after which an address is looked up again.",
        groups="base.group_user",
    )

    @api.constrains("dunning_pec_server_id")
    def _check_dunning_pec_server(self):
        for company in self.filtered("dunning_pec_server_id"):
            if not company._get_pec_sender():
                raise ValidationError(
                    self.env._(
                        "The server %(server)s is not limited to one address: enter the PEC address as its From "
                        "filter, so that nothing else goes out as certified mail.",
                        server=company.sudo().dunning_pec_server_id.name,
                    )
                )

    @api.constrains("dunning_days_to_pay", "dunning_pec_check_days")
    def _check_dunning_days(self):
        for company in self:
            if company.dunning_days_to_pay < 1 or company.dunning_pec_check_days < 0:
                raise ValidationError(self.env._("A debtor has a day to pay at least, and days are not below zero."))

    def _get_pec_sender(self):
        """The company's PEC address, nothing where there is no server for it alone."""
        server = self.sudo().dunning_pec_server_id  # who writes notices need not know mail servers
        return email_normalize(server.from_filter or "") or False

    @api.model
    def _get_by_pec(self, address):
        """The company whose PEC address it is.

        :rtype: res.company
        """
        wanted = email_normalize(address or "")
        companies = self.sudo().search([("dunning_pec_server_id", "!=", False)])  # receipts come to all of them
        return companies.filtered(lambda company: wanted and company._get_pec_sender() == wanted)[:1]


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dunning_signatory = fields.Char(related="company_id.dunning_signatory", readonly=False)
    dunning_signatory_role = fields.Char(related="company_id.dunning_signatory_role", readonly=False)
    dunning_days_to_pay = fields.Integer(related="company_id.dunning_days_to_pay", readonly=False)
    dunning_pec_server_id = fields.Many2one(related="company_id.dunning_pec_server_id", readonly=False)
    dunning_pec_check_days = fields.Integer(related="company_id.dunning_pec_check_days", readonly=False)
