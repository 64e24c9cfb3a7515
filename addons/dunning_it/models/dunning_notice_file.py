"""The files of a formal notice: evidence."""

import hashlib

from odoo import api, fields, models


class DunningNoticeFile(models.Model):
    """A file of a notice with the fingerprint it had when it was added, so that nobody can say it was changed."""

    _name = "dunning.notice.file"
    _description = "File of a Formal Notice"
    _order = "id"

    notice_id = fields.Many2one("dunning.notice", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("letter", "Letter, not signed"),
            ("enclosure", "Enclosure"),
            ("signed", "Signed letter"),
            ("posting", "Receipt of posting"),
            ("proof", "Proof of arrival"),
            ("return", "Returned letter"),
            ("receipt", "PEC receipt"),
        ],
        required=True,
        readonly=True,
    )
    attachment_id = fields.Many2one("ir.attachment", string="File", required=True, readonly=True, ondelete="restrict")
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True)
    is_intact = fields.Boolean(compute="_compute_is_intact", help="Whether the file is what it was when it was added.")

    @api.depends("attachment_id")
    def _compute_display_name(self):
        for file in self:
            file.display_name = file.attachment_id.name

    @api.depends("attachment_id", "sha256")
    def _compute_is_intact(self):
        for file in self:
            attachment = file.attachment_id.with_context(bin_size=False)  # forms ask for sizes of files
            file.is_intact = fingerprint(attachment.raw) == file.sha256

    def action_open(self):
        """Show the file."""
        self.ensure_one()
        url = f"/web/content/{self.attachment_id.id}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}


def fingerprint(content):
    """The SHA-256 of bytes, as it is printed."""
    return hashlib.sha256(content or b"").hexdigest()
