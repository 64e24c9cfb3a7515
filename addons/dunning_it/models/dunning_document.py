"""Papers that a person adds to a case: contracts, signed delivery notes, correspondence."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .dunning_document_names import UPLOADED
from .dunning_notice_file import fingerprint


class DunningDocument(models.Model):
    """A paper with the fingerprint it had when it was added: it may be taken away until an evidence file holds it."""

    _name = "dunning.document"
    _description = "Document of a Case"
    _order = "kind, date, id"
    _check_company_auto = True

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    kind = fields.Selection(UPLOADED, required=True, readonly=True)
    move_ids = fields.Many2many(
        "account.move", string="Invoices", readonly=True, help="Those it is about; empty: all that are pursued."
    )
    attachment_id = fields.Many2one("ir.attachment", string="File", required=True, readonly=True, ondelete="restrict")
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True)
    date = fields.Date(readonly=True)
    is_signed = fields.Boolean(string="Signed by the Debtor", readonly=True)
    note = fields.Char(readonly=True)
    is_fixed = fields.Boolean(string="In an Evidence File", readonly=True)

    @api.depends("attachment_id")
    def _compute_display_name(self):
        for document in self:
            document.display_name = document.attachment_id.name

    # === CRUD === #

    def write(self, vals):
        # OVERRIDE: what proves something is never changed; the server marks what is in an evidence
        # file, and brings it to another case of the same customer.
        self.check_access("write")
        if not (self.env.su and vals.keys() <= {"is_fixed", "case_id"}):
            raise UserError(self.env._("A document is not changed: take it away and add the right one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_fixed(self):
        if any(document.is_fixed for document in self):
            raise UserError(self.env._("An evidence file holds this document: it stays."))

    # === ACTIONS === #

    def action_open(self):
        """Show the file."""
        self.ensure_one()
        url = f"/web/content/{self.attachment_id.id}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def action_remove(self):
        """Take it away with its file: it was added by mistake."""
        self.check_access("read")
        self.case_id.check_access("write")
        self.sudo().unlink()  # documents are the server's to delete, after the user's right is checked

    # === BUSINESS === #

    @api.model
    def _add(self, name, content, vals):
        """Keep a file with its fingerprint; whoever calls has checked the right.

        :param bytes content: the file
        :param dict vals: what it is, for :meth:`create`
        :rtype: dunning.document
        """
        attachment = self.env["ir.attachment"].create({"name": name, "raw": content, "res_model": self._name})
        document = self.create({**vals, "attachment_id": attachment.id, "sha256": fingerprint(content)})
        attachment.res_id = document.id
        return document
