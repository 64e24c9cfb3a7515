"""Customers: what changed in their prices."""

from odoo import models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _open_listino_what_changed(self):
        """Show what changed since the customer's last price list, of whichever document."""
        self.ensure_one()
        last = self.env["listino.document"]._get_last_frozen(self)
        if not last:
            raise UserError(self.env._("%(name)s has not got a price list yet.", name=self.display_name))
        return self.env["listino.difference"]._open(last.document_id, self, {})
