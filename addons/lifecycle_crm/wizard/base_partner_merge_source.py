"""The first source of contacts that turn out to be one customer."""

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # OVERRIDE: core would keep whichever row comes first; the earliest source is the first one.
        Source = self.env["lifecycle.first.source"].sudo()  # whoever merges contacts need not see it
        Source.search([("partner_id", "in", (src_partners | dst_partner).ids)])._join(dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
