"""Order lines that take their prices from the list a whole order at a time, charge what the list prints, and remember
which list, rule and price that was."""

from odoo import api, fields, models

from ..pricing.rounding import is_same_price, less_discount
from .empty_columns import create_empty_columns
from .list_price import Origins, list_price_of
from .price_memo import KEY, OrderPrices, memo_of

TAKEN = ("listino_pricelist_id", "listino_rule_id", "listino_price", "listino_price_date")
COLUMNS = {
    "listino_pricelist_id": "int4",
    "listino_rule_id": "int4",
    "listino_price": "float8",
    "listino_price_date": "timestamp",
    "listino_at_list": "bool",
    "listino_origin": "varchar",
    "listino_unit_cost": "float8",
}
# Of the fields that say which list the price was taken from. Copies have them too, so they are not read-only.
PRICED = {"compute": "_compute_listino_price", "store": True, "precompute": True, "readonly": False, "copy": True}
COPY_KEY = "listino_copy"
QUOTE_STATES = ("draft", "sent")


class Copying:
    """In the context, the mark of a quote being copied: a client can name the key but never make the object."""


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["listino.server.fields", "listino.internal.fields", "sale.order.line"]

    listino_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="List of the Price",
        **PRICED,
        ondelete="set null",
        help="The price list that the line was priced on.",
        is_internal=True,
    )
    listino_rule_id = fields.Many2one(
        "product.pricelist.item",
        string="Rule of the Price",
        **PRICED,
        ondelete="set null",
        is_internal=True,
    )
    listino_price = fields.Float(
        string="List Price",
        **PRICED,
        min_display_digits="Product Price",
        help="What the price list asked for one unit when the line was priced, for the same taxes as the unit price.",
        is_internal=True,
    )
    listino_price_date = fields.Datetime(
        string="Priced On",
        **PRICED,
        is_internal=True,
    )
    listino_at_list = fields.Boolean(
        string="At List Price",
        compute="_compute_listino_at_list",
        store=True,
        precompute=True,
        is_internal=True,
    )
    listino_origin = fields.Char(
        string="Origin of the Price",
        compute="_compute_listino_origin",
        store=True,
        precompute=True,
        help="The list, the rule and the quantity behind the price, as they were when the order was confirmed.",
        is_internal=True,
    )
    listino_unit_cost = fields.Float(
        string="Cost When Sold",
        compute="_compute_listino_unit_cost",
        store=True,
        min_display_digits="Product Price",
        groups="listino_pricelist.group_listino_manager",
        help="Cost of one unit when the order was confirmed, in the company's currency.",
    )
    listino_current_price = fields.Float(
        string="List Price Today",
        compute="_compute_listino_current_price",
        compute_sudo=True,
        min_display_digits="Product Price",
        is_internal=True,
    )
    listino_price_changed = fields.Boolean(
        compute="_compute_listino_current_price",
        compute_sudo=True,
        help="The line is sold at list price, and the list asks another price today.",
        is_internal=True,
    )

    def _auto_init(self):
        # OVERRIDE: nobody knows which list the lines already there were priced on, so their columns stay empty.
        create_empty_columns(self, COLUMNS)
        return super()._auto_init()

    # === COMPUTES OF ODOO === #

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_pricelist_item_id(self):
        # OVERRIDE: core asks the list line by line; the memo knows the answers for all of them.
        return super(SaleOrderLine, self._with_order_prices())._compute_pricelist_item_id()

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_price_unit(self):
        # OVERRIDE: likewise for the prices.
        return super(SaleOrderLine, self._with_order_prices())._compute_price_unit()

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_discount(self):
        # OVERRIDE: likewise for the prices before discount.
        return super(SaleOrderLine, self._with_order_prices())._compute_discount()

    # === COMPUTES === #

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_listino_price(self):
        """The list behind the price, whenever Odoo takes the price from it anew."""
        now = fields.Datetime.now()
        for line in self._with_order_prices():
            if line._keeps_list_price():
                line.update({name: line._origin[name] for name in TAKEN})
            elif not line._has_list_price():
                line.update(dict.fromkeys(TAKEN, False))
            else:
                rule = line.pricelist_item_id
                line.listino_pricelist_id = line.order_id.pricelist_id
                line.listino_rule_id = rule
                line.listino_price = list_price_of(line.with_company(line.company_id), rule)
                line.listino_price_date = now

    @api.depends("price_unit", "discount", "listino_price", "listino_price_date")
    def _compute_listino_at_list(self):
        for line in self:
            line.listino_at_list = line.listino_price_date and is_same_price(
                less_discount(line.price_unit, line.discount), line.listino_price
            )

    @api.depends("state", "listino_pricelist_id", "listino_rule_id")
    def _compute_listino_origin(self):
        """The origin in the company's words, from the confirmation on; it outlives the rule."""
        sold = self.filtered(lambda line: line.state == "sale" and line.listino_pricelist_id)
        (self - sold).listino_origin = False
        for company, lines in sold.grouped("company_id").items():
            origins = Origins(self.with_context(lang=company.partner_id.lang or self.env.lang).env)
            for line in lines:
                line.listino_origin = origins.of(
                    line.listino_pricelist_id, line.listino_rule_id, line.product_id.uom_id
                )

    @api.depends("state", "product_id", "product_uom_id")
    def _compute_listino_unit_cost(self):
        """The cost of the moment, from the confirmation on."""
        for line in self:
            product = line.product_id.with_company(line.company_id)
            if line.state != "sale" or not product:
                line.listino_unit_cost = 0.0
                continue
            cost, uom = product.standard_price, line.product_uom_id
            line.listino_unit_cost = product.uom_id._compute_price(cost, uom) if uom != product.uom_id else cost

    @api.depends("price_unit", "listino_price", "listino_at_list", "order_id.pricelist_id", "state")
    def _compute_listino_current_price(self):
        """What the list asks today, for all lines in one pass; only in quotes, where it can still be followed."""
        self.listino_current_price = 0.0
        self.listino_price_changed = False
        quoted = self.filtered(
            lambda line: line.state in QUOTE_STATES and line.listino_price_date and line._has_list_price()
        )
        now = fields.Datetime.now()
        for date, lines in quoted.grouped(lambda line: max(line.order_id.date_order or now, now)).items():
            for line in lines.with_context(**{KEY: OrderPrices(lines, date)}):
                line.listino_current_price = price = line._get_list_price_at_memo_date()
                line.listino_price_changed = line._follows_list() and not is_same_price(price, line.listino_price)

    # === CRUD === #

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: where a price comes from is for the server to say.
        return super()._get_server_fields() | COLUMNS.keys()

    @api.model
    def _get_released_fields(self, creating):
        # OVERRIDE: a copy of a quote keeps the origin with the prices.
        released = super()._get_released_fields(creating)
        return released.union(TAKEN) if creating and self._is_copying() else released

    @api.model
    def _is_copying(self):
        """Whether the lines are those of an order that is being copied."""
        return isinstance(self.env.context.get(COPY_KEY), Copying)

    # === ACTIONS === #

    def action_explain_listino_price(self):
        """Open the derivation of the line's price, by the list's rules at the time when it was priced."""
        self.ensure_one()
        self.check_access("read")
        pricelist = self.listino_pricelist_id or self.order_id.pricelist_id
        date = self.listino_price_date if self.state == "sale" else self.order_id.date_order
        return pricelist._open(
            "listino_pricelist.listino_price_check_action",
            default_product_id=self.product_id.id,
            default_pricelist_id=pricelist.id,
            default_quantity=self.product_uom_qty or 1.0,
            default_uom_id=self.product_uom_id.id,
            default_price_date=date or fields.Datetime.now(),
        )

    # === PRICES === #

    def _with_order_prices(self):
        """The lines with a memo of their prices in the context, where there are several."""
        if len(self) < 2 or memo_of(self.env, OrderPrices):
            return self
        return self.with_context(**{KEY: OrderPrices(self)})

    def _get_order_date(self):
        # OVERRIDE: a memo may ask for the prices of another day.
        memo = memo_of(self.env, OrderPrices)
        return memo.date if memo and memo.date else super()._get_order_date()

    def _get_display_price_ignore_combo(self):
        # OVERRIDE: the quote charges the unit price that the list prints; core would keep its invisible decimals.
        price = super()._get_display_price_ignore_combo()
        pricelist = self.order_id.pricelist_id
        return pricelist._round_unit_price(price) if pricelist else price

    def _follows_list(self):
        """Whether the price is the list's: one agreed by hand, or with a discount that an update would take away, does
        not follow it. A hook.
        """
        return self.listino_at_list

    def _take_list_prices(self):
        """Note the list's prices of now behind the lines, as after an update of their prices."""
        for name in TAKEN:
            self.env.add_to_compute(self._fields[name], self)
        self.env.add_to_compute(self._fields["listino_at_list"], self)
        self.env.add_to_compute(self._fields["listino_origin"], self)
        self._with_order_prices()._recompute_recordset(TAKEN)

    def _has_list_price(self):
        """Whether the line's price is one of the order's list; that of a combo is shared out among its parts."""
        self.ensure_one()
        return bool(
            self.product_id
            and self.order_id.pricelist_id
            and not self.display_type
            and not self.is_downpayment
            and not self.is_expense
            and self.product_type != "combo"
            and not self.combo_item_id
            and not self._is_global_discount()
        )

    def _keeps_list_price(self):
        """Whether the price behind a sold line stays as it is, because Odoo does not price the line anew."""
        self.ensure_one()
        if self.state != "sale" or not self._origin.listino_price_date:
            return False
        currency = self.currency_id or self.env.company.currency_id
        return self.qty_invoiced > 0 or currency.compare_amounts(self.technical_price_unit, self.price_unit) != 0

    def _get_list_price_at_memo_date(self):
        """The list's price at the date of the memo in the context."""
        line = self.with_company(self.company_id)
        rule_id = line.order_id.pricelist_id._get_product_rule(line.product_id, **line._get_pricelist_kwargs())
        return list_price_of(line, self.env["product.pricelist.item"].browse(rule_id or ()))
