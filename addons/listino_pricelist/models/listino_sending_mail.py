"""How a price list is handed over to the mail server, once."""

import io
import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.mail import email_normalize, generate_tracking_message_id

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..sending.addresses import written
from ..sending.outcome import is_passing, is_refusal, words_of
from ..sending.retry import FIRST_PAUSE, MOST_ATTEMPTS, pause_after
from .listino_sending_recipients import Recipient
from .listino_sending_work import is_different

_logger = logging.getLogger(__name__)

KEPT_DAYS = 30  # of files; the prices are kept for good, and the file can be made again from them


class ListinoSendingLine(models.Model):
    """The way of a mail, in three transactions, each of which holds the lock of its line.

    1. *Claim*: the attempt is counted, so that a reader who stops the worker does not stop it for ever.
    2. *Prepare*: the prices are read anew, frozen and written to the file; the mail is made, with its Message-ID on the
       line; the line is *being sent*. Nothing has left yet: a crash until here means that the work is done again.
    3. *Hand over*: the mail server takes the mail, or not, and the line says which.

    A worker that dies within the third leaves a line that is *being sent*. Whether the server has the mail nobody
    can know; such a line, and one whose connection broke in the middle, becomes *uncertain* and a person decides. It
    is never sent again by itself. Odoo's own mail queue would: its mails stay *outgoing* when their worker dies. So
    these mails are never committed as outgoing, but cancelled, and the queue has no part in it. All attempts carry
    the same Message-ID, by which mail systems recognise a second copy.
    """

    _inherit = "listino.sending.line"

    @api.model
    def _get_work_domain(self):
        """Mails that can be sent now."""
        due = Domain("retry_date", "=", False) | Domain("retry_date", "<=", fields.Datetime.now())
        return Domain("state", "=", "waiting") & Domain("sending_id.state", "=", "running") & due

    def _work(self):
        """Bring one mail on its way.

        :return: whether the mail server could be reached, as far as is known
        """
        line = self.with_context(lang=self.sending_id.user_id.lang, tracking_disable=True)
        if not line._claim() or not line._prepare():
            return True
        self.env["ir.cron"]._commit_progress()
        return line._hand_over() if line._lock("handing") else True

    def _lock(self, state):
        """Whether nobody else holds the line and it is in a state still."""
        locked = self.try_lock_for_update()
        locked.invalidate_recordset(["state"])
        return locked.state == state

    # === CLAIM === #

    def _claim(self):
        if not self._lock("waiting") or self.sending_id.state != "running":
            return False
        if self.attempt_count >= MOST_ATTEMPTS:
            self._end("failed", self.env._("Given up after %(count)s attempts.", count=MOST_ATTEMPTS))
            return False
        self.attempt_count += 1
        self.env["ir.cron"]._commit_progress()
        return self._lock("waiting")

    # === PREPARE === #

    def _prepare(self):
        """Freeze what the reader gets and make his mail; an error stays on the line and harms no other.

        :return: whether there is a mail to hand over
        """
        try:
            with self.env.cr.savepoint():
                reason = self._get_reason_to_skip()
                if reason:
                    return self._end("skipped", reason)
                frozen = self._freeze()
                if self._is_unchanged(frozen):
                    return self._end("skipped", self.env._("The prices are those of the last time."))
                self._make_mail(frozen)
        except psycopg2.OperationalError:  # the database is not at fault with a reader: tried again later
            raise
        except Exception as error:  # noqa: BLE001 - one bad reader must not stop the others
            _logger.info("Price list for %s failed", self.display_name, exc_info=True)
            return self._end("failed", words_of(error))
        return True

    def _end(self, state, remark=False):
        """Note how it ended.

        :return: False, for nothing is left to hand over
        """
        self.write({"state": state, "remark": remark, "retry_date": False})
        return False

    def _get_reason_to_skip(self):
        """Why the reader gets no mail, as words, or nothing; a hook for other reasons."""
        if self.partner_id and not self.partner_id.active:
            return self.env._("The customer is archived.")
        self._refresh_email()
        if not self._get_addressees():
            return self.env._("No valid e-mail address.")
        refused = self.env["mail.blacklist"].sudo().search_count([("email", "in", self._get_addressees())], limit=1)
        return self.env._("Wants no mails.") if refused else False

    def _refresh_email(self):
        """A customer's address is that of now."""
        if self.partner_id:
            emails = ", ".join(self.env["listino.sending"]._get_emails(self.partner_id))
            if emails != self.email:
                self.email = emails

    def _freeze(self):
        frozen = self.sending_id._freeze(self._get_source())
        if not frozen.line_count:
            raise UserError(self.env._("There are no products in it."))
        return frozen

    def _is_unchanged(self, frozen):
        """Whether only changes are wanted, and there are none since the last mail; notes the last one on the line."""
        last = self.sending_id._get_last_lines([self._get_recipient()])
        self.previous_id = last.get(self.partner_id.id or self.email)
        wanted = self.sending_id.only_changed or self.sending_id.schedule == "on_change"
        return bool(wanted and self.previous_id) and not is_different(self.previous_id._get_frozen(), frozen)

    def _make_mail(self, frozen):
        """Keep the prices and make file, link and mail, which only :meth:`_hand_over` sends."""
        self._forget_mail()
        sending = self.sending_id
        values = {
            **self._prepare_frozen_vals(frozen),
            "state": "handing",
            "remark": False,
            "handing_date": fields.Datetime.now(),
            "message_uid": self.message_uid or generate_tracking_message_id(f"{self.id}-{self._name}"),
        }
        if sending.method != "link":
            values["attachment_id"] = self.env["ir.attachment"].create(self._prepare_file_vals(frozen)).id
        if sending.method != "attachment":
            values["share_id"] = self._make_share().id
        self.write(values)
        self._count_changes()
        mail = self.env["mail.mail"].create(self._prepare_mail_vals())
        self.mail_message_id = mail.mail_message_id

    def _forget_mail(self):
        """What an attempt before has made."""
        self.env["mail.mail"].search([("mail_message_id", "in", self.mail_message_id.ids)]).unlink()
        self.mail_message_id.exists().unlink()
        self.attachment_id.unlink()

    def _get_recipient(self):
        return Recipient(self.partner_id, self.name, self.email)

    def _count_changes(self):
        difference = self._get_difference()
        counts = difference.counts() if difference else {}
        self.write({f"{kind}_count": counts.get(kind, 0) for kind in ("up", "down", "new", "gone")})

    def _make_share(self):
        Share = self.sending_id._as_sender(self.env["listino.share"])
        document = self.sending_id._get_document()
        email = False if self.partner_id else self._get_addressees()[0]
        partner = document.env["res.partner"].browse(self.partner_id.id)
        publication = self.sending_id.publication_id or None
        return Share._share(document, partner, publication, self.sending_id.link_days, email)

    def _prepare_file_vals(self, frozen):
        """The file, of the very prices that are kept."""
        with io.BytesIO() as stream:
            self._write_file(self.sending_id.extension, stream, frozen)
            content = stream.getvalue()
        self._check_size(content)
        return {
            "name": self._get_file_name(self.sending_id.extension),
            "raw": content,
            "res_model": self._name,
            "res_id": self.id,
            "company_id": self.company_id.id,
        }

    def _check_size(self, content):
        if not content:
            raise UserError(self.env._("The file is empty."))
        most = self.env["ir.mail_server"].sudo()._get_max_email_size()  # megabytes; the server's own limit
        if len(content) * 4 / 3 > most * 1024 * 1024:
            raise UserError(
                self.env._("The file has more than the %(limit)s MB a mail may have. Send a link.", limit=most)
            )

    def _prepare_mail_vals(self):
        """The mail, with the words of the template in the reader's language, as the sender may render it."""
        sending, user = self.sending_id, self.user_id
        template = sending._as_sender(sending.template_id)
        words = template._generate_template(self.ids, ("subject", "body_html", "email_from", "reply_to"))[self.id]
        if not (words.get("subject") or "").strip():
            raise UserError(self.env._("The mail template gives no subject."))
        sender = words.get("email_from") or user.email_formatted or self.company_id.email_formatted
        reply_to = sending.reply_to or words.get("reply_to") or sender
        return {
            "subject": words["subject"],
            "body": words["body_html"],
            "body_html": words["body_html"],
            "email_from": sender,
            "reply_to": reply_to,
            "email_to": self._get_email_to(),
            "author_id": user.partner_id.id,
            "model": self._name,
            "res_id": self.id,
            "message_id": self.message_uid,
            "state": "cancel",  # not for Odoo's queue, see above
            "failure_reason": self.env._("Sent by the price lists' own outbox."),
            "auto_delete": False,
            "mail_server_id": template.mail_server_id.id,
            "attachment_ids": [Command.set(self.attachment_id.ids)],
            "headers": repr({"List-Unsubscribe": f"<mailto:{email_normalize(reply_to) or sender}>"}),
        }

    def _get_email_to(self):
        addressees = self._get_addressees()
        return ", ".join(written(self.name if self.name != self.email else "", email) for email in addressees)

    # === HAND OVER === #

    def _hand_over(self):
        """Give the mail to the mail server and note what it said.

        :return: whether the server could be reached, as far as is known
        """
        mail = self.env["mail.mail"].search([("mail_message_id", "=", self.mail_message_id.id)], limit=1)
        if not mail:
            self._end("failed", self.env._("The mail was deleted before it was sent."))
            return True
        try:
            with self.env.cr.savepoint():
                mail.state = "outgoing"
                mail.send(raise_exception=True)
                return self._note_answer(mail)
        except Exception as error:  # noqa: BLE001 - what an error means is told one by one
            return self._note_error(error)

    def _note_answer(self, mail):
        if mail.state == "sent":
            self._end("sent")
            self.sent_date = fields.Datetime.now()
        elif mail.state == "outgoing":  # not tried: mails are off, or the sender's own server may send no more now
            pause = fields.Datetime.now() + timedelta(minutes=FIRST_PAUSE)
            self._wait(mail.scheduled_date or pause, self.env._("The mail server takes no more mails for now."))
        else:
            self._end("failed", mail.failure_reason)
        if mail.state != "sent":
            self._forget_mail()
        return True

    def _note_error(self, error):
        """Failed, to be tried again, or uncertain."""
        _logger.info("Mail of %s was not sent", self.display_name, exc_info=True)
        is_unreached = isinstance(error, MailDeliveryException) and any(
            isinstance(part, Exception) for part in error.args
        )
        words = words_of(error)
        if not is_unreached and not is_refusal(error):
            self._end("uncertain", self.env._("The answer of the mail server got lost: %(error)s", error=words))
            return True
        pause = pause_after(self.attempt_count) if is_unreached or is_passing(error) else None
        if pause:
            self._wait(fields.Datetime.now() + timedelta(minutes=pause), words)
        else:
            self._end("failed", words)
        self._forget_mail()
        return not is_unreached

    def _wait(self, until, remark):
        self.write({"state": "waiting", "retry_date": until, "remark": remark})
        self.env["listino.sending"]._trigger_work(until)

    @api.model
    def _settle_lost(self, before):
        """Mails whose worker died while handing them over: nobody knows, so a person decides."""
        lost = self.search([("state", "=", "handing"), ("handing_date", "<", before)]).try_lock_for_update()
        lost.filtered(lambda line: line.state == "handing").write(
            {"state": "uncertain", "remark": self.env._("The server stopped while the mail was being sent.")}
        )

    @api.autovacuum
    def _gc_files(self):
        """Files are not kept for ever: the prices are, and a file can be made again from them."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        domain = [("attachment_id", "!=", False), ("state", "!=", "waiting"), ("handing_date", "<", limit)]
        self.search(domain, limit=1000).attachment_id.unlink()
