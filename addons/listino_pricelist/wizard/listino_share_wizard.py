"""Make a link to a price list and copy it."""

from odoo import api, fields, models

from ..models.listino_share import DAYS


class ListinoShareWizard(models.TransientModel):
    """For whom, until when and with which password; then the link, to copy."""

    _name = "listino.share.wizard"
    _description = "Share a Link"

    document_id = fields.Many2one("listino.document", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner",
        string="For",
        compute="_compute_partner_id",
        store=True,
        compute_sudo=False,
        readonly=False,
        help="He sees his own prices. Leave it empty for somebody who is no contact yet.",
    )
    publication_id = fields.Many2one(
        "listino.publication",
        string="Prices",
        domain="[('document_id', '=', document_id), ('partner_id', 'in', [False, partner_id])]",
        help="A published revision, or the prices of the day the link is opened.",
    )
    email = fields.Char(string="E-mail", help="For your own notes: to whom you give the link. Nothing is sent.")
    expiry_date = fields.Date(
        string="Valid Until", required=True, default=lambda self: self.env["listino.share"]._get_expiry_date(DAYS)
    )
    password = fields.Char(
        help="The reader has to type it. Tell it to him by another way than the link.",
    )
    share_id = fields.Many2one("listino.share", readonly=True, ondelete="cascade")
    url = fields.Char(related="share_id.url", related_sudo=False)

    @api.depends("document_id")
    def _compute_partner_id(self):
        for wizard in self:
            wizard.partner_id = wizard.document_id.partner_id

    def action_share(self):
        """Make the link, and show it."""
        self.ensure_one()
        self.share_id = self.env["listino.share"].create(self._prepare_share_vals())
        self.password = False  # only its digest is kept, on the link
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_share_wizard_action"),
            "res_id": self.id,
        }

    def _prepare_share_vals(self):
        return {
            "document_id": self.document_id.id,
            "publication_id": self.publication_id.id,
            "partner_id": self.partner_id.id,
            "email": not self.partner_id and self.email,
            "expiry_date": self.expiry_date,
            "password": self.password,
        }
