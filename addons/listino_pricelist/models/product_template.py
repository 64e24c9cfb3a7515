"""Products on a printed price list."""

from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    listino_note = fields.Text(string="Note in Price Lists", translate=True, help="Printed under the product.")
