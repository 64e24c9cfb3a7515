"""Asked where a lead is marked as lost: who got it."""

from odoo import fields, models


class CrmLeadLost(models.TransientModel):
    _inherit = "crm.lead.lost"

    lifecycle_competitor_id = fields.Many2one(
        "lifecycle.competitor", string="Lost to", domain=lambda self: [("company_id", "in", self.env.companies.ids)]
    )

    def action_lost_reason_apply(self):
        # OVERRIDE: the reason is in the fields of the core, the competitor in ours.
        result = super().action_lost_reason_apply()
        if self.lifecycle_competitor_id:
            self.lead_ids.lifecycle_competitor_id = self.lifecycle_competitor_id
        return result
