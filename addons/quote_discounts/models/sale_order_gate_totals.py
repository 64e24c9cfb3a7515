"""Totals that Odoo's own dialogs set beside a line's price, and nobody else.

``extra_tax_data`` makes a line, and the invoice line made of it, cost what it says instead of price times quantity.
Odoo's dialogs for discounts and down payments need it; a client has no business with it.
"""

from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.listino_pricelist.models.sale_order_line import COPY_KEY, Copying

KEY = "quote_own_totals"
FIELD = "extra_tax_data"


class OwnTotals:
    """In the context, the mark of Odoo's own dialogs. A client can name the key but never make the object."""


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: what a client brings is dropped.
        if not self._may_set_totals():
            vals_list = [{name: vals[name] for name in vals if name != FIELD} for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def default_get(self, fields):
        # OVERRIDE: nor by a default.
        return super().default_get([name for name in fields if name != FIELD])

    def write(self, vals):
        # OVERRIDE: nor later.
        if FIELD in vals and not self._may_set_totals():
            raise AccessError(self.env._("The total of a line follows from its price. Change the price instead."))
        return super().write(vals)

    def _may_set_totals(self):
        context = self.env.context
        return (
            self.env.su
            or isinstance(context.get(KEY), OwnTotals)
            or isinstance(context.get(COPY_KEY), Copying)  # a copy of an order has its lines
        )
