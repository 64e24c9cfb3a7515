"""Settings of the customer lifecycle."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lifecycle_tz = fields.Selection(related="company_id.lifecycle_tz", readonly=False)
    lifecycle_cap = fields.Integer(related="company_id.lifecycle_cap", readonly=False)
    lifecycle_cap_days = fields.Integer(related="company_id.lifecycle_cap_days", readonly=False)
    lifecycle_quiet_from = fields.Float(related="company_id.lifecycle_quiet_from", readonly=False)
    lifecycle_quiet_to = fields.Float(related="company_id.lifecycle_quiet_to", readonly=False)
    lifecycle_register_days = fields.Integer(related="company_id.lifecycle_register_days", readonly=False)
    lifecycle_informed_date = fields.Date(related="company_id.lifecycle_informed_date", readonly=False)
    lifecycle_retention_months = fields.Integer(related="company_id.lifecycle_retention_months", readonly=False)
