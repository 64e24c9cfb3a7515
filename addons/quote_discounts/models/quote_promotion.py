from odoo import fields, models


class QuotePromotion(models.Model):
    """A discount that every customer gets alike for a time."""

    _name = "quote.promotion"
    _description = "Promotion"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
