"""To whom a lead was lost."""

from odoo import api, fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    lifecycle_competitor_id = fields.Many2one(
        "lifecycle.competitor",
        string="Lost to",
        index="btree_not_null",
        check_company=True,
        ondelete="set null",
        tracking=True,
        groups="sales_team.group_sale_salesman",
    )

    def action_set_lost(self, **additional_values):
        # OVERRIDE: whoever is lost anew is not lost to the one of the last time.
        return super().action_set_lost(**{"lifecycle_competitor_id": False, **additional_values})

    @api.model
    def _merge_get_fields(self):
        # OVERRIDE: of merged leads, what is known of one is known of all.
        return [*super()._merge_get_fields(), "lifecycle_competitor_id"]
