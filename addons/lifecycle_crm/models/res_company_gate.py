"""What a company allows itself when it contacts people."""

from datetime import time, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..gate.contact import PHONE, SMS, Policy


class ResCompany(models.Model):
    _inherit = "res.company"

    lifecycle_cap = fields.Integer(
        string="Contacts at Most", default=2, help="0: as many as plays want.", groups="base.group_user"
    )
    lifecycle_cap_days = fields.Integer(string="Within Days", default=7, groups="base.group_user")
    lifecycle_quiet_from = fields.Float(string="Quiet from", default=20, groups="base.group_user")
    lifecycle_quiet_to = fields.Float(string="Quiet until", default=9, groups="base.group_user")
    lifecycle_register_days = fields.Integer(
        string="Days That a Look into the Register Holds",
        default=15,
        help="Registro delle Opposizioni, DPR 26/2022.",
        groups="base.group_user",
    )
    lifecycle_informed_date = fields.Date(
        string="Customers Are Told since",
        help="Since when the order form and the confirmation say that one may object to offers of similar products "
        "(art. 130 c.4 Codice Privacy). Without it nobody is written to but who has consented.",
        groups="base.group_user",
    )

    @api.constrains("lifecycle_cap", "lifecycle_cap_days", "lifecycle_register_days")
    def _check_lifecycle_cap(self):
        for company in self:
            if company.lifecycle_cap < 0 or company.lifecycle_cap_days < 1 or company.lifecycle_register_days < 1:
                raise ValidationError(self.env._("A cap is zero or more contacts, within one day or more."))

    def _get_lifecycle_policy(self):
        """The settings as the pure gate reads them.

        :rtype: gate.contact.Policy
        """
        self.ensure_one()
        purposes = self.env["lifecycle.purpose"].search([("active", "=", True)])
        quiet = (_clock(self.lifecycle_quiet_from), _clock(self.lifecycle_quiet_to))
        usual = Policy()
        return Policy(
            bases={purpose.code: purpose.basis for purpose in purposes},
            quiet=dict.fromkeys((PHONE, SMS), quiet),
            cap=self.lifecycle_cap or None,
            window=timedelta(self.lifecycle_cap_days),
            register_days={**usual.register_days, PHONE: self.lifecycle_register_days},
        )


def _clock(hours):
    minutes = round(hours * 60) % (24 * 60)
    return time(minutes // 60, minutes % 60)
