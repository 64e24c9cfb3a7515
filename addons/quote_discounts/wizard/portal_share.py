"""Odoo's dialog that shares the link of a quote."""

from odoo import models

from ..models.sale_order import QUOTE_STATES


class PortalShare(models.TransientModel):
    _inherit = "portal.share"

    def action_send_mail(self):
        # OVERRIDE: a link to the quote is the quote: it has to be complete, and who shares it has replied.
        orders = [share.resource_ref for share in self if share.res_model == "sale.order"]
        for order in orders:
            order._check_offers()
            order.filtered(lambda order: order.state in QUOTE_STATES)._check_may_leave()
        result = super().action_send_mail()
        for order in orders:
            order._note_reply()
        return result
