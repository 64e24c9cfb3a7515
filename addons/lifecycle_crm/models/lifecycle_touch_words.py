"""What the messages of plays tell: facts for their templates, none of which is for our eyes only."""

from urllib.parse import urljoin

from odoo import fields, models


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    def _get_addressee(self):
        """The name in the greeting: that of a person; "" for a company, which nobody calls by its name."""
        person = self._get_person()
        return "" if person.is_company else (person.name or "").strip()

    def _get_order_url(self):
        """The customer's page of the order that it is about."""
        return urljoin(self.company_id.get_base_url(), self.order_id.get_portal_url())

    def _is_consumer(self):
        """Whether the customer buys for himself: who has a VAT number, or is a company, does not."""
        customer = self.partner_id
        return not customer.is_company and not customer.vat

    def _has_withdrawal_right(self):
        """Whether the customer may withdraw from the purchase within 14 days.

        That is the right of consumers who bought at a distance (art. 52 Codice del consumo); businesses have none.
        """
        return self._is_consumer() and self.company_id.lifecycle_is_distant

    def _get_voucher_code(self):
        """The code; dots in a preview, where there is no card."""
        return self.sudo().card_id.code or "•••"  # whoever previews may not see cards

    def _get_voucher_until(self):
        """The last day on which the code is good; the day it would be in a preview."""
        return self.sudo().card_id.expiration_date or fields.Date.add(  # whoever previews may not see cards
            self.company_id._lifecycle_today(), days=self.step_id.voucher_days
        )

    def _get_voucher_words(self):
        """What the code gives, as the program says it; the customer reads it in his language."""
        return ", ".join(self.step_id.program_id.sudo().reward_ids.mapped("description"))  # likewise
