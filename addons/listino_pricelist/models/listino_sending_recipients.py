"""Who gets a sending: customers, those of a tag or an audience, and addresses that were typed."""

from dataclasses import dataclass

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.mail import email_normalize_all

from ..sending.addresses import read_addresses


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets a price list.

    :param partner: the ``res.partner``, empty for an address that was typed
    :param str email: one or several normalized addresses separated by commas; empty where there is none
    """

    partner: object
    name: str
    email: str


class ListinoSending(models.Model):
    _inherit = "listino.sending"

    @api.depends("partner_ids", "tag_ids", "audience_ids", "addresses", "document_id", "state")
    def _compute_forecast(self):
        for sending in self:
            show = sending.state in ("draft", "paused") and sending.document_id
            sending.forecast = sending._describe_recipients() if show else False

    def _describe_recipients(self):
        """How many would get it, and who would not and why, as words."""
        recipients = self._get_recipients()
        refused = self._get_refused_emails(recipients)
        unreachable = [recipient.name for recipient in recipients if not recipient.email]
        opted_out = [recipient.name or recipient.email for recipient in recipients if recipient.email in refused]
        reached = len(recipients) - len(unreachable) - len(opted_out)
        words = [self.env._("Readers who get it: %(count)s", count=reached)]
        if unreachable:
            words.append(
                self.env._(
                    "Without an e-mail: %(count)s (%(names)s)", count=len(unreachable), names=self._some(unreachable)
                )
            )
        if opted_out:
            words.append(
                self.env._(
                    "Who want no mails: %(count)s (%(names)s)", count=len(opted_out), names=self._some(opted_out)
                )
            )
        return "\n".join(words)

    @api.model
    def _some(self, names, most=5):
        return ", ".join(names[:most]) + (" …" if len(names) > most else "")

    def _get_recipients(self):
        """Everybody who would get it now, each once: an address that two of a firm share is written to once.

        :rtype: list[Recipient]
        """
        self.ensure_one()
        seen, recipients = set(), []
        for partner in self._get_partners():
            email = ", ".join(self._get_emails(partner))
            key = (partner.commercial_partner_id.id, email) if email else partner.id
            if key not in seen:
                seen.add(key)
                recipients.append(Recipient(partner, partner.display_name or "", email))
        taken = {email for recipient in recipients for email in recipient.email.split(", ")}
        readers, _bad = self._read_addresses()
        nobody = self.env["res.partner"]
        return recipients + [Recipient(nobody, each.name, each.email) for each in readers if each.email not in taken]

    @api.model
    def _get_emails(self, partner):
        """The addresses of a customer, who may have several in the one field."""
        return email_normalize_all(partner.email or "")

    def _read_addresses(self):
        return read_addresses(self.addresses)

    def _get_partners(self):
        """The customers who would get it, among those whom the sender may see."""
        Partner = self._as_sender(self.env["res.partner"])
        partners = Partner.search(Domain("id", "in", self.partner_ids.ids))
        if self.tag_ids:
            partners |= Partner.search(
                self._get_customer_domain() & Domain("category_id", "child_of", self.tag_ids.ids)
            )
        if self.audience_ids:
            partners |= self._get_partners_of_audiences()
        return partners

    def _get_customer_domain(self):
        """Who may be meant by a tag or an audience; a hook for other choices."""
        return Domain(self.env["res.partner"]._check_company_domain(self.company_id))

    def _get_partners_of_audiences(self):
        """Customers by the list they have, which may come from their country, so that it can't be searched for."""
        customers = self._get_customer_domain() & Domain("parent_id", "=", False)
        customers &= Domain("customer_rank", ">", 0) | Domain("specific_property_product_pricelist", "!=", False)
        wanted = self.audience_ids
        return (
            self._as_sender(self.env["res.partner"])
            .search(customers)
            .filtered(lambda partner: partner.property_product_pricelist.audience_id in wanted)
        )

    @api.model
    def _get_refused_emails(self, recipients):
        """Those of the recipients' addresses whose owners want no mails."""
        single = {address for recipient in recipients for address in recipient.email.split(", ") if address}
        entries = self.env["mail.blacklist"].sudo().search([("email", "in", list(single))])  # who it is stays here
        refused = set(entries.mapped("email"))
        return {each.email for each in recipients if each.email and refused.intersection(each.email.split(", "))}

    def _as_sender(self, records):
        """The records with the rights of who started the sending, in its company."""
        user = self.user_id or self.env.user
        return records.with_user(user).with_company(self.company_id)

    def _get_document(self):
        """The document, or the part of it that is sent, as the sender may read it."""
        self.ensure_one()
        document = self._as_sender(self.document_id)
        return document.with_context(listino_category_ids=self.category_ids.ids) if self.category_ids else document
