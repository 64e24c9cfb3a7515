"""How a reminder is handed over to the mail server, once."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.mail import generate_tracking_message_id

from ..outbox.outcome import FAILED, RETRY, judge, pause_after, words_of

_logger = logging.getLogger(__name__)

LOST_AFTER = 15  # minutes in which a worker that has begun to send is done with it


class DunningStep(models.Model):
    """The way of a reminder, in three transactions, each of which holds the lock of its step.

    1. *Claim*: the case is brought in line under its lock; words, figures and files are kept with a Message-ID.
    2. *Hand over*: the figures are read once more; where a payment came in between, the step is cancelled and the case
       looked at anew. Otherwise it is marked as being sent.
    3. *Sent*: the mail server's answer is noted, and only then does the case move on.

    A worker that dies after the second leaves a step that is *being sent*: whether the server has the mail nobody can
    know, so a person decides. It is never sent again by itself.
    """

    _inherit = "dunning.step"

    attempt_count = fields.Integer(readonly=True)
    retry_on = fields.Datetime(string="Not Before", readonly=True)

    # === OUTBOX === #

    @api.model
    def _get_work_domain(self):
        due = Domain("retry_on", "=", False) | Domain("retry_on", "<=", fields.Datetime.now())
        return Domain("state", "=", "claimed") & Domain("kind", "=", "mail") & due

    @api.model
    def _send_waiting(self):
        """Send what is in the outbox, one mail at a time; what another worker holds is left to it."""
        self.search(self._get_unfinished_domain()).try_lock_for_update()._finish()
        for step in self.search(self._get_work_domain(), order="id"):
            is_reached = step._work()
            if not self.env["ir.cron"]._commit_progress(1) or not is_reached:
                return

    def _work(self):
        """Bring one reminder on its way.

        :return: whether the mail server could be reached, as far as is known
        """
        step = self._lock("claimed") and self._renew()
        if not step or step._has_to_wait():
            return True
        try:
            session = step._connect()
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing has left
            step._retry(words_of(error))
            return False
        step.write({"state": "handing", "handing_on": fields.Datetime.now(), "attempt_count": step.attempt_count + 1})
        self.env["ir.cron"]._commit_progress()
        if step._lock("handing"):
            step._hand_over(session)
        return True

    def _renew(self):
        """The step as it can be sent now: itself, another one on newer figures, or none."""
        case = self.case_id
        case._resync()
        if case.state == "open" and case.stage_id == self.stage_id and case._take_snapshot() == self.snapshot:
            return self
        self._cancel(self.env._("The figures changed before it was sent."))
        return case._claim_mail(self.user_id)

    def _lock(self, state):
        """Whether nobody else holds the step and it is in a state still."""
        locked = self.try_lock_for_update()
        locked.invalidate_recordset(["state"])
        return locked.state == state

    def _cancel(self, remark):
        self.attachment_ids.unlink()
        self.write({"state": "cancelled", "remark": remark})
        self.flush_recordset(["state"])  # another one may take its place now

    # === PREPARE === #

    def _prepare(self):
        """Keep the words and files of a reminder, in the language of who pays."""
        case = self.case_id.with_context(lang=self.case_id.contact_id.lang or self.env.lang)
        words = self.stage_id.template_id._generate_template(case.ids, ("subject", "body_html"))[case.id]
        self.write(
            {
                "subject": words["subject"],
                "body": words["body_html"],
                "message_uid": generate_tracking_message_id(f"{case.id}-{case._name}"),
                "attachment_ids": [Command.create(vals) for vals in self._prepare_files_vals(case)],
            }
        )

    def _prepare_files_vals(self, case):
        """The files that go along; a hook for more."""
        files = case._get_reminder_files(self.stage_id)
        return [{"name": name, "raw": raw, "res_model": self._name, "res_id": self.id} for name, raw in files]

    # === HAND OVER === #

    def _connect(self):
        """A session with the mail server; None where mails are off, as in tests."""
        server = self.stage_id.template_id.mail_server_id
        return self.env["ir.mail_server"]._connect__(mail_server_id=server.id or None, smtp_from=self._get_sender())

    def _hand_over(self, session):
        try:
            self._send(session)
        except Exception as error:  # noqa: BLE001 - what an error means is told one by one
            _logger.info("The reminder %s was not sent", self.id, exc_info=True)
            self._note_error(error)
        else:
            self._note_done()

    def _send(self, session):
        server = self.env["ir.mail_server"]
        message = server._build_email__(
            email_from=self._get_sender(),
            email_to=[self.email],
            subject=self.subject,
            body=self.body,
            reply_to=self._get_reply_to(),
            attachments=[(file.name, file.raw, file.mimetype) for file in self.attachment_ids],
            message_id=self.message_uid,
            subtype="html",
        )
        server.send_email(message, mail_server_id=self.stage_id.template_id.mail_server_id.id, smtp_session=session)

    def _get_sender(self):
        """From whom it is: who sends it, who is responsible for the case, or the company."""
        user = self.user_id or self.case_id.user_id
        return user.email_formatted or self.company_id.email_formatted

    def _get_reply_to(self):
        """Answers come back to the case where the company has a catch-all address."""
        case = self.case_id
        return case._notify_get_reply_to(default=self._get_sender()).get(case.id)

    def _note_done(self):
        """The mail server has the reminder. That is kept at once, whatever may go wrong with the rest."""
        self.write({"state": "done", "done_on": fields.Datetime.now(), "remark": False, "retry_on": False})
        self.env["ir.cron"]._commit_progress()
        self._finish()

    @api.model
    def _get_unfinished_domain(self):
        """Reminders that were sent, but whose worker died before the case showed it."""
        return Domain("state", "=", "done") & Domain("kind", "=", "mail") & Domain("mail_message_id", "=", False)

    def _finish(self):
        """Have the case show what was sent, and move on."""
        for step in self:
            message = step.case_id.message_post(
                body=step.body,
                subject=step.subject,
                attachment_ids=step.attachment_ids.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_note",
                author_id=(step.user_id or self.env.user).partner_id.id,
            )
            message.message_id = step.message_uid  # so that an answer finds the case
            step.mail_message_id = message
            step.case_id._complete_stage(step.stage_id, fields.Date.context_today(step, step.done_on))

    def _note_error(self, error):
        verdict, words = judge(error), words_of(error)
        if verdict == RETRY:
            self._retry(words)
        elif verdict == FAILED:
            self.write({"state": "failed", "remark": words})
        else:
            remark = self.env._("The answer of the mail server got lost: %(error)s", error=words)
            self.write({"state": "uncertain", "remark": remark})

    def _retry(self, words):
        """Nothing has left: tried again some time later, or given up."""
        pause = pause_after(self.attempt_count + (self.state == "claimed"))
        if pause is None:
            self.write({"state": "failed", "remark": words})
            return
        until = fields.Datetime.now() + timedelta(minutes=pause)
        self.write({"state": "claimed", "retry_on": until, "remark": words})
        self.env.ref("dunning_it.ir_cron_dunning_remind")._trigger(until)

    @api.model
    def _settle_lost(self):
        """Reminders whose worker died while handing them over: nobody knows, so a person decides."""
        before = fields.Datetime.now() - timedelta(minutes=LOST_AFTER)
        lost = self.search([("state", "=", "handing"), ("handing_on", "<", before)]).try_lock_for_update()
        lost.filtered(lambda step: step.state == "handing").write(
            {"state": "uncertain", "remark": self.env._("The server stopped while it was being sent.")}
        )

    # === ACTIONS === #

    def action_send_again(self):
        """Make failed and uncertain reminders anew; a person has decided that they did not arrive."""
        self.case_id.check_access("write")
        again = self.filtered(lambda step: step.state in ("failed", "uncertain"))
        if not again:
            raise UserError(self.env._("Only what has failed or is uncertain can be sent again."))
        again.sudo()._cancel(self.env._("Sent again by %(name)s.", name=self.env.user.name))  # the server's
        for case in again.case_id:
            case._claim_mail(user=self.env.user)
        self.env.ref("dunning_it.ir_cron_dunning_remind").sudo()._trigger()  # the server sends

    def action_was_sent(self):
        """A person knows that the reminder has arrived, or brought it to the customer in another way."""
        self.case_id.check_access("write")
        for step in self.sudo().filtered(lambda step: step.state in ("failed", "uncertain")):  # the server's to write
            now = fields.Datetime.now()
            remark = self.env._("Confirmed by %(name)s.", name=self.env.user.name)
            step.write({"state": "done", "done_on": step.handing_on or now, "remark": remark})
            step._finish()
