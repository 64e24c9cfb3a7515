"""What a reminder would be and what stands against it, before anything is sent."""

from odoo import models
from odoo.tools.misc import format_date

from ..patience.contacts import WRITE


class DunningCase(models.Model):
    _inherit = "dunning.case"

    def action_preview_reminders(self):
        """Look at the reminders of the chosen cases before they are sent."""
        self.check_access("write")
        self.sudo()._resync()  # the figures are the server's
        vals_list = self._prepare_preview_vals_list()
        return self.env["dunning.preview"]._open(vals_list, self.env._("Send Reminders"))

    def _prepare_preview_vals_list(self):
        """The lines of the preview, one a case."""
        contacts = self._get_contacts()
        vals_list = []
        for case in self:
            obstacle = case._get_reminder_obstacle()
            answer = case._may_contact(WRITE, contacts=contacts[case.partner_id, case.company_id])
            vals_list.append(
                {
                    "case_id": case.id,
                    "partner_id": case.partner_id.id,
                    "email": case._get_email(),
                    "lang": case._in_mail_language().env.lang,
                    "currency_id": case.currency_id.id,
                    "amount": case.amount_net,
                    "file_count": 0 if obstacle else case._count_reminder_files(case.stage_id),
                    "can_go": not obstacle,
                    "is_chosen": not obstacle,
                    "remark": obstacle or case._tell_answer(answer),
                }
            )
        return vals_list

    def _get_reminder_obstacle(self):
        """Why no reminder of the case can be sent, as words, or nothing."""
        self.ensure_one()
        if self.state == "paused" and self.paused_until:
            day = format_date(self.env, self.paused_until)
            return self.env._("Paused until %(date)s: the customer has promised to pay, or a person said so.", date=day)
        if self.state != "open":
            states = dict(self._fields["state"]._description_selection(self.env))
            return self.env._("The case is not open: %(state)s.", state=states[self.state])
        if self.hold_reason:
            holds = dict(self._fields["hold_reason"]._description_selection(self.env))
            return self.env._("Nothing is done: %(reason)s.", reason=holds[self.hold_reason])
        if self.stage_kind != "mail":
            return self.env._("The next step is no reminder: %(step)s.", step=self.stage_id.name or "")
        if not self.is_due:
            day = format_date(self.env, self.action_date) if self.action_date else ""
            return self.env._("It is not time for it before %(date)s.", date=day)
        if self._has_step(self.stage_id):
            return self.env._("This reminder was made already: see What Was Sent.")
        return self._get_mail_problem()

    def _count_reminder_files(self, stage):
        """How many files go along, see :meth:`_get_reminder_files`."""
        return 1 + (len(self._get_invoice_files()) if stage.attaches_invoices else 0)

    def _in_mail_language(self):
        return self.with_context(lang=self.contact_id.lang or self.env.lang)

    def _get_reminder_words(self, stage):
        """Subject and body of a reminder.

        :rtype: dict
        """
        return stage.template_id._generate_template(self.ids, ("subject", "body_html"))[self.id]
