"""Price rules with a note for the reader of the list."""

from odoo import fields, models


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    listino_note = fields.Char(
        string="Note in Price Lists",
        translate=True,
        help="Printed under the products to which this rule gives the price.",
    )
