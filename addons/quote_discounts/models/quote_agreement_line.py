"""Conditions of agreements: which goods, which steps or net price, and how they go with promotions."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import formatLang

from ..agreements.offers import BEST, CASCADE, REPLACE
from ..agreements.scope import EVERYTHING


class QuoteAgreementLine(models.Model):
    """One condition of a customer agreement."""

    _name = "quote.agreement.line"
    _inherit = ["quote.offer"]
    _description = "Condition of a customer agreement"
    _order = "agreement_id, sequence, id"
    _check_company_auto = True

    agreement_id = fields.Many2one("quote.agreement", required=True, ondelete="cascade", index=True, check_company=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(related="agreement_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="agreement_id.partner_id", store=True, index=True)
    net_price = fields.Monetary(
        help="What one unit costs instead of its list price, with or without taxes as the product's own price is."
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id, ondelete="restrict"
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        ondelete="restrict",
        help="The unit of the net price. Empty: the product's own.",
    )
    stacking = fields.Selection(
        [
            (REPLACE, "Instead of promotions and list discounts"),
            (CASCADE, "On top of promotions and list discounts"),
            (BEST, "Whichever is better for the customer"),
        ],
        string="With Promotions",
        required=True,
        default=REPLACE,
    )
    condition = fields.Char(compute="_compute_condition")
    date_start = fields.Date(help="Empty: the first day of the agreement.")
    date_end = fields.Date(help="Empty: the last day of the agreement.")

    # === COMPUTES === #

    @api.depends("discount_text", "net_price", "currency_id", "uom_id")
    @api.depends_context("lang")
    def _compute_condition(self):
        for line in self:
            line.condition = line._describe_price() if line.net_price else f"{line.discount_text or 0} %"

    @api.depends("agreement_id.name", "scope_name", "condition")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.agreement_id.name}, {line.scope_name}: {line.condition}"

    def _describe_price(self):
        self.ensure_one()
        price = formatLang(self.env, self.net_price, currency_obj=self.currency_id)
        return f"{price} / {self.uom_id.name}" if self.uom_id else price

    # === CHECKS === #

    @api.constrains("discount_text", "net_price", "applied_on", "stacking")
    def _check_condition(self):
        for line in self:
            if line.net_price < 0:
                raise ValidationError(self.env._("A net price can't be below zero."))
            if bool(line.net_price) == bool(line.discount_text):
                raise ValidationError(
                    self.env._("%(goods)s: write either discounts or a net price.", goods=line.scope_name)
                )
            if line.net_price and line.applied_on == EVERYTHING:
                raise ValidationError(
                    self.env._("All products can't have the same net price: choose a product or a category.")
                )
            if line.net_price and line.stacking == CASCADE:
                raise ValidationError(
                    self.env._(
                        "%(goods)s: a net price can't go on top of promotions. Choose that it stands instead of them,"
                        " or that the better of the two counts.",
                        goods=line.scope_name,
                    )
                )

    @api.constrains("uom_id", "product_id", "product_tmpl_id")
    def _check_unit(self):
        for line in self:
            own = line.product_id.uom_id or line.product_tmpl_id.uom_id
            if line.uom_id and own and not line.uom_id._has_common_reference(own):
                raise ValidationError(
                    self.env._(
                        "%(goods)s is not sold in %(unit)s: choose a unit that its own one, %(own)s, converts into.",
                        goods=line.scope_name,
                        unit=line.uom_id.name,
                        own=own.name,
                    )
                )

    @api.constrains("agreement_id", "applied_on", "product_id", "product_tmpl_id", "categ_id", "min_quantity")
    def _check_overlap(self):
        self.agreement_id._check_overlaps()

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        # OVERRIDE: other days may meet another condition's.
        result = super()._check_dates()
        self.agreement_id._check_overlaps()
        return result

    # === RULES === #

    def _get_period(self):
        # OVERRIDE: a condition can't outlive its agreement.
        return super()._get_period().within(self.agreement_id._get_period())

    def _get_step_name(self):
        """How the customer reads the discount on his quote; hook."""
        return self and self.env._("Agreement %(number)s", number=self.agreement_id.name)

    def _prepare_offer(self):
        # OVERRIDE: what was agreed is for one customer, and may be a price.
        offer = super()._prepare_offer()
        return offer._replace(customer_id=self.partner_id.id, net_price=self.net_price, stacking=self.stacking)
