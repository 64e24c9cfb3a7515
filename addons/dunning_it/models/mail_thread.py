from odoo import api, models

from ..pec.receipts import read_receipt


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        # OVERRIDE: a receipt of certified mail is no message to anybody; it tells what became of a notice.
        found = read_receipt(message)
        if found is None:
            return super().message_route(message, message_dict, model, thread_id, custom_values)
        self.env["dunning.receipt"].sudo()._take(found, message)  # whoever fetches mails
        return []
