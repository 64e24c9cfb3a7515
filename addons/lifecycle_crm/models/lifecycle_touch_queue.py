"""Odoo's queue hands the mail of a contact over, once."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..gate.verdict import WORDS
from . import lifecycle_touch_send

HANDING = "lifecycle_handing"


class MailMail(models.Model):
    """Odoo keeps what became of a mail when the mail server has answered: if the worker is killed before, the mail is
    still waiting, and is sent again. So that a mail of a contact is on its way is kept before the server gets it.
    """

    _inherit = "mail.mail"

    failure_type = fields.Selection(
        selection_add=[(HANDING, "The server stopped while it was being sent")], ondelete={HANDING: "set null"}
    )

    def _send(self, auto_commit=False, **kwargs):
        # OVERRIDE: only a queue that commits each mail may commit that it begins with one; what waits in it may have
        # been objected to meanwhile.
        waiting = self.filtered(lambda mail: mail.state == "outgoing")
        touches = self.env["lifecycle.touch"].sudo()  # whoever sends
        touches.search([("mail_id", "in", waiting.ids), ("state", "=", "done")])._heed_words()
        mails = self.with_context(lifecycle_queue_commits=auto_commit)
        return super(MailMail, mails)._send(auto_commit=auto_commit, **kwargs)

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        # OVERRIDE: nothing comes between this and the mail server.
        outgoing = super()._prepare_outgoing_list(mail_server=mail_server, doc_to_followers=doc_to_followers)
        if outgoing and self.env.context.get("lifecycle_queue_commits") and self._is_of_contact():
            self._begin_to_hand_over()
        return outgoing

    def _begin_to_hand_over(self):
        """Keep that it is on its way; who lives holds it until there is an answer, so that nobody thinks him dead."""
        self.failure_type = HANDING  # the state is that of a failure already
        self.env["ir.cron"]._commit_progress()
        self.env.cr.execute(SQL("SELECT FROM mail_mail WHERE id = %s FOR UPDATE", self.id))

    def _is_of_contact(self):
        return bool(
            self.env["lifecycle.touch"].sudo().search_count([("mail_id", "=", self.id)], limit=1)
        )  # whoever sends


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    def _heed_words(self):
        """Take mails back that their readers have objected to since they were written (GDPR art. 21.3)."""
        for company, touches in self.grouped("company_id").items():
            verdicts = self.env["lifecycle.gate"]._judge([touch._prepare_request() for touch in touches], company)
            for touch, verdict in zip(touches, verdicts, strict=True):
                if WORDS & {reason.code for reason in verdict.reasons}:
                    touch.mail_id.state = "cancel"
                    touch._settle("skipped", verdict=touch._as_json(verdict))

    @api.model
    def _settle_lost(self):
        # OVERRIDE: whether the mail server has what a dead worker was handing over nobody can know; a person decides.
        settled = super()._settle_lost()
        before = fields.Datetime.now() - lifecycle_touch_send.LOST_AFTER
        begun = [("state", "=", "exception"), ("failure_type", "=", HANDING), ("write_date", "<", before)]
        mails = self.env["mail.mail"].sudo().search(begun).try_lock_for_update()  # sees all mails
        lost = self.sudo().search([("mail_id", "in", mails.ids), ("state", "=", "done")])  # as above
        lost = lost.try_lock_for_update()
        lost.mail_id.state = "cancel"  # the queue has no part in it any more
        lost._settle("uncertain", remark=self.env._("The server stopped while the mail was being sent."))
        return settled
