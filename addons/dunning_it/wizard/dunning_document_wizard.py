"""A person adds a document to a case."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.dunning_document_names import UPLOADED


class DunningDocumentWizard(models.TransientModel):
    """The dialog that asks for a file and what it is."""

    _name = "dunning.document.wizard"
    _description = "Add a Document to a Case"

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, ondelete="cascade")
    pursued_ids = fields.Many2many("account.move", compute="_compute_pursued_ids")
    kind = fields.Selection(UPLOADED, required=True, default="contract")
    is_signed = fields.Boolean(string="Signed by the Debtor")
    date = fields.Date()
    note = fields.Char(help="Printed in the index of evidence files.")
    move_ids = fields.Many2many(
        "account.move", string="Invoices", help="Those it is about; empty: all that are pursued."
    )
    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()

    @api.depends("case_id")
    def _compute_pursued_ids(self):
        for wizard in self:
            wizard.pursued_ids = wizard.case_id.line_ids.filtered(lambda line: line.state == "active").move_id

    def action_add(self):
        """Keep the document."""
        self.ensure_one()
        self.case_id.check_access("write")
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        if not content:
            raise UserError(self.env._("The file is empty: choose another one."))
        if self.move_ids - self.pursued_ids:
            raise UserError(self.env._("Choose invoices that are pursued in this case."))
        documents = self.env["dunning.document"].sudo()  # the server's to write, after the user's right is checked
        documents._add(self.file_name or self.env._("Document"), content, self._prepare_document_vals())
        return {"type": "ir.actions.act_window_close"}

    def _prepare_document_vals(self):
        return {
            "case_id": self.case_id.id,
            "kind": self.kind,
            "is_signed": self.is_signed,
            "date": self.date,
            "note": self.note,
            "move_ids": [Command.set(self.move_ids.ids)],
        }
