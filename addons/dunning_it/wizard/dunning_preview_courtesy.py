"""Courtesy notes in the preview of mails."""

from odoo import api, fields, models


class DunningPreviewLine(models.TransientModel):
    _inherit = "dunning.preview.line"

    item_id = fields.Many2one("account.move.line", string="Instalment", readonly=True, ondelete="cascade")

    @api.depends("item_id")
    def _compute_words(self):
        # OVERRIDE: the words of a note follow from its instalment.
        return super()._compute_words()

    def _get_words(self):
        # OVERRIDE: a note is about an instalment, for which there is no case.
        if not self.item_id:
            return super()._get_words()
        self.item_id.check_access("read")
        return self.item_id._get_courtesy_words()

    def _send(self):
        # OVERRIDE: notes have an outbox of their own.
        if self.item_id:
            return self.env["dunning.courtesy"]._send_items(self.item_id)
        return super()._send()
