"""Odoo's own price list report, priced in bulk."""

from odoo import models

from ..models.price_memo import KEY, ReportPrices


class ReportProductPricelist(models.AbstractModel):
    _inherit = "report.product.report_pricelist"

    def _get_report_data(self, data, report_type="html"):
        # OVERRIDE: core prices one product and quantity at a time.
        priced_together = self.with_context(**{KEY: ReportPrices()})
        return super(ReportProductPricelist, priced_together)._get_report_data(data, report_type)
