"""The words that scripts of the pages outside the back office use."""

from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # OVERRIDE: the online price list says some words by script.
        return [*super()._get_translation_frontend_modules_name(), "listino_pricelist"]
