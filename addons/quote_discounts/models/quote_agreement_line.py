from odoo import fields, models


class QuoteAgreementLine(models.Model):
    """One condition of a customer agreement."""

    _name = "quote.agreement.line"
    _description = "Condition of a customer agreement"

    agreement_id = fields.Many2one("quote.agreement", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="agreement_id.company_id", store=True)
