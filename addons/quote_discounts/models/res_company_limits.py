"""What a company decides for where no direction of management has an answer."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    quote_without_limit = fields.Selection(
        [("free", "Negotiated freely"), ("ask", "Asked for")],
        string="Discounts for Which There Is No Limit",
        required=True,
        default="free",
        help="What nobody gave directions for is the seller's own decision, or has to be approved.",
        groups="base.group_user",
    )
    quote_without_cost = fields.Selection(
        [("ask", "Asked for"), ("free", "Negotiated freely")],
        string="Discounts on Products Without a Cost",
        required=True,
        default="ask",
        help="Where a smallest margin is set and the product has no cost, the margin can't be checked.",
        groups="base.group_user",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    quote_without_limit = fields.Selection(related="company_id.quote_without_limit", readonly=False, required=True)
    quote_without_cost = fields.Selection(related="company_id.quote_without_cost", readonly=False, required=True)
