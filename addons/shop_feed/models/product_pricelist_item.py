"""The sale to which a price rule belongs."""

from odoo import fields, models


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    feed_campaign = fields.Char(
        string="Sale",
        help="Rules with the same name are steps of one sale: while it goes on, and the price only falls, the price "
        "before its first step stays the one to compare with (art. 17-bis, par. 5, Codice del consumo). Empty: the "
        "rule is a sale of its own.",
    )
