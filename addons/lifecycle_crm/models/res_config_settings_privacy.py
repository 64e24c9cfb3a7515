"""Settings: privacy."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lifecycle_retention_months = fields.Integer(related="company_id.lifecycle_retention_months", readonly=False)
