"""The debtor's legal PEC: where a formal notice reaches him."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.mail import email_normalize


class ResPartner(models.Model):
    _inherit = "res.partner"

    dunning_pec = fields.Char(
        string="Legal PEC",
        help="As it is in a public register: the PEC of invoices need not be the same.",
        groups="base.group_user",
    )
    dunning_pec_register = fields.Selection(
        [
            ("inipec", "INI-PEC (businesses, professionals)"),
            ("inad", "INAD (persons)"),
            ("ipa", "IPA (administrations)"),
        ],
        string="Register",
        compute="_compute_dunning_pec_check",
        store=True,
        readonly=False,
        groups="base.group_user",
    )
    dunning_pec_checked_date = fields.Date(
        string="Looked Up On",
        compute="_compute_dunning_pec_check",
        store=True,
        readonly=False,
        help="When the address was last seen in the register.",
        groups="base.group_user",
    )

    @api.depends("dunning_pec")
    def _compute_dunning_pec_check(self):
        """Another address was not looked up yet."""
        self.dunning_pec_register = False
        self.dunning_pec_checked_date = False

    @api.constrains("dunning_pec")
    def _check_dunning_pec(self):
        for partner in self.filtered("dunning_pec"):
            if not email_normalize(partner.dunning_pec):
                raise ValidationError(
                    self.env._(
                        "%(pec)s is not an e-mail address: enter the PEC as in the register.", pec=partner.dunning_pec
                    )
                )

    def action_propose_dunning_pec(self):
        """Take the PEC of invoices as a proposal: it is to be looked up still."""
        self.ensure_one()
        self.check_access("write")
        if not self.l10n_it_pec_email:
            raise UserError(self.env._("There is no PEC for invoices to propose: look the address up in the register."))
        self.dunning_pec = self.l10n_it_pec_email

    def _get_pec_warnings(self, company):
        """What to look at before a notice goes to the partner's PEC, in whole sentences."""
        self.ensure_one()
        if not self.dunning_pec:
            return []
        if not self.dunning_pec_register or not self.dunning_pec_checked_date:
            return [self.env._("Nobody has looked up the debtor's PEC in a public register yet: INI-PEC, INAD or IPA.")]
        oldest = fields.Date.context_today(self) - timedelta(days=company.dunning_pec_check_days)
        if self.dunning_pec_checked_date < oldest:
            return [self.env._("The debtor's PEC was last looked up long ago: look it up in the register again.")]
        return []
