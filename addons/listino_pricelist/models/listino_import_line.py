"""The rows of a preview."""

from odoo import fields, models

ACTIONS = [
    ("create", "Create"),
    ("update", "Change"),
    ("unchanged", "Unchanged"),
    ("duplicate", "Repeated"),
    ("refuse", "Refused"),
]


class ListinoImportLine(models.Model):
    """What the preview says about one row of the file: what will happen to it, and why."""

    _name = "listino.import.line"
    _description = "Row of an imported file"
    _order = "rank, row, id"
    _rec_name = "product_name"

    import_id = fields.Many2one("listino.import", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="import_id.company_id")
    rank = fields.Integer(help="Refused rows come first.")
    row = fields.Integer(help="Number of the row in the file.")
    action = fields.Selection(ACTIONS, required=True)
    reason = fields.Char("Why")
    product_id = fields.Many2one("product.product", index="btree_not_null", ondelete="set null")
    reference = fields.Char()
    barcode = fields.Char()
    product_name = fields.Char("Name in the file")
    category = fields.Char()
    min_quantity = fields.Float("Min. quantity", digits="Product Unit")
    date_start = fields.Date("Valid from")
    date_end = fields.Date("Valid to")
    currency_id = fields.Many2one(related="import_id.currency_id")
    old_price = fields.Float(min_display_digits="Product Price", aggregator=None)
    new_price = fields.Float(min_display_digits="Product Price", aggregator=None)
    variation = fields.Float("Change %", digits=(16, 1), aggregator="avg")
