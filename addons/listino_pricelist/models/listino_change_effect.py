"""What a change would do to the prices of every list."""

from odoo import fields, models


class ListinoChangeEffect(models.Model):
    """The price of a product in a list before and after a change, as a quote would charge it.

    Written by the thousand, as plain values, and only read.
    """

    _name = "listino.change.effect"
    _description = "Effect of a change of prices"
    _order = "weight desc, id"
    _rec_name = "product_id"
    _log_access = False

    change_id = fields.Many2one("listino.change", required=True, readonly=True, ondelete="cascade")
    weight = fields.Float(readonly=True, aggregator=None, help="The size of the change in percent, up or down.")
    pricelist_id = fields.Many2one("product.pricelist", string="Price list", readonly=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", readonly=True, ondelete="cascade")
    categ_id = fields.Many2one(related="product_id.categ_id")
    quantity = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    currency_id = fields.Many2one(related="pricelist_id.currency_id")
    old_price = fields.Float(string="Before", min_display_digits="Product Price", readonly=True, aggregator="avg")
    new_price = fields.Float(string="After", min_display_digits="Product Price", readonly=True, aggregator="avg")
    variation = fields.Float(string="Change %", digits=(16, 1), readonly=True, aggregator="avg")
    cost = fields.Float(min_display_digits="Product Price", readonly=True, aggregator="avg")
    old_margin = fields.Float(string="Margin % before", digits=(16, 1), readonly=True, aggregator="avg")
    new_margin = fields.Float(string="Margin % after", digits=(16, 1), readonly=True, aggregator="avg")
    has_cost = fields.Boolean(readonly=True)
    below_cost = fields.Boolean(readonly=True)
    is_jump = fields.Boolean(string="Large change", readonly=True)

    _by_weight = models.Index("(change_id, weight DESC, id)")
