"""Looks into the public register of objections."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LifecycleRegisterCheck(models.Model):
    """What the Registro pubblico delle opposizioni (DPR 26/2022) said of a number on a day; the latest counts.

    It is also about the postal addresses that are in public directories: those are a person's, and have no number.
    """

    _name = "lifecycle.register.check"
    _description = "Look into the Register of Objections"
    _inherit = ["lifecycle.lasting"]
    _order = "date desc, id desc"
    _rec_name = "number"

    partner_id = fields.Many2one("res.partner", string="Person", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    channel = fields.Selection(
        [("phone", "Phone number"), ("post", "Postal address")], string="About", required=True, default="phone"
    )
    number = fields.Char(index=True, compute="_compute_number", store=True, readonly=False, precompute=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    is_listed = fields.Boolean(string="In the Register")

    _number_present = models.Constraint(
        "CHECK(channel = 'post' OR number IS NOT NULL)",
        "Enter the phone number that was looked up.",
    )

    @api.depends("partner_id", "channel")
    def _compute_number(self):
        for check in self:
            check.number = check.channel == "phone" and check.partner_id.phone_sanitized

    @api.constrains("date")
    def _check_date(self):
        for check in self:
            if check.date > fields.Date.context_today(check):
                raise ValidationError(self.env._("The register can't have been looked up on a day that is to come."))
