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

    def _renew(self):
        # OVERRIDE: a payment in between makes a reminder anew, on newer figures, or needless.
        super()._renew()
        case = self.case_id
        case._resync()
        if case.state == "open" and case.stage_id == self.stage_id and case._take_snapshot() == self.snapshot:
            return self
        self._cancel(self.env._("The figures changed before it was sent."))
        return case._claim_mail(self.user_id)

    # === THE MAIL === #

    def _get_case(self):
        # OVERRIDE: its own.
        return self.case_id

    def _get_thread(self):
        # OVERRIDE: the case shows it.
        return self.case_id

    def _get_files(self):
        # OVERRIDE: those that were kept when it was claimed.
        return self.attachment_ids

    def _check_may_settle(self):
        # OVERRIDE: who looks after the case.
        self.case_id.check_access("write")

    # === PREPARE === #

    def _prepare(self):
        # OVERRIDE: the words and files of a reminder, in the language of who pays.
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

    @api.model
    def _get_unfinished_domain(self):
        # OVERRIDE: calls and notices are steps too, and were no mails.
        return super()._get_unfinished_domain() & Domain("kind", "=", "mail")

    def _finish(self):
        # OVERRIDE: the case moves on.
        done = super()._finish()
        for step in self:
            step.case_id._complete_stage(step.stage_id, fields.Date.context_today(step, step.done_on))
        return done

    # === ACTIONS === #

    def action_send_again(self):
        """Make failed and uncertain reminders anew; a person has decided that they did not arrive."""
        self._check_may_settle()
        again = self.filtered(lambda step: step.state in ("failed", "uncertain"))
        if not again:
            raise UserError(self.env._("Only what has failed or is uncertain can be sent again."))
        again.sudo()._cancel(self.env._("Sent again by %(name)s.", name=self.env.user.name))  # the server's
        for case in again.case_id:
            case._claim_mail(user=self.env.user)
        self.env.ref("dunning_it.ir_cron_dunning_remind").sudo()._trigger()  # the server sends
