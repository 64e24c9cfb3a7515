"""Sending a listino document."""

from odoo import api, models
from odoo.exceptions import UserError


class ListinoDocument(models.Model):
    _inherit = "listino.document"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        sendings = self.env["listino.sending"].sudo().search([("document_id", "in", self.ids)])  # whoever made them
        for sending in sendings.filtered(lambda each: each.sent_count or each.uncertain_count or each.open_count):
            raise UserError(
                self.env._(
                    "%(name)s was sent to customers, which is kept as evidence. Archive it instead.",
                    name=sending.document_id.name,
                )
            )
        sendings.unlink()

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
