"""The moment when a quote leaves the house, whichever way it goes: what still stands against it is asked here.

Every part of the app that has a reason to hold a quote back adds its sentences to
:meth:`SaleOrder._get_reasons_not_to_leave`; the ways out are closed here, once.
"""

from odoo import api, models
from odoo.exceptions import UserError

from .sale_order import QUOTE_STATES

LEFT = ("sent", "sale")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a quote that is born sent or sold has left as well.
        orders = super().create(vals_list)
        if not self.env.su:
            orders.filtered(lambda order: order.state in LEFT)._check_may_leave()
        return orders

    def write(self, vals):
        # OVERRIDE: sending, confirming, importing and the mail of the quote all come down to its state.
        result = super().write(vals)
        if vals.get("state") in LEFT and not self.env.su:
            self._check_may_leave()
        return result

    # === ACTIONS === #

    def action_quotation_send(self):
        # OVERRIDE: what is missing is said before the mail is written.
        self.filtered(lambda order: order.state in QUOTE_STATES)._check_may_leave()
        return super().action_quotation_send()

    # === PORTAL === #

    def _has_to_be_signed(self):
        # OVERRIDE: what may not leave can't be signed.
        return super()._has_to_be_signed() and not self._get_reasons_not_to_leave()

    def _has_to_be_paid(self):
        # OVERRIDE: nor paid: refusing the confirmation when the money is there would be too late.
        return super()._has_to_be_paid() and not self._get_reasons_not_to_leave()

    # === HOOKS === #

    def _get_reasons_not_to_leave(self):
        """Why the quote may not leave yet; hook.

        Portal pages ask it with the rights of the server for whoever holds the link, so a reason names nothing that a
        customer must not read.

        :return: whole sentences for the salesperson, each with what to do
        :rtype: list[str]
        """
        self.ensure_one()
        return []

    def _check_may_leave(self):
        """Refuse where something stands against one of the quotes leaving.

        :raise UserError: with all the reasons, each quote by its name where there are several
        """
        sentences = []
        for order in self:
            reasons = order._get_reasons_not_to_leave()
            if reasons and len(self) > 1:
                sentences.append(self.env._("%(quote)s can't leave yet:", quote=order.name))
            sentences += reasons
        if sentences:
            raise UserError("\n".join(sentences))
