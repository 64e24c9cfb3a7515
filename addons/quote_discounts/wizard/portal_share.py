from odoo import models

from ..models.sale_order_leaving import STILL_TO_LEAVE


class PortalShare(models.TransientModel):
    _inherit = "portal.share"

    def action_send_mail(self):
        # OVERRIDE: a link to the quote is the quote: it has to be complete, and who shares it has replied.
        orders = [share.resource_ref for share in self if share.res_model == "sale.order"]
        for order in orders:
            order.filtered(lambda order: order.state in STILL_TO_LEAVE)._check_may_leave()
        result = super().action_send_mail()
        for order in orders:
            order._note_reply()
        return result
