from odoo import fields, models


class QuoteAgreement(models.Model):
    """The conditions that were negotiated with a customer once and hold for his next quotes."""

    _name = "quote.agreement"
    _description = "Customer agreement"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    line_ids = fields.One2many("quote.agreement.line", "agreement_id", string="Conditions")
