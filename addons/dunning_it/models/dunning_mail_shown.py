"""A mail to a customer: its words, the way it waits, and the history that shows it."""

import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..outbox.outcome import words_of
from ..patience.contacts import WRITE
from .dunning_case_contact import to_utc

_logger = logging.getLogger(__name__)


class DunningMail(models.AbstractModel):
    """What reminders and courtesy notes share: words that are kept from the claim on, quiet hours, and a record whose
    history shows what was sent once the mail server has it.
    """

    _name = "dunning.mail"
    _description = "Mail of Dunning to a Customer"
    _inherit = ["dunning.outbox"]

    state = fields.Selection(
        [
            ("claimed", "In the outbox"),
            ("handing", "Being sent"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
            ("uncertain", "Uncertain"),
        ],
        required=True,
        default="claimed",
        readonly=True,
        index=True,
    )
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    done_on = fields.Datetime(readonly=True)
    email = fields.Char(string="To", readonly=True)
    subject = fields.Char(readonly=True)
    body = fields.Html(readonly=True, sanitize=False)
    mail_message_id = fields.Many2one("mail.message", readonly=True, ondelete="set null")

    # === HOOKS === #

    def _get_case(self):
        """The case whose rules on senders, quiet hours and contacts hold; it may be a new one."""
        raise NotImplementedError

    def _get_thread(self):
        """The record whose history shows the mail, and that an answer comes back to."""
        raise NotImplementedError

    def _prepare(self):
        """Keep what goes out, as of now, on a mail that was just put in the outbox."""
        raise NotImplementedError

    def _get_files(self):
        """The attachments that go along."""
        return self.env["ir.attachment"]

    def _check_may_settle(self):
        """:raise AccessError: for who may not say whether it arrived"""
        raise NotImplementedError

    # === PREPARE === #

    def _prepare_safely(self):
        """Prepare a mail, or note why that can't be done: one that fails would hold up all that come after it.

        :return: whether it can go out
        """
        try:
            with self.env.cr.savepoint():
                self._prepare()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # all of it is done again
        except Exception as error:  # noqa: BLE001 - whatever it was, a person sees it with the mail
            _logger.info("%s could not be written", self, exc_info=True)
            self._give_up(words_of(error))
            return False
        return True

    # === OUTBOX === #

    @api.model
    def _get_unfinished_domain(self):
        """What was sent, but whose worker died before the history showed it."""
        return Domain("state", "=", "done") & Domain("mail_message_id", "=", False)

    @api.model
    def _send_waiting(self):
        # OVERRIDE: what was sent but is not shown comes first.
        for mail in self.search(self._get_unfinished_domain()).try_lock_for_update():
            mail._finish_safely()
        return super()._send_waiting()

    def _cancel(self, remark):
        self._get_files().unlink()
        self.write({"state": "cancelled", "remark": remark})
        self.flush_recordset(["state"])  # another one may take its place now

    def _has_to_wait(self):
        # OVERRIDE: the customer's quiet hours and the contacts a week are kept.
        answer = self._get_case()._may_contact(WRITE)
        if answer.is_allowed:
            return super()._has_to_wait()
        until = to_utc(answer.moment)
        self.write({"retry_on": until, "remark": self.env._("The customer is left alone until then.")})
        self.env.ref(self._outbox_cron)._trigger(until)
        return True

    # === HAND OVER === #

    def _build_mail(self):
        # OVERRIDE: the words and files that were kept when it was claimed.
        return self.env["ir.mail_server"]._build_email__(
            email_from=self._get_sender(),
            email_to=[self.email],
            subject=self.subject,
            body=self.body,
            reply_to=self._get_reply_to(),
            attachments=[(file.name, file.raw, file.mimetype) for file in self._get_files()],
            message_id=self.message_uid,
            subtype="html",
        )

    def _get_sender(self):
        # OVERRIDE: from who sends it, who is responsible for the case, or the company.
        user = self.user_id or self._get_case().user_id
        return user.email_formatted or self.company_id.email_formatted

    def _get_reply_to(self):
        """Answers come back to the record where the company has a catch-all address."""
        thread = self._get_thread()
        return thread._notify_get_reply_to(default=self._get_sender()).get(thread.id)

    def _note_done(self):
        # OVERRIDE: the history shows what was sent.
        self.done_on = fields.Datetime.now()
        done = super()._note_done()
        self._finish_safely()
        return done

    def _finish_safely(self):
        """Finish what was sent; where that fails the next turn tries it again, and all others go out meanwhile."""
        try:
            with self.env.cr.savepoint():
                self._finish()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # all of it is done again
        except Exception:
            _logger.exception("%s was sent, and is not shown yet", self)

    def _finish(self):
        """Have the history show what was sent; a hook for what follows from it."""
        for mail in self:
            message = mail._get_thread().message_post(
                body=mail.body,
                subject=mail.subject,
                attachment_ids=mail._get_files().ids,
                message_type="comment",
                subtype_xmlid="mail.mt_note",
                author_id=(mail.user_id or self.env.user).partner_id.id,
            )
            message.message_id = mail.message_uid  # so that an answer finds its way back
            mail.mail_message_id = message

    # === ACTIONS === #

    def action_was_sent(self):
        """A person knows that it has arrived, or brought it to the customer in another way."""
        self._check_may_settle()
        for mail in self.sudo().filtered(lambda mail: mail.state in ("failed", "uncertain")):  # the server's to write
            remark = self.env._("Confirmed by %(name)s.", name=self.env.user.name)
            mail.write({"state": "done", "done_on": mail.handing_on or fields.Datetime.now(), "remark": remark})
            mail._finish()
