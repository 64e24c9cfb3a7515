"""Whether salespeople may raise prices, and which day it is for offers and limits."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    quote_surcharge = fields.Boolean(
        string="Surcharges by Salespeople",
        help="Salespeople may write a discount below zero, such as -2, which raises the price.",
        groups="base.group_user",
    )

    def _get_quote_day(self, moment=None):
        """The day where the company is, whoever asks from wherever.

        :param moment: in UTC (default: now)
        """
        company = self.with_context(tz=self.sudo().partner_id.tz or "Europe/Rome")
        return fields.Datetime.context_timestamp(company, moment or fields.Datetime.now()).date()
