"""Automatic replies that come in by mail are told from what people write."""

from odoo import api, models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_parse(self, message, save_original=False):
        # OVERRIDE: an out-of-office message of either side neither starts nor stops a clock (RFC 3834).
        values = super().message_parse(message, save_original=save_original)
        submitted = (message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
        if submitted == "auto-replied" or message.get("X-Autoreply") or message.get("X-Autorespond"):
            values["message_type"] = "out_of_office"
        return values
