"""What is not sold blindly."""

from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    lifecycle_needs_questions = fields.Boolean(
        string="Needs the Five Questions",
        help="Before it is quoted, the questions are answered on the opportunity, where the company requires it.",
    )
