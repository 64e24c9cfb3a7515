from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # OVERRIDE: where both have an open case, core would delete one with all that hangs on it.
        self.env["dunning.case"].sudo()._merge_cases(src_partners, dst_partner)  # whoever may merge contacts
        self.env["dunning.watch"].sudo()._merge_watches(src_partners, dst_partner)  # whoever may merge contacts
        return super()._update_foreign_keys(src_partners, dst_partner)
