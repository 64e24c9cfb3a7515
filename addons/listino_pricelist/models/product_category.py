"""Product categories as the headings of a printed price list."""

from odoo import fields, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    listino_sequence = fields.Integer(
        string="Place in Price Lists",
        default=10,
        help="Categories under the same parent are printed in this order, then by name.",
    )
    listino_note = fields.Text(
        string="Note in Price Lists", translate=True, help="Printed under the category's heading."
    )
    listino_page_break = fields.Boolean(string="New Page", help="Start the category on a new page of the price list.")
