"""Reminders are put in the outbox: from the figures of now, under the lock of the case."""

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.mail import email_normalize


class DunningCase(models.Model):
    _inherit = "dunning.case"

    @api.model
    def _get_mail_domain(self):
        """Cases whose next step is a reminder that is due."""
        return Domain("is_due", "=", True) & Domain("stage_id.kind", "=", "mail")

    @api.model
    def _cron_remind(self):
        """Put the reminders of the day in the outbox where the company has it so, and send what is in it."""
        companies = self.env["res.company"].search([("dunning_is_automatic", "=", True)])
        cases = self.search(self._get_mail_domain() & Domain("company_id", "in", companies.ids))
        Step = self.env["dunning.step"]
        Step._settle_lost()
        self.env["ir.cron"]._commit_progress(remaining=len(cases) + len(Step.search(Step._get_work_domain())))
        for case in cases:
            case._claim_mail()
            if not self.env["ir.cron"]._commit_progress(1):
                return
        Step._send_waiting()

    def action_send_reminders(self):
        """Put the reminders of the chosen cases in the outbox."""
        self.check_access("write")
        due = self.filtered(lambda case: case.is_due and case.stage_kind == "mail")
        if not due:
            raise UserError(
                self.env._("None of these cases has a reminder as its next step, or it is not time for it yet.")
            )
        steps = self.env["dunning.step"]
        for case in due:
            steps |= case._claim_mail(user=self.env.user)
        self.env.ref("dunning_it.ir_cron_dunning_remind").sudo()._trigger()  # the server sends
        return self._tell_reminders(len(due), len(steps))

    def _tell_reminders(self, asked, made):
        """A notification of how many reminders go out, and how many could not."""
        words = self.env._("%(count)s reminders are being sent.", count=made)
        if asked > made:
            more = self.env._("%(count)s could not be made: see Reminders that Failed.", count=asked - made)
            words = f"{words} {more}"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": words,
                "type": "success" if asked == made else "warning",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _claim_mail(self, user=None):
        """Put a reminder in the outbox, as of now; what another worker holds, or what is no longer due, is left alone.

        :param user: who sends it; empty: the scheduled action
        :return: the ``dunning.step``, empty where there is nothing to send
        """
        Step = self.env["dunning.step"].sudo()  # the outbox is the server's
        case = self.sudo().try_lock_for_update()  # the case's figures are the server's
        if not case:
            return Step
        case.invalidate_recordset()
        case._resync()
        stage = case.stage_id
        if not case.is_due or stage.kind != "mail" or case._has_step(stage):
            return Step
        try:
            with self.env.cr.savepoint():
                step = Step.create(case._prepare_step_vals(stage, user))
        except UniqueViolation:
            return Step  # another worker has it, and has committed since this transaction began
        if problem := case._get_mail_problem():
            step.write({"state": "failed", "remark": problem})
            return Step
        return step if step._prepare_safely() else Step

    def _has_step(self, stage):
        """Whether the stage is being taken or was taken in this cycle."""
        return bool(
            self.step_ids.filtered(
                lambda step: step.stage_id == stage and step.cycle == self.cycle and step.state != "cancelled"
            )
        )

    def _prepare_step_vals(self, stage, user=None):
        return {
            "case_id": self.id,
            "stage_id": stage.id,
            "cycle": self.cycle,
            "user_id": user.id if user else False,
            "amount_net": self.amount_net,
            "snapshot": self._take_snapshot(),
            "email": self._get_email(),
        }

    def _take_snapshot(self):
        """What the customer owes now, instalment by instalment, in a form that can be compared and kept.

        :return: ``{"lines": [[journal item, residual], ...], "credit": amount, "net": amount}``
        """
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.state == "active")
        return {
            "lines": [[line.move_line_id.id, line.amount_residual] for line in lines.sorted("id")],
            "credit": self.amount_credit,
            "net": self.amount_net,
        }

    def _get_email(self):
        contact = self.contact_id
        return email_normalize(contact.email or "") or email_normalize(self.partner_id.email or "") or False

    def _get_mail_problem(self):
        """Why no mail can go to the customer, as words, or nothing; a hook for other reasons."""
        email = self._get_email()
        if not self.partner_id.active:
            return self.env._("The customer is archived: unarchive the customer or close the case.")
        if not email:
            return self.env._("There is no valid e-mail address: enter one for who pays, then try again.")
        if not self.company_id.email:
            company = self.company_id.name
            return self.env._("%(company)s has no e-mail address to write from: enter one.", company=company)
        blacklist = self.env["mail.blacklist"].sudo()  # who may remind need not see the whole list
        if blacklist.search_count([("email", "=", email)], limit=1):
            return self.env._("%(email)s is on the list of addresses that want no mail: call instead.", email=email)
        return False

    def _get_reminder_files(self, stage):
        """The files that go along with a reminder: the account statement and, where asked for, the invoices.

        :return: list of pairs of a name and bytes
        """
        statement = self._draw(self._prepare_statement())
        return [statement, *(self._get_invoice_files() if stage.attaches_invoices else [])]

    def _get_invoice_files(self, lines=None, has_all=False):
        """The invoices that are pursued, as PDF and as the e-invoice's file.

        :param lines: those of some of its lines; None: of all that are pursued
        :param bool has_all: make a pro forma of those that were never printed
        :return: list of pairs of a name and bytes
        """
        files = []
        if lines is None:
            lines = self.line_ids.filtered(lambda line: line.state == "active")
        for move in lines.move_id:
            is_drawn = has_all and move.is_sale_document()
            pdf = move._get_invoice_legal_documents("pdf", allow_fallback=is_drawn)
            documents = [pdf, move._get_invoice_legal_documents("fatturapa")]
            files += [(document["filename"], document["content"]) for document in documents if document]
        return files
