"""Rules of price lists that are promotions: their discount is shown on quotes by name."""

from odoo import fields, models


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    promotion_name = fields.Char(
        string="Promotion",
        translate=True,
        help="How the customer reads this discount on the quote, such as “Christmas promotion”. Its dates are the"
        " rule's.",
    )
