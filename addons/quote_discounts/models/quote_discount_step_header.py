"""Steps of a discount on the whole order are named, and reasoned, on the order."""

from odoo import api, models

from ..cascade import steps


class QuoteDiscountStep(models.Model):
    _inherit = "quote.discount.step"

    @api.model
    def _prepare_names(self, line, vals):
        # OVERRIDE: the order says why it was reduced and how that is called.
        names = super()._prepare_names(line, vals)
        if vals["kind"] != steps.HEADER:
            return names
        order = line.order_id
        return {**names, "reason_id": order.header_reason_id.id, "label": order.header_label}
