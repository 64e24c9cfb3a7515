"""A scheduled action that met another worker is done again."""

from odoo import api, models


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _get_modules_that_meet(self):
        # OVERRIDE: ours too.
        return super()._get_modules_that_meet() | {"quote_discounts"}
