"""Two contacts turn out to be one customer."""

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # OVERRIDE: what was offered or approved to one of them is no offer to another customer now.
        orders = self.env["sale.order"].sudo()  # whoever merges contacts need not see the quotes
        domain = [
            "|",
            ("partner_id", "child_of", src_partners.ids),
            ("partner_invoice_id", "child_of", src_partners.ids),
        ]
        orders = orders.with_context(active_test=False).search(domain)
        customer = dst_partner.commercial_partner_id.id
        merged = dict.fromkeys(src_partners.ids, customer)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        for order in orders.filtered("authorised_content"):
            order.authorised_content = _follow(order.authorised_content, merged)
        for request in orders.discount_request_ids:
            request.snapshot = _follow(request.snapshot, merged)
        return result


def _follow(snapshot, merged):
    """A snapshot whose customers are those that they were merged into."""
    return {**snapshot, "customer": [merged.get(partner_id, partner_id) for partner_id in snapshot["customer"]]}
