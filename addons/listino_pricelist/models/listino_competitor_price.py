"""What competitors ask for the products that we sell too."""

from odoo import api, fields, models


class ListinoCompetitorPrice(models.Model):
    """A competitor's price for one of our products, without taxes and in the product's own unit."""

    _name = "listino.competitor.price"
    _description = "Competitor's Price"
    _order = "product_id, partner_id, min_quantity, id"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", string="Competitor", required=True, check_company=True, index=True)
    product_id = fields.Many2one("product.product", required=True, check_company=True, ondelete="cascade", index=True)
    uom_id = fields.Many2one(related="product_id.uom_id")
    categ_id = fields.Many2one(related="product_id.categ_id")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id, ondelete="restrict"
    )
    price = fields.Monetary(required=True)
    min_quantity = fields.Float(string="From Quantity", digits="Product Unit", required=True, default=0.0)
    date_start = fields.Date(string="Valid From")
    date_end = fields.Date(string="Valid Until")
    seen_date = fields.Date(string="Seen On", required=True, default=fields.Date.context_today)

    _price_not_negative = models.Constraint("CHECK (price >= 0)", "A price can't be negative.")
    _dates_in_order = models.Constraint(
        "CHECK (date_start <= date_end)", "A price can't be valid from a day after its last one."
    )
    _unique_price = models.UniqueIndex(
        "(company_id, partner_id, product_id, currency_id, min_quantity,"
        " COALESCE(date_start, '-infinity'), COALESCE(date_end, 'infinity'))",
        "There is already a price of that competitor for this product, quantity and time. Change that one.",
    )

    @api.depends("partner_id", "product_id")
    def _compute_display_name(self):
        for price in self:
            price.display_name = f"{price.partner_id.display_name}: {price.product_id.display_name}"
