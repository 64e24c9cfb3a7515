"""Which documents a customer finds on the portal."""

from odoo import api, models
from odoo.fields import Domain

from .online_listing import OnlineListing


class ListinoDocument(models.Model):
    _inherit = "listino.document"

    def action_share(self):
        """Open the wizard that makes a link to the document."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_share_wizard_action")
        return {**action, "context": {**self.env.context, "default_document_id": self.id}}

    @api.model
    def _get_portal_domain(self, user):
        """The documents that a user finds on the portal: his company's own, and those for every customer."""
        customer = user.partner_id.commercial_partner_id
        own = Domain("partner_id.commercial_partner_id", "=", customer.id)
        everybodys = Domain("partner_id", "=", False) & Domain("company_id", "in", user.company_ids.ids)
        return Domain("portal_visible", "=", True) & Domain("company_id.active", "=", True) & (own | everybodys)

    @api.model
    def _get_portal_documents(self, user):
        return self.sudo().search(self._get_portal_domain(user))  # customers read documents through the portal only

    def _get_online(self, user, lang=None):
        """What a user of the portal sees of the document: an :class:`.online_listing.OnlineListing`.

        :param str lang: the language of the page; his own by default
        """
        self.ensure_one()
        document = self.with_context(tz=self.create_uid.tz or self.env.context.get("tz"))
        reader = document.partner_id or user.partner_id.commercial_partner_id
        return OnlineListing(document, reader, lang=lang or user.lang)
