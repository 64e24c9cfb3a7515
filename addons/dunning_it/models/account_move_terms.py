"""The payment terms in plain words on invoices: when, how much, how, and what follows from paying late."""

from odoo import fields, models

from ..law.compensation import CODE


class ResCompany(models.Model):
    _inherit = "res.company"

    dunning_prints_terms = fields.Boolean(
        string="Payment Terms on Invoices",
        default=True,
        help="Due dates with amounts, the bank account, and what the law says of paying late, on each invoice's PDF.",
        groups="base.group_user",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dunning_prints_terms = fields.Boolean(related="company_id.dunning_prints_terms", readonly=False)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_dunning_terms(self):
        """What the invoice's PDF says of its payment, in the language of the environment.

        What core prints is left out: the instalments of a payment term that is shown, and the bank account beside the
        payment reference.

        :return: dict with ``instalments`` (pairs of date and amount), ``bank`` and ``sentence``; None where nothing is
            printed
        """
        self.ensure_one()
        company = self.company_id.sudo()  # whoever prints an invoice
        if self.move_type != "out_invoice" or not company.dunning_prints_terms:
            return None
        items = self.line_ids.filtered(lambda line: line.display_type == "payment_term").sorted("date_maturity")
        is_shown = self.invoice_payment_term_id.display_on_invoice and len(self.payment_term_details or ()) > 1
        has_account = self.payment_reference and self.partner_bank_id
        return {
            "instalments": [] if is_shown else [(item.date_maturity, item.amount_currency) for item in items],
            "bank": self.partner_bank_id.browse() if has_account else company.partner_id.bank_ids[:1],
            "sentence": self._get_late_payment_sentence(),
        }

    def _get_late_payment_sentence(self):
        """What follows from paying late by the customer's policy; a hook for other words."""
        customer = self.partner_id.commercial_partner_id
        policy = customer.with_company(self.company_id)._get_dunning_policies()[customer] if customer else None
        if not policy or self.sudo().dunning_charge_ids:  # a debit note bears nothing; whoever prints an invoice
            return False
        if policy.audience == "consumer":
            return self.env._("If you can't pay by the due date, please tell us in time: we shall find a way together.")
        if policy.interest_regime != "late_payment":
            return False
        interest = self.env._(
            "Interest for late payment runs by law from the day after the due date (D.Lgs. 231/2002)."
        )
        table = self.env["dunning.legal.value"].sudo()._get_table()  # whoever prints an invoice
        row = table.find(CODE, self.invoice_date or fields.Date.context_today(self))
        if not policy.has_compensation or not row or self.currency_id.name != "EUR":
            return interest
        amount = self.currency_id.format(float(row.amount))
        flat = self.env._("A flat sum of %(amount)s for the cost of collecting is owed as well.", amount=amount)
        return f"{interest} {flat}"
