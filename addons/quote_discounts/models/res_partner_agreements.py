"""Customers with the agreements that were made with them."""

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    quote_agreement_count = fields.Integer(
        string="Agreements", compute="_compute_quote_agreement_count", groups="quote_discounts.group_quote_user"
    )

    @api.depends("commercial_partner_id")
    def _compute_quote_agreement_count(self):
        """Those of the whole company, whichever of its contacts is looked at."""
        counts = dict(
            self.env["quote.agreement"]._read_group(
                [("partner_id", "in", self.commercial_partner_id.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.quote_agreement_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_quote_agreements(self):
        """The customer's agreements, those in force first."""
        self.ensure_one()
        self.check_access("read")
        self.env["quote.agreement"].check_access("read")
        customer = self.commercial_partner_id
        action = self.env["ir.actions.act_window"]._for_xml_id("quote_discounts.quote_agreement_action")
        return {
            **action,
            "domain": [("partner_id", "=", customer.id)],
            "context": {"default_partner_id": customer.id},
        }
