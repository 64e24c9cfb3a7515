"""Before mails go out: how many, to whom, and each as it would be."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class DunningPreview(models.TransientModel):
    """Mails that a person looks at, leaves out one by one, and sends; all is read once more when they are sent."""

    _name = "dunning.preview"
    _description = "Mails to Send"

    line_ids = fields.One2many("dunning.preview.line", "preview_id", string="Mail")
    count = fields.Integer(string="Mails", compute="_compute_count")
    held_count = fields.Integer(string="Cannot Go", compute="_compute_count")

    @api.depends("line_ids.is_chosen", "line_ids.can_go")
    def _compute_count(self):
        for preview in self:
            preview.count = len(preview._get_chosen())
            preview.held_count = len(preview.line_ids.filtered(lambda line: not line.can_go))

    @api.model
    def _open(self, vals_list, title):
        """The dialog.

        :param list vals_list: of the lines
        """
        preview = self.create({"line_ids": [Command.create(vals) for vals in vals_list]})
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": preview.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _get_chosen(self):
        return self.line_ids.filtered(lambda line: line.is_chosen and line.can_go)

    def action_send(self):
        """Put the chosen mails in the outbox."""
        self.ensure_one()
        chosen = self._get_chosen()
        if not chosen:
            raise UserError(self.env._("No mail is chosen that can go: tick one, or close this window."))
        return chosen._send()


class DunningPreviewLine(models.TransientModel):
    """A mail as it would go, or why it can't."""

    _name = "dunning.preview.line"
    _description = "Mail to Send"
    _order = "can_go, id"

    preview_id = fields.Many2one("dunning.preview", required=True, ondelete="cascade", index=True)
    case_id = fields.Many2one("dunning.case", readonly=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    email = fields.Char(string="To", readonly=True)
    lang = fields.Char(string="Language", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)
    file_count = fields.Integer(string="Files", readonly=True)
    can_go = fields.Boolean(readonly=True)
    is_chosen = fields.Boolean(string="Send")
    remark = fields.Char(readonly=True, help="Why it can't go, or why it goes later.")
    subject = fields.Char(compute="_compute_words")
    body = fields.Html(compute="_compute_words", sanitize=False)
    statement_url = fields.Char(string="Account Statement", compute="_compute_statement_url")

    @api.depends("case_id")
    def _compute_words(self):
        for line in self:
            words = line._get_words()
            line.subject, line.body = words.get("subject", False), words.get("body_html", False)

    @api.depends("case_id")
    def _compute_statement_url(self):
        for line in self:
            line.statement_url = line.case_id and f"/dunning/case/{line.case_id.id}/statement"

    def _get_words(self):
        """Subject and body as they would be sent now; a hook for other mails."""
        case = self.case_id
        if not case or case.stage_kind != "mail":
            return {}
        case.check_access("read")
        return case._in_mail_language()._get_reminder_words(case.stage_id)

    def _send(self):
        """Put the mails in the outbox, from the figures of now; a hook for other mails.

        :return: an action
        """
        return self.case_id.action_send_reminders()
