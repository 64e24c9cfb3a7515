"""Steps of offers are called by the offer's name: the customer reads which promotion or agreement it is."""

from odoo import api, fields, models

from ..cascade import steps

LABELS = {  # kind of a step: the name of its offer, from the line
    steps.PROMOTION: lambda line: line.promotion_id.name,
    steps.AGREEMENT: lambda line: line.agreement_line_id._get_step_name(),
    steps.LIST: lambda line: line.listino_rule_id.promotion_name,
}


class QuoteDiscountStep(models.Model):
    _inherit = "quote.discount.step"

    list_rule_id = fields.Many2one("product.pricelist.item", string="Rule of the Price List", ondelete="set null")

    @api.model
    def _prepare_vals_of_line(self, line):
        # OVERRIDE: a list's step knows the rule that it comes from.
        found = super()._prepare_vals_of_line(line)
        for vals in found:
            vals["list_rule_id"] = line.listino_rule_id.id if vals["kind"] == steps.LIST else False
        return found

    @api.model
    def _prepare_names(self, line, vals):
        # OVERRIDE: offers have names, in the customer's language.
        names = super()._prepare_names(line, vals)
        get_label = LABELS.get(vals["kind"])
        if not get_label:
            return names
        label = get_label(line.with_context(lang=line.order_id.partner_id.lang or self.env.lang))
        return {**names, "label": label} if label else names
