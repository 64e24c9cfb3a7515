"""Odoo's own mailings keep to what people said."""

from odoo import fields, models
from odoo.fields import Domain

MARKETING = "marketing"


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _get_opt_out_list(self):
        # OVERRIDE: a mailing on contacts, orders or leads knows nothing of those who left the newsletter; no mailing
        # knows of objections to marketing, of open complaints and of debts.
        emails = set(super()._get_opt_out_list()) | self._get_lifecycle_refusals() | self._get_lifecycle_spared()
        if self.mailing_on_mailing_list:
            return emails
        return emails | self._get_lifecycle_opt_outs()

    def _get_lifecycle_opt_outs(self):
        """Addresses that left a mailing list of the purpose; where it names none, any list. A later consent counts."""
        lists = self.env["lifecycle.purpose"].sudo().search([("code", "=", MARKETING)]).mailing_list_ids  # no secret
        about = Domain("list_id", "in", lists.ids) if lists else Domain.TRUE
        Subscription = self.env["mailing.subscription"].sudo()  # addresses to leave out, nothing else of them
        left = {}
        for subscription in Subscription.search(about & Domain("opt_out", "=", True)):
            address = subscription.contact_id.email_normalized
            moment = subscription.opt_out_datetime or fields.Datetime.now()
            left[address] = max(left.get(address, moment), moment)
        for (address, _company), word in self._get_lifecycle_words().items():
            if word.state == "granted" and address in left and word.moment > left[address]:
                del left[address]
        return left.keys() - {False}

    def _get_lifecycle_refusals(self):
        """Addresses whose last word on marketing by e-mail was no, to any company of the database."""
        return {address for (address, _company), word in self._get_lifecycle_words().items() if word.state == "refused"}

    def _get_lifecycle_spared(self):
        """Addresses of customers whom the gate would spare: with an open complaint, or not to be trusted to pay.

        Mailings belong to no company, so what holds in any of them counts.
        """
        env = self.sudo().env  # addresses to leave out, nothing else of them
        is_open = Domain("kind", "=", "complaint") & Domain("is_closed", "=", False)
        ids = set(env["lifecycle.case"].search(is_open).partner_id.ids)
        for company in env["res.company"].search([("active", "=", True)]):
            ids.update(env["res.partner"].with_company(company).search([("trust", "=", "bad")]).ids)
        theirs = Domain("commercial_partner_id", "in", list(ids)) & Domain("email_normalized", "!=", False)
        return set(env["res.partner"].search(theirs).mapped("email_normalized"))

    def _get_lifecycle_words(self):
        """The last word on marketing by e-mail, by address and company; what a person said goes with his address."""
        about = Domain("purpose_id.code", "=", MARKETING) & Domain("channel", "in", (False, "email"))
        consents = self.env["lifecycle.consent"].sudo().search(about, order="moment, id")  # likewise
        return {
            (address, consent.company_id): consent
            for consent in consents
            for address in {consent.address, consent.partner_id.email_normalized} - {False}
        }
