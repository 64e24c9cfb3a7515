"""Totals that Odoo's own dialogs set beside a line's price, and nobody else.

``extra_tax_data`` makes a line, and the invoice line made of it, cost what it says instead of price times quantity.
Odoo's dialogs for discounts and down payments need it; a client has no business with it.
"""

from odoo import api, models

KEY = "quote_own_totals"
FIELD = "extra_tax_data"


class OwnTotals:
    """In the context, the mark of Odoo's own dialogs. A client can name the key but never make the object."""


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: the total of a line follows from its price.
        return super()._get_server_fields() | {FIELD}

    @api.model
    def _get_released_fields(self, creating):
        # OVERRIDE: but where Odoo's own dialogs set it, and in a copy of an order, which has its lines.
        released = super()._get_released_fields(creating)
        is_own = isinstance(self.env.context.get(KEY), OwnTotals)
        return released | {FIELD} if is_own or self._is_copying() else released
