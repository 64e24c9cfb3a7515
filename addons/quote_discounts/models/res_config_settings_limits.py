from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    quote_without_limit = fields.Selection(related="company_id.quote_without_limit", readonly=False, required=True)
    quote_without_cost = fields.Selection(related="company_id.quote_without_cost", readonly=False, required=True)
