"""What products cost, day by day: without it no reduction may be announced."""

from odoo import fields, models


class ShopFeedPrice(models.Model):
    """A price that began to hold, VAT included, on a list; the same price twice in a row is not written.

    Art. 17-bis Codice del consumo: a reduction is announced beside the lowest price of the thirty days before.
    """

    _name = "shop.feed.price"
    _description = "Price History of a Product"
    _order = "moment desc, id desc"
    _rec_name = "moment"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    pricelist_id = fields.Many2one("product.pricelist", required=True, readonly=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    moment = fields.Datetime(required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True, ondelete="restrict")
    units = fields.Integer(string="Smallest Units", required=True, readonly=True, help="Cents, for euro.")
    is_reduced = fields.Boolean(readonly=True)
    campaign = fields.Char(readonly=True)

    _moment_unique = models.Constraint(
        "unique(pricelist_id, product_id, moment)", "A product has one price at a moment on a list."
    )
