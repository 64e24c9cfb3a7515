"""How a reminder goes through the outbox."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.mail import generate_tracking_message_id


class DunningStep(models.Model):
    """The way of a reminder: the case is brought in line when it is claimed and again before it is handed over, and
    only when the mail server has taken it does the case move on.
    """

    _inherit = "dunning.step"

    # === OUTBOX === #

    @api.model
    def _get_work_domain(self):
        # OVERRIDE: calls and notices are steps too, and are not in this outbox.
        return super()._get_work_domain() & Domain("kind", "=", "mail")

    @api.model
    def _send_waiting(self):
        # OVERRIDE: what was sent but is not shown by its case comes first.
        self.search(self._get_unfinished_domain()).try_lock_for_update()._finish()
        return super()._send_waiting()

    def _renew(self):
        # OVERRIDE: a payment in between makes a reminder anew, on newer figures, or needless.
        super()._renew()
        case = self.case_id
        case._resync()
        if case.state == "open" and case.stage_id == self.stage_id and case._take_snapshot() == self.snapshot:
            return self
        self._cancel(self.env._("The figures changed before it was sent."))
        return case._claim_mail(self.user_id)

    def _cancel(self, remark):
        self.attachment_ids.unlink()
        self.write({"state": "cancelled", "remark": remark})
        self.flush_recordset(["state"])  # another one may take its place now

    # === PREPARE === #

    def _prepare(self):
        """Keep the words and files of a reminder, in the language of who pays."""
        case = self.case_id._in_mail_language()
        words = case._get_reminder_words(self.stage_id)
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

    def _get_mail_server(self):
        # OVERRIDE: a template may name its server.
        return self.stage_id.template_id.mail_server_id or super()._get_mail_server()

    def _build_mail(self):
        # OVERRIDE: the words and files that were kept when it was claimed.
        return self.env["ir.mail_server"]._build_email__(
            email_from=self._get_sender(),
            email_to=[self.email],
            subject=self.subject,
            body=self.body,
            reply_to=self._get_reply_to(),
            attachments=[(file.name, file.raw, file.mimetype) for file in self.attachment_ids],
            message_id=self.message_uid,
            subtype="html",
        )

    def _get_sender(self):
        # OVERRIDE: from who sends it, who is responsible for the case, or the company.
        user = self.user_id or self.case_id.user_id
        return user.email_formatted or self.company_id.email_formatted

    def _get_reply_to(self):
        """Answers come back to the case where the company has a catch-all address."""
        case = self.case_id
        return case._notify_get_reply_to(default=self._get_sender()).get(case.id)

    def _note_done(self):
        # OVERRIDE: the case shows what was sent, and moves on.
        self.done_on = fields.Datetime.now()
        done = super()._note_done()
        self._finish()
        return done

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
