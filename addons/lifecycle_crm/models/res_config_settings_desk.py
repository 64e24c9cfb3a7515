"""Settings of the desk."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lifecycle_case_user_id = fields.Many2one(related="company_id.lifecycle_case_user_id", readonly=False)
    lifecycle_manager_id = fields.Many2one(related="company_id.lifecycle_manager_id", readonly=False)
    lifecycle_case_days = fields.Integer(related="company_id.lifecycle_case_days", readonly=False)
    lifecycle_case_alias_name = fields.Char(related="company_id.lifecycle_case_alias_name", readonly=False)
    lifecycle_reply_hours = fields.Float(related="company_id.lifecycle_reply_hours", readonly=False)
    lifecycle_caller_id = fields.Many2one(related="company_id.lifecycle_caller_id", readonly=False)
    lifecycle_call_quota = fields.Integer(related="company_id.lifecycle_call_quota", readonly=False)
    lifecycle_call_attempts = fields.Integer(related="company_id.lifecycle_call_attempts", readonly=False)
