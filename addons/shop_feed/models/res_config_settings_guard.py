"""The guard of reductions among the website's settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    feed_guards_reductions = fields.Boolean(related="website_id.feed_guards_reductions", readonly=False)
