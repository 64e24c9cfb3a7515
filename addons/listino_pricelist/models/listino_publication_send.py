"""Sending a revision of a price list."""

from odoo import models


class ListinoPublication(models.Model):
    _inherit = "listino.publication"

    def action_send(self):
        """Open a sending of this revision: every reader gets the same."""
        self.ensure_one()
        return self.document_id._open_sending(
            {"default_publication_id": self.id, "default_partner_ids": self.partner_id.ids}
        )
