"""Order lines whose discount is worked out from what stands behind it: the list, a promotion, an agreement, what was
negotiated, what is cut off the whole order. Since it is derived, no later edit loses it."""

from odoo import api, fields, models

from odoo.addons.listino_pricelist.pricing.rounding import is_same_price, less_discount

from ..cascade import steps
from ..cascade.steps import Cascade, Step, exact, percent_steps

OFFERED = (
    "promotion_id",
    "promotion_discount",
    "agreement_line_id",
    "agreement_discount",
    "agreement_price",
    "agreement_replaces",
)
FREE = "discount"
# What the server takes over when it prices the line. It stands in copies, so it is not read-only.
PRICED = {"store": True, "precompute": True, "readonly": False}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    discount = fields.Float(
        digits=False,  # 33.33+10 is 39.997 %; two digits would lose 30 cents on 10,000 euros
        min_display_digits="Discount",
        help="All discounts of the line as one percentage of its unit price.",
    )
    list_discount = fields.Float(
        string="Price List Discount",
        compute="_compute_list_discount",
        **PRICED,
        digits="Discount",
        help="The discount that the price list shows.",
        is_internal=True,
    )
    promotion_id = fields.Many2one(
        "quote.promotion",
        compute="_compute_offers",
        **PRICED,
        ondelete="set null",
        index="btree_not_null",
        is_internal=True,
    )
    promotion_discount = fields.Char(
        compute="_compute_offers",
        **PRICED,
        help="The promotion's discounts, as they were when the line was priced.",
    )
    agreement_line_id = fields.Many2one(
        "quote.agreement.line",
        string="Agreement",
        compute="_compute_offers",
        **PRICED,
        ondelete="set null",
        index="btree_not_null",
        is_internal=True,
    )
    agreement_discount = fields.Char(
        compute="_compute_offers",
        **PRICED,
        help="The discounts agreed with the customer, as they were when the line was priced.",
    )
    agreement_price = fields.Float(
        compute="_compute_offers",
        **PRICED,
        min_display_digits="Product Price",
        help="The unit price agreed with the customer, as it was when the line was priced. Zero: none.",
        is_internal=True,
    )
    discount_text = fields.Char(
        string="Discounts",
        help="What you negotiated for this line, step by step: 50+10+5. Below zero, as -2, it raises the price.",
    )
    agreed_price = fields.Float(
        string="Negotiated Unit Price",
        min_display_digits="Product Price",
        help="The price of one unit that you negotiated instead of discounts. Zero: none.",
    )
    net_price = fields.Float(
        compute="_compute_net_price",
        readonly=False,
        min_display_digits="Product Price",
        help="The price of one unit after its discounts. Write the price you agreed, and the discount follows.",
    )
    header_discount = fields.Float(
        string="Share of the Order's Discount",
        readonly=True,
        min_display_digits="Product Price",
        help="This line's share of what is cut off the whole order.",
    )
    free_goods = fields.Selection(
        [
            (FREE, "Free as a discount (art. 15)"),
            ("gift", "Gift"),
            ("gift_vat", "Gift, the customer pays the VAT"),
        ],
        help="Free goods as a discount were agreed with the order and stay outside the tax base (art. 15 DPR 633/72);"
        " a gift is taxable (art. 2 c. 2 n. 4 DPR 633/72).",
    )
    discount_reason_id = fields.Many2one(
        "quote.discount.reason",
        string="Reason of the Discount",
        check_company=True,
        ondelete="restrict",
        is_internal=True,
    )
    discount_step_ids = fields.One2many(
        "quote.discount.step", "order_line_id", string="Steps of the Discount", is_internal=True
    )
    negotiator_id = fields.Many2one(
        "res.users",
        string="Negotiated by",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who last changed what can be negotiated on the line.",
        is_internal=True,
    )

    # === COMPUTES === #

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_list_discount(self):  # pylint: disable=missing-return
        """The discount that Odoo shows for the list's rule: what ``discount`` is in Odoo."""
        with self.env.protecting([self._fields["discount"]], self):
            self.discount = 0.0
            super()._compute_discount()  # pylint: disable=super-method-mismatch
            for line in self:
                line.list_discount = line.discount if line._has_discounts() else 0.0
        self.env.add_to_compute(self._fields["discount"], self)

    @api.depends("product_id", "product_uom_id", "product_uom_qty", "order_id.partner_id", "order_id.company_id")
    def _compute_offers(self):
        """The promotions and agreements that apply, asked for all lines together; sold lines keep theirs."""
        sold = self.filtered(lambda line: line.state == "sale" and line._origin.product_id == line.product_id)
        for line in sold:
            line.update({name: line._origin[name] for name in OFFERED})
        open_lines = self - sold
        offers = open_lines.filtered(lambda line: line._has_discounts())._resolve_offers()
        for line in open_lines:
            line.update({**dict.fromkeys(OFFERED, False), **offers.get(line, {})})

    @api.depends(
        "price_unit",
        "product_uom_qty",
        "list_discount",
        *OFFERED,
        "discount_text",
        "agreed_price",
        "header_discount",
        "free_goods",
        "order_id.header_text",
        "linked_line_id.discount_text",
    )
    def _compute_discount(self):
        # OVERRIDE: all steps together; what Odoo would compute here is the list's step.
        for line in self:
            line.discount = float(line._get_cascade().effective_percent)

    @api.depends("order_id.partner_id", "product_id")
    def _compute_analytic_distribution(self):
        # OVERRIDE: Odoo searches twice a line, even where there is no distribution to be found.
        if self.env["account.analytic.distribution.model"].search_count([], limit=1):
            super()._compute_analytic_distribution()
            return
        for line in self:
            line.analytic_distribution = line.analytic_distribution

    @api.depends("discount", "price_unit")
    def _compute_net_price(self):
        for line in self:
            line.net_price = line._get_net_price()

    # === ONCHANGES === #

    @api.onchange("discount_text")
    def _onchange_discount_text(self):
        """Write the cascade as it is read; the last entry wins, so it replaces an agreed price."""
        if not self.discount_text:
            return None
        self.agreed_price = 0.0
        try:
            self.discount_text = self._read_discount_text(self.discount_text)
        except steps.CascadeError as error:
            message = self._explain_cascade_error(error)
            return {"warning": {"title": self.env._("This discount can't be read"), "message": message}}
        return None

    @api.onchange("net_price")
    def _onchange_net_price(self):
        """A typed net price is what was agreed."""
        if self.net_price != self._get_net_price():
            self.agreed_price = self.net_price
            self.discount_text = False

    # === CASCADE === #

    def _get_cascade(self):
        """All discounts of the line in their order.

        :rtype: cascade.steps.Cascade
        """
        self.ensure_one()
        return Cascade(self.price_unit, self.product_uom_qty, self._get_steps())

    def _get_net_price(self):
        """The price of one unit as it was negotiated for the line, with two decimals more than prices have."""
        digits = self.env["decimal.precision"].precision_get("Product Price") + 2
        return float(round(self._get_cascade().price_before_header, digits))

    def _follows_list(self):
        # OVERRIDE: discounts are kept when the list's price is taken anew, a price agreed instead is another matter.
        listed = less_discount(self.price_unit, self.list_discount)
        return super()._follows_list() or (not self.agreed_price and is_same_price(listed, self.listino_price))

    def _get_steps(self):
        """The steps of the line's cascade; a combo's parts have those of the combo."""
        self.ensure_one()
        if not self._has_discounts():
            return ()
        if self.combo_item_id:
            of_combo = (step for step in self._get_linked_line()._get_steps() if step.percent is not None)
            return (*of_combo, *self._get_share_steps())
        found = []
        if self.list_discount and not self.agreement_replaces:
            found.append(Step(steps.LIST, percent=exact(self.list_discount)))
        found += percent_steps(steps.PROMOTION, self.promotion_discount)
        if self.agreement_price:
            found.append(Step(steps.AGREEMENT, price=exact(self.agreement_price)))
        found += percent_steps(steps.AGREEMENT, self.agreement_discount)
        if self.agreed_price:
            found.append(Step(steps.NET_PRICE, price=exact(self.agreed_price)))
        else:
            found += percent_steps(steps.NEGOTIATED, self.discount_text)
        return (*found, *self._get_header_steps(), *self._get_free_steps())

    def _get_header_steps(self):
        """What is cut off the whole order."""
        return (*percent_steps(steps.HEADER, self.order_id.header_text), *self._get_share_steps())

    def _get_share_steps(self):
        """The line's share of an amount that is cut off the whole order."""
        return (Step(steps.HEADER, amount=exact(self.header_discount)),) if self.header_discount else ()

    def _get_free_steps(self):
        return (Step(steps.FREE_GOODS, percent=steps.HUNDRED),) if self.free_goods == FREE else ()

    def _has_discounts(self):
        """Whether discounts make sense on the line; hook."""
        self.ensure_one()
        return bool(
            self.product_id and not self.display_type and not self.is_downpayment and not self._is_global_discount()
        )

    def _resolve_offers(self):
        """The promotions and agreements that apply to the lines; hook.

        :return: values of :data:`OFFERED` by line, for those to which something applies
        :rtype: dict
        """
        return {}

    def _take_offers(self):
        """Take the list's discount, promotions and agreements anew, as after an update of the prices."""
        for name in ("list_discount", *OFFERED, "discount"):
            self.env.add_to_compute(self._fields[name], self)

    def _get_protected_fields(self):
        # OVERRIDE: nor may a locked order get other discounts.
        return [*super()._get_protected_fields(), "discount_text", "agreed_price", "free_goods"]
