"""Mails that come back."""

from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _routing_handle_bounce(self, email_message, message_dict):
        # OVERRIDE: a contact whose mail came back was not made, and somebody should know.
        result = super()._routing_handle_bounce(email_message, message_dict)
        touches = self.env["lifecycle.touch"].sudo()  # mails are routed by whoever fetches them
        uids = message_dict["bounced_msg_ids"] or []
        touches.search([("message_uid", "in", uids), ("state", "=", "done")])._note_bounce()
        return result


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    def _note_bounce(self):
        if self:
            self._settle("failed", remark=self.env._("The mail came back: it could not be delivered."))
