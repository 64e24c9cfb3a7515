"""Files that nobody replaces: the signed papers of quotes, and the signatures themselves."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.listino_pricelist.freezing.content import sha256_of

EVIDENCE = "quote.evidence"
CONTENT = {"raw", "datas", "db_datas", "store_fname"}
PLACE = {"res_model", "res_id", "res_field", "type", "url", "name", "public"}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a signature is put on a quote by the customer's page, not as a file.
        attachments = super().create(vals_list)
        attachments._refuse_forged()
        return attachments

    def write(self, vals):
        # OVERRIDE: the file of a signed paper is never replaced, not even by the server; nor a signature by a user.
        self._refuse_forged()
        if CONTENT & vals.keys() or PLACE & vals.keys():
            self._refuse_replaced(vals)
        result = super().write(vals)
        self._refuse_forged()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_pinned(self):
        self._refuse_forged()
        if self._get_pinned():
            raise UserError(self.env._("A signed paper is never deleted, for it proves what was agreed."))

    def _get_pinned(self):
        """Those that are the signed paper of a quote."""
        evidence = self.env[EVIDENCE].sudo().search([("attachment_id", "in", self.ids)])
        return evidence.attachment_id.sudo(self.env.su)

    def _refuse_replaced(self, vals):
        """Let the server move the bytes to another storage, as they are; refuse anything else.

        :raise UserError: where it concerns a signed paper
        """
        pinned = self._get_pinned()
        if not pinned:
            return
        moved = self.env.su and not PLACE & vals.keys() and vals.keys() & CONTENT == {"raw"}
        if not moved or any(sha256_of(file.raw or b"") != sha256_of(vals["raw"] or b"") for file in pinned):
            raise UserError(self.env._("A signed paper is never replaced, for it proves what was agreed."))

    def _refuse_forged(self):
        """
        :raise AccessError: where a user makes, changes or deletes the file of a quote's signature
        """
        if self.env.su:
            return
        for attachment in self.sudo():
            if attachment.res_model == "sale.order" and attachment.res_field == "signature":
                raise AccessError(self.env._("The signature of a quote is given by the customer on the quote's page."))
