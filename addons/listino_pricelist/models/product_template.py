"""Products on a printed price list."""

from odoo import fields, models

from .price_watch import watch_sales_prices


class ProductTemplate(models.Model):
    _inherit = "product.template"

    listino_note = fields.Text(string="Note in Price Lists", translate=True, help="Printed under the product.")

    def write(self, vals):
        # OVERRIDE: a change of the sales price is kept in the history; variants write it here too.
        if "list_price" in vals:
            watch_sales_prices(self)
        return super().write(vals)

    def action_view_price_history(self):
        """Show the changes of prices that concern the product."""
        self.check_access("read")
        History = self.env["listino.price.history"]
        return History._open_for(History._get_domain_for_products(self))
