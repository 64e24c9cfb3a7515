"""Totals follow from prices: what a limit or a level of approval measures is nobody's to write.

``extra_tax_data`` makes a line, and the invoice line made of it, cost what it says instead of price times quantity.
Odoo's dialogs for discounts and down payments need it; a client has no business with it. Nor has he with the totals
that Odoo computes and stores, which by RPC he could write, or with the currency of a line, which is the order's.
"""

from odoo import api, models

KEY = "quote_own_totals"
FIELD = "extra_tax_data"
TOTALS = {"amount_untaxed", "amount_tax", "amount_total"}
TOTALS_OF_LINES = {"currency_id", "price_subtotal", "price_tax", "price_total"}


class OwnTotals:
    """In the context, the mark of Odoo's own dialogs. A client can name the key but never make the object."""


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: the total of an order, which chooses the limit and the level of approval, follows from its lines.
        return super()._get_server_fields() | TOTALS


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: the total of a line follows from its price.
        return super()._get_server_fields() | TOTALS_OF_LINES | {FIELD}

    @api.model
    def _get_released_fields(self, creating):
        # OVERRIDE: but where Odoo's own dialogs set it, and in a copy of an order, which has its lines.
        released = super()._get_released_fields(creating)
        is_own = isinstance(self.env.context.get(KEY), OwnTotals)
        return released | {FIELD} if is_own or self._is_copying() else released
