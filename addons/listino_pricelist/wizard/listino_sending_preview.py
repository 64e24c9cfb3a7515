"""The mail of a sending as one reader would get it."""

from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html_sanitize

from ..sending.outcome import words_of


class _Undo(Exception):
    """Takes back what was made for the preview."""


class ListinoSendingPreview(models.TransientModel):
    """A mail shown before it is sent: made exactly as it would be, then taken back."""

    _name = "listino.sending.preview"
    _description = "Preview of a Price List Mail"

    sending_id = fields.Many2one("listino.sending", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Reader")
    email_to = fields.Char(string="Address", compute="_compute_mail")
    subject = fields.Char(compute="_compute_mail")
    body = fields.Html(compute="_compute_mail")
    files = fields.Char(string="Attachment", compute="_compute_mail")
    problem = fields.Char(compute="_compute_mail")

    @api.depends("sending_id", "partner_id")
    def _compute_mail(self):
        for preview in self:
            values = preview._render()  # first, for what it takes back is all that is in memory
            preview.update({"email_to": "", "subject": "", "body": "", "files": "", "problem": "", **values})

    def _render(self):
        """The values of the mail, or what is wrong."""
        values = {}
        try:
            with self.env.cr.savepoint():
                values = self._make_mail()
                raise _Undo
        except _Undo:
            return values
        except ReadOnlySqlTransaction:  # Odoo asks again where it may write
            raise
        except Exception as error:  # noqa: BLE001 - whatever would stop the mail is what the preview has to tell
            return {"problem": words_of(error)}

    def _make_mail(self):
        self = self.with_context(bin_size=False)  # noqa: PLW0642 - pictures are written, not measured
        sending = self.sending_id
        sending.check_access("write")
        recipients = sending._get_recipients()
        recipient = next((each for each in recipients if each.partner == self.partner_id), None)
        if not recipient:
            raise UserError(self.env._("He is not among the readers."))
        Line = self.env["listino.sending.line"].sudo()  # the outbox is the server's; rendering has the sender's rights
        line = Line.with_context(tracking_disable=True).create(sending._prepare_line_vals(recipient, "preview"))
        reason = line._get_reason_to_skip()
        frozen = line._freeze()
        is_unchanged = line._is_unchanged(frozen)
        line._make_mail(frozen)
        message = line.mail_message_id
        return {
            "email_to": line._get_email_to(),
            "subject": message.subject,
            "body": html_sanitize(message.body),
            "files": line.attachment_id.name,
            "problem": reason or (self.env._("The prices are those of the last time.") if is_unchanged else ""),
        }

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
