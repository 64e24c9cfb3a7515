"""The buttons that open the quick quote, on customers and opportunities."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_quick_quote(self):
        """Open the quick quote for the customer."""
        self.ensure_one()
        self.check_access("read")
        self.env["sale.order"].check_access("create")
        return self.env["quote.quick"]._open(partner_id=self.id)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def action_quick_quote(self):
        """Open the quick quote for the opportunity."""
        self.ensure_one()
        self.check_access("read")
        self.env["sale.order"].check_access("create")
        return self.env["quote.quick"]._open(partner_id=self.partner_id.id, opportunity_id=self.id)
