"""What promotions and lines of agreements have in common: the goods they are for, steps, quantity and days."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from odoo.addons.listino_pricelist.models.price_facts import ids_of_path

from ..agreements.offers import Offer
from ..agreements.period import Period
from ..agreements.scope import CATEGORY, EVERYTHING, PRODUCT, TEMPLATE, Goods, Place, Scope, scopes_around
from ..cascade import steps

SCOPE_FIELDS = {PRODUCT: "product_id", TEMPLATE: "product_tmpl_id", CATEGORY: "categ_id"}


class QuoteOffer(models.AbstractModel):
    """A discount that does not have to be negotiated again."""

    _name = "quote.offer"
    _description = "Discount that is not negotiated again"

    applied_on = fields.Selection(
        [
            (PRODUCT, "One Product"),
            (TEMPLATE, "All Variants of a Product"),
            (CATEGORY, "A Category and Those Below It"),
            (EVERYTHING, "All Products"),
        ],
        string="Applies To",
        required=True,
        default=EVERYTHING,
    )
    product_id = fields.Many2one(
        "product.product",
        compute="_compute_scope",
        store=True,
        readonly=False,
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Product with Variants",
        compute="_compute_scope",
        store=True,
        readonly=False,
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Category",
        compute="_compute_scope",
        store=True,
        readonly=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    scope_name = fields.Char(string="Products", compute="_compute_scope_name")
    discount_text = fields.Char(string="Discounts", help="One step or several, one after the other: 10 or 10+5.")
    min_quantity = fields.Float(
        string="From Quantity",
        digits="Product Unit",
        default=0.0,
        help="How much of a product has to be on the line, in the product's own unit.",
    )
    date_start = fields.Date(string="From")
    date_end = fields.Date(string="Until", help="The last day. Empty: until further notice.")

    # === COMPUTES === #

    @api.depends("applied_on")
    def _compute_scope(self):
        """Only what the offer is for stays, so that nothing hidden ties it to another product."""
        for offer in self:
            for scope, name in SCOPE_FIELDS.items():
                offer[name] = offer[name] if offer.applied_on == scope else False

    @api.depends("applied_on", "product_id", "product_tmpl_id", "categ_id")
    @api.depends_context("lang")
    def _compute_scope_name(self):
        for offer in self:
            name = SCOPE_FIELDS.get(offer.applied_on)
            offer.scope_name = offer[name].display_name if name else self.env._("All products")

    # === CHECKS === #

    @api.constrains("applied_on", "product_id", "product_tmpl_id", "categ_id")
    def _check_scope(self):
        for offer in self:
            name = SCOPE_FIELDS.get(offer.applied_on)
            if name and not offer[name]:
                raise ValidationError(self.env._("Choose the product or category that the discount applies to."))

    @api.constrains("min_quantity")
    def _check_min_quantity(self):
        if any(offer.min_quantity < 0 for offer in self):
            raise ValidationError(self.env._("The quantity from which a discount applies can't be below zero."))

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        if any(offer.date_start and offer.date_end and offer.date_start > offer.date_end for offer in self):
            raise ValidationError(self.env._("The last day can't be before the first one."))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: the steps are checked and stored in their usual form.
        return super().create([self._read_steps(vals) for vals in vals_list])

    def write(self, vals):
        # OVERRIDE: likewise.
        return super().write(self._read_steps(vals))

    def _read_steps(self, vals):
        """Values with their steps in the form in which they are stored.

        :raise ValidationError: where they can't be read, or raise the price
        """
        text = vals.get("discount_text")
        if not text:
            return vals
        line = self.env["sale.order.line"]
        try:
            percents = steps.parse(text)
        except steps.CascadeError as error:
            raise ValidationError(line._explain_cascade_error(error)) from error
        if any(percent < 0 for percent in percents):
            raise ValidationError(
                self.env._("“%(text)s” raises the price. Write discounts only, such as 10+5.", text=text)
            )
        return {**vals, "discount_text": steps.write(percents) or False}

    # === RULES === #

    def _get_scope(self):
        """What the offer is for, as a :class:`~..agreements.scope.Scope`."""
        self.ensure_one()
        name = SCOPE_FIELDS.get(self.applied_on)
        return Scope(self.applied_on, self[name].id) if name else Scope()

    def _get_period(self):
        """The days of the offer, as a :class:`~..agreements.period.Period`."""
        self.ensure_one()
        return Period(self.date_start or None, self.date_end or None)

    def _get_place(self):
        """The offer's scope in the tree of goods, to see whether another one meets it."""
        self.ensure_one()
        template = self.product_id.product_tmpl_id or self.product_tmpl_id
        goods = Goods(self.product_id.id, template.id, category_ids(template.categ_id or self.categ_id))
        scope = self._get_scope()
        return Place(scope, scopes_around(goods, scope))

    def _prepare_offer(self):
        """The offer for the plain arithmetic, as an :class:`~..agreements.offers.Offer`."""
        self.ensure_one()
        return Offer(
            self.id,
            self._get_scope(),
            share=steps.factor(steps.parse(self.discount_text or "")),
            min_quantity=self.min_quantity,
            period=self._get_period(),
        )

    def _describe_period(self):
        """The days in words, empty where they have no bounds."""
        start, end = (day and format_date(self.env, day) for day in self._get_period())
        if start and end:
            return self.env._("from %(start)s until %(end)s", start=start, end=end)
        if start:
            return self.env._("from %(start)s", start=start)
        return self.env._("until %(end)s", end=end) if end else ""


def category_ids(category):
    """The ids of a category and all above it, the nearest first."""
    return ids_of_path(category.parent_path or "")[::-1]
