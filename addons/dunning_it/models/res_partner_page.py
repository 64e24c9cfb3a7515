"""The link to a customer's page of open items, for those who have no login."""

from datetime import timedelta
from urllib.parse import urljoin

from odoo import api, models
from odoo.tools import consteq
from odoo.tools.misc import hash_sign, hmac, verify_hash_signed

SCOPE = "dunning_it.open_items"
LINK_DAYS = 90


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_open_items_token(self, company):
        """What stands in the link: the customer, the company and the address it goes to, signed, with an end.

        :param company: the ``res.company`` whose open items it shows
        :rtype: str
        """
        self.ensure_one()
        env = self.env(su=True)  # signs with the secret of the database
        values = [self.commercial_partner_id.id, company.id, self._get_open_items_mark(company)]
        return hash_sign(env, SCOPE, values, expiration=timedelta(days=LINK_DAYS))

    def _get_open_items_mark(self, company):
        """A digest of where reminders go to: a link that was sent to a wrong address ends with that address."""
        customer, env = self.commercial_partner_id, self.env(su=True)  # whoever has the link
        address = env["dunning.case"].new({"partner_id": customer.id, "company_id": company.id})._get_email()
        return hmac(env, SCOPE, (customer.id, company.id, address or ""))[:16]

    @api.model
    def _find_by_open_items_token(self, token):
        """The customer and the company of a link, as superuser; both empty for every other text, whatever is wrong.

        :param str token: anything that came in an address
        :return: pair of ``res.partner`` and ``res.company``
        """
        env = self.env(su=True)  # the token is the right to read
        nobody = env["res.partner"], env["res.company"]
        try:
            partner_id, company_id, mark = verify_hash_signed(env, SCOPE, token) or (0, 0, "")
        except ValueError:  # no base64, no JSON, another version: never one of ours
            return nobody
        partner = env["res.partner"].browse(partner_id).exists()
        company = env["res.company"].browse(company_id).exists()
        is_there = partner.active and company.active and partner == partner.commercial_partner_id
        if not is_there or not consteq(mark, partner._get_open_items_mark(company)):
            return nobody
        return partner, company


class DunningCase(models.Model):
    _inherit = "dunning.case"

    def _get_open_items_url(self):
        """Where the customer sees what is open, pays and answers, without a login."""
        self.ensure_one()
        token = self.partner_id._get_open_items_token(self.company_id)
        return urljoin(self.get_base_url(), f"/open-items/{token}")
