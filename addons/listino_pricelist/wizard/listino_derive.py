"""Derive a price list from another in one step."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..pricing.rounding import CENT, ENDINGS, EXACT, SELECTION_OF_ENDINGS
from ..pricing.rules import CATEGORY, EVERYTHING, TEMPLATE


class ListinoDeriveTerms(models.AbstractModel):
    """What a derivation does to a price: a percentage and an ending."""

    _name = "listino.derive.terms"
    _description = "Terms of a Derived Price List"

    direction = fields.Selection([("discount", "Discount"), ("markup", "Markup")], required=True, default="discount")
    percentage = fields.Float(string="%", digits=(5, 2))
    ending = fields.Selection(SELECTION_OF_ENDINGS, string="Rounding", required=True, default=CENT)

    @api.constrains("percentage", "direction")
    def _check_percentage(self):
        for terms in self:
            if terms.percentage < 0 or (terms.direction == "discount" and terms.percentage > 100):
                raise ValidationError(
                    self.env._(
                        "A discount is between 0 and 100 %; for a higher price choose Markup and a positive number."
                    )
                )

    def _prepare_rule_vals(self, source):
        """Values of the Odoo rule that takes the prices of ``source`` by these terms.

        A rule without rounding is a percentage, which a quote can show as a discount; the others are formulas.
        """
        self.ensure_one()
        discount = self.percentage if self.direction == "discount" else -self.percentage
        values = {"base": "pricelist", "base_pricelist_id": source.id}
        if self.ending == EXACT:
            return {**values, "compute_price": "percentage", "percent_price": discount}
        rounding, surcharge = ENDINGS[self.ending]
        return {
            **values,
            "compute_price": "formula",
            "price_discount": discount,
            "price_round": rounding,
            "price_surcharge": surcharge,
        }


class ListinoDerive(models.TransientModel):
    """Choose the terms for all products and, where they differ, by category; get ordinary price rules."""

    _name = "listino.derive"
    _inherit = ["listino.derive.terms"]
    _description = "Derive a Price List"

    source_pricelist_id = fields.Many2one("product.pricelist", string="From", required=True, ondelete="cascade")
    name = fields.Char(required=True)
    audience_id = fields.Many2one("listino.audience")
    valid_from = fields.Date()
    valid_to = fields.Date(string="Valid Until")
    line_ids = fields.One2many("listino.derive.line", "derive_id", string="By Category")

    def action_derive(self):
        """Create the list and open it."""
        self.ensure_one()
        self.env["product.pricelist"].check_access("create")
        derived = self.env["product.pricelist"].create(self._prepare_pricelist_vals())
        self._check_prices(derived)
        return {
            "type": "ir.actions.act_window",
            "res_model": "product.pricelist",
            "res_id": derived.id,
            "views": [(False, "form")],
        }

    def _prepare_pricelist_vals(self):
        source = self.source_pricelist_id
        general = {"applied_on": EVERYTHING, "display_applied_on": TEMPLATE}
        by_category = {"applied_on": CATEGORY, "display_applied_on": CATEGORY}
        rules = [{**general, **self._prepare_rule_vals(source)}]
        rules += [
            {**by_category, "categ_id": line.category_id.id, **line._prepare_rule_vals(source)}
            for line in self.line_ids
        ]
        return {
            "name": self.name,
            "audience_id": self.audience_id.id,
            "currency_id": source.currency_id.id,
            "company_id": source.company_id.id,
            "country_group_ids": [Command.set(source.country_group_ids.ids)],
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "item_ids": [Command.create(rule) for rule in rules],
        }

    def _check_prices(self, derived):
        """Refuse terms that turn a price into nothing or less, as an ending of .90 does to a price of 40 cents."""
        products = self.env["product.product"].search([("sale_ok", "=", True)])
        quantities = sorted({1.0, *filter(None, derived._get_breaks(fields.Datetime.now()))})
        before = self.source_pricelist_id._get_price_grid(products, quantities)
        after = derived._get_price_grid(products, quantities)
        lost = products.filtered(
            lambda product: any(
                new <= 0 < old
                for (new, _rule), (old, _old_rule) in zip(after[product.id], before[product.id], strict=True)
            )
        )
        if lost:
            raise UserError(
                self.env._(
                    "%(count)s products would cost nothing or less, the first one is %(product)s."
                    " Choose a finer rounding, for all products or for their category.",
                    count=len(lost),
                    product=lost[:1].display_name,
                )
            )


class ListinoDeriveLine(models.TransientModel):
    """The terms for a category and those below it."""

    _name = "listino.derive.line"
    _inherit = ["listino.derive.terms"]
    _description = "Terms of a Derived Price List for a Category"

    derive_id = fields.Many2one("listino.derive", required=True, ondelete="cascade")
    category_id = fields.Many2one("product.category", required=True, ondelete="cascade")

    _unique_category = models.UniqueIndex("(derive_id, category_id)", "A category can have its own terms only once.")
