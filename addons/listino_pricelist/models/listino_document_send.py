"""Sending a listino document."""

from odoo import models


class ListinoDocument(models.Model):
    _inherit = "listino.document"

    def action_send(self):
        """Open a sending of the document, to its own customer where it has one."""
        self.ensure_one()
        return self._open_sending({"default_partner_ids": self.partner_id.ids})

    def _open_sending(self, defaults):
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_sending_new_action")
        return {**action, "context": {**self.env.context, "default_document_id": self.id, **defaults}}

    def _get_last_frozen(self, partner=None):
        # OVERRIDE: a customer may have got his prices by mail since.
        published = super()._get_last_frozen(partner)
        if not partner:
            return published
        domain = [("partner_id", "=", partner.id), ("state", "=", "sent"), ("sha256", "!=", False)]
        if self:
            domain.append(("document_id", "in", self.ids))
        sent = self.env["listino.sending.line"].search(domain, order="sent_date desc, id desc", limit=1)
        return sent if sent and (not published or sent.sent_date >= published.date) else published
