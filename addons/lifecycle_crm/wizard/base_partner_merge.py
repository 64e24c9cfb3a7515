"""Two contacts turn out to be one customer."""

from odoo import models
from odoo.tools import SQL


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # OVERRIDE: core deletes rows that would be there twice, and with them what hangs on them.
        merged = src_partners | dst_partner
        Status = self.env["lifecycle.status"].sudo()  # whoever merges contacts need not see where they stand
        statuses = Status.search([("partner_id", "in", merged.ids)])
        before = merged.commercial_partner_id  # contacts of two customers take their orders along
        statuses._join(dst_partner)
        self._part_entries(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        for company in Status._get_companies():
            self.env["lifecycle.mark"]._add((before - src_partners) | dst_partner, company, "merge")
        Status._forget_objected(dst_partner)
        dst_partner.sudo()._lifecycle_succeed(src_partners.sudo())  # whoever merges contacts knows nothing of links
        return result

    def _part_entries(self, src_partners, dst_partner):
        """Both went through a play about the like: each way is kept, under a key of its own."""
        self.env["lifecycle.entry"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE lifecycle_entry entry SET key = entry.key || '#' || entry.id
                 WHERE entry.partner_id IN %(sources)s
                   AND EXISTS (SELECT FROM lifecycle_entry other
                                WHERE other.play_id = entry.play_id AND other.key = entry.key AND other.id <> entry.id
                                  AND other.partner_id IN %(all)s)
                """,
                sources=tuple(src_partners.ids),
                all=tuple((src_partners | dst_partner).ids),
            )
        )
        self.env["lifecycle.entry"].invalidate_model(["key"])
