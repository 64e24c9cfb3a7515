"""The mail of a contact: written from its template, many at once."""

from email.utils import formataddr

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

RENDERED = ("subject", "body_html", "email_from", "reply_to", "mail_server_id", "attachment_ids", "report_template_ids")


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    mail_state = fields.Selection(related="mail_id.state", string="State of the Mail")
    failure_reason = fields.Text(related="mail_id.failure_reason")

    def _prepare_mails(self):
        """The values of the mails of contacts of one step, in their order.

        Each goes to the address that the gate was asked about and to nobody else, whatever the template says of
        recipients; it is kept, and is found on the person, where an answer to it arrives as well.
        """
        rendered = self._render_mails()
        company = self.company_id
        people = self.env["mail.thread"].with_company(company)
        inbox = people._notify_get_reply_to(author_id=company.partner_id.id)[False]
        return [touch._prepare_mail(rendered[touch.id], inbox) for touch in self]

    def _prepare_mail(self, values, inbox):
        """Values of the mail: what the template rendered, to the address that the gate has let through."""
        person, sender = self._get_person(), values["email_from"] or self.company_id.email_formatted
        attached = self.env["ir.attachment"].browse(values.get("attachment_ids") or []) | self._get_attachments()
        headers = self._get_headers()
        return {
            "subject": values["subject"],
            "body": values["body_html"],
            "body_html": values["body_html"],
            "email_from": sender or self.env.user.email_formatted,
            "author_id": self.company_id.partner_id.id,
            "reply_to": values["reply_to"] or inbox or sender,
            "email_to": formataddr((person.name or "", self.address)),
            "mail_server_id": values.get("mail_server_id"),
            "attachment_ids": [Command.link(each.id) for each in attached] + self._prepare_reports(values),
            "headers": repr(headers) if headers else False,
            "message_id": self.message_uid,
            "model": "res.partner",
            "res_id": person.id,
            "record_company_id": self.company_id.id,
            "auto_delete": False,
        }

    def _prepare_reports(self, values):
        """What the template prints for the mail; the files belong to the customer's page as the mail does."""
        place = {"type": "binary", "res_model": "res.partner", "res_id": self._get_person().id}
        reports = values.get("attachments") or []
        return [Command.create({"name": name, "datas": content, **place}) for name, content in reports]

    def _get_person(self):
        return self.contact_id or self.partner_id

    # === WORDS === #

    def _render_mails(self):
        """What the template of the step says to each, in his language; a dict by id."""
        template = self.step_id.template_id.sudo()  # whoever looks at it may not render templates
        if not template:
            raise UserError(self.env._("The step %(step)s has no template.", step=self.step_id.display_name))
        chosen, rendered = self.env.context.get("template_preview_lang"), {}
        for lang, touches in self.grouped(lambda touch: touch._get_lang()).items():
            speaking = template if template.lang and not chosen else template.with_context(template_preview_lang=lang)
            rendered |= speaking._generate_template(touches.ids, RENDERED)
            for touch in touches if template.email_layout_xmlid else ():
                touch._lay_out(speaking.with_context(lang=lang), rendered[touch.id])
        return rendered

    def _get_lang(self):
        """The language of the person, or else of the company: a hook."""
        chosen = self.env.context.get("template_preview_lang")
        return chosen or self._get_person().lang or self.company_id.partner_id.lang

    def _lay_out(self, template, values):
        """Put the text into the frame that the template asks for."""
        words = {"company": self.company_id, "record_name": values["subject"], "model_description": ""}
        values["body_html"] = template._render_encapsulate(
            template.email_layout_xmlid, values["body_html"], add_context=words, context_record=self
        )
