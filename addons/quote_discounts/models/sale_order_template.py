"""Quotation templates that choose the texts of their quotes."""

from odoo import fields, models


class SaleOrderTemplate(models.Model):
    _inherit = "sale.order.template"

    quote_block_ids = fields.Many2many(
        "quote.block",
        string="Conditions and Guarantees",
        check_company=True,
        help="The texts of quotes made from this template. Empty: those marked for every new quote.",
    )
