"""Names of taxes and of delays as the paper of a quote shows them."""

from odoo import models


class AccountTax(models.Model):
    _inherit = "account.tax"

    def _get_paper_name(self):
        """The tax as a customer knows it: its label on invoices, or its name."""
        self.ensure_one()
        return self.tax_label or self.name


class AccountPaymentTermLine(models.Model):
    _inherit = "account.payment.term.line"

    def _describe_delay(self):
        """When the instalment is due, in words."""
        self.ensure_one()
        days = self.nb_days
        if self.delay_type == "days_after_end_of_month":
            return self.env._("%(days)s days after the end of the invoice's month", days=days)
        if self.delay_type == "days_after_end_of_next_month":
            return self.env._("%(days)s days after the end of the month that follows the invoice", days=days)
        if self.delay_type == "days_end_of_month_on_the":
            day = int(self.days_next_month or 0)
            if not day:
                return self.env._("%(days)s days from the invoice date, end of month", days=days)
            return self.env._(
                "%(days)s days from the invoice date, on day %(day)s of the month after", days=days, day=day
            )
        if not days:
            return self.env._("on the invoice date")
        return self.env._("%(days)s days from the invoice date", days=days)
