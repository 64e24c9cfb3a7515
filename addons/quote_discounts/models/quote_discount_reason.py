"""Reasons of discounts, to be counted."""

from odoo import fields, models


class QuoteDiscountReason(models.Model):
    """Why a discount was given, as management wants to count it."""

    _name = "quote.discount.reason"
    _description = "Reason of a discount"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
