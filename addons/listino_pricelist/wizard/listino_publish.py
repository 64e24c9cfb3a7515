"""The dialog that publishes a document."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.difference_listing import words_of_difference


class ListinoPublish(models.TransientModel):
    """Publish a document as its next revision: for whom, why, and what changed since the last one."""

    _name = "listino.publish"
    _description = "Publish a Price List"

    document_id = fields.Many2one("listino.document", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_partner_id",
        store=True,
        compute_sudo=False,
        readonly=False,
        precompute=True,
        ondelete="cascade",
        help="Whose list, taxes and language are published; empty: as the document says.",
    )
    reason = fields.Text(required=True)
    summary = fields.Char(string="Since the Last Revision", compute="_compute_summary")
    warnings = fields.Text(compute="_compute_summary")

    @api.depends("document_id")
    def _compute_partner_id(self):
        for wizard in self:
            wizard.partner_id = wizard.document_id.partner_id

    @api.depends("document_id", "partner_id")
    def _compute_summary(self):
        for wizard in self:
            document, partner = wizard.document_id._origin, wizard.partner_id._origin
            written = {name: wizard[name] for name in ("document_id", "partner_id", "reason")}
            warnings = "\n".join(document._get_publishing_warnings(partner)) if document else False
            summary = wizard._summarise(document, partner) if document else False
            if not wizard.id:  # pricing many products empties the cache, and an open dialog lives there only
                wizard._update_cache(written, validate=False)
            wizard.summary, wizard.warnings = summary, warnings

    def _summarise(self, document, partner):
        """What the publication will change, in words."""
        if not document._get_last_frozen(partner):
            return self.env._("This will be the first revision for this reader.")
        difference = self.env["listino.difference"].new({"document_id": document.id, "partner_id": partner.id})
        try:
            return words_of_difference(self.env, difference._compare().difference)
        except UserError as error:  # such as another currency than before, which must not stop the publishing
            return str(error)

    def action_publish(self):
        """Publish, and open the new revision."""
        self.ensure_one()
        publication = self.document_id._publish(self.reason, self.partner_id)
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_publication_action")
        return {
            **action,
            "res_id": publication.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "current",
        }
