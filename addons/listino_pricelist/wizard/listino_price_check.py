"""Why a product costs what it costs."""

from odoo import api, fields, models
from odoo.tools import formatLang

from ..layout.figures import decimals_written
from ..pricing import formula
from ..pricing.derivation import KEPT_BREAKS, NOT_ENOUGH, OUT_OF_DATE
from ..pricing.rules import PERCENTAGE


class ListinoPriceCheck(models.TransientModel):
    """A price with its derivation: each list and rule on the way, each number, and the rules that lost."""

    _name = "listino.price.check"
    _description = "Why This Price?"

    product_id = fields.Many2one("product.product", required=True, ondelete="cascade")
    pricelist_id = fields.Many2one("product.pricelist", string="Price List", required=True, ondelete="cascade")
    quantity = fields.Float(default=1.0, digits="Product Unit")
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        compute_sudo=False,
        readonly=False,
        precompute=True,
    )
    price_date = fields.Datetime(string="At", default=fields.Datetime.now, required=True)
    currency_id = fields.Many2one(related="pricelist_id.currency_id")
    price = fields.Float(compute="_compute_derivation", min_display_digits="Product Price")
    derivation = fields.Json(compute="_compute_derivation")
    explanation = fields.Html(compute="_compute_explanation", sanitize=False)

    @api.depends("product_id")
    def _compute_uom_id(self):
        for check in self:
            check.uom_id = check.product_id.uom_id

    @api.depends("product_id", "pricelist_id", "quantity", "uom_id", "price_date")
    def _compute_derivation(self):
        self.price = 0.0
        self.derivation = []
        for check in self.filtered(lambda check: check.product_id and check.pricelist_id):
            stations = check.pricelist_id._get_price_derivation(
                check.product_id._origin, check.quantity, uom=check.uom_id, date=check.price_date
            )
            check.price = check.pricelist_id._round_unit_price(stations[0].price)
            check.derivation = [check._describe(station) for station in stations]

    @api.depends("derivation")
    def _compute_explanation(self):
        for check in self:
            check.explanation = self.env["ir.qweb"]._render(
                "listino_pricelist.price_derivation", {"stations": check.derivation or [], "check": check}
            )

    def _describe(self, station):
        """A station of the price as plain values, in the reader's language."""
        pricelist = self.env["product.pricelist"].browse(station.list_id)
        return {
            "list_id": station.list_id,
            "list": pricelist.display_name,
            "rule_id": station.rule.id if station.rule else False,
            "rule": self._name_rule(station.rule),
            "base": self._name_base(station),
            "base_price": station.base_price,
            "base_price_label": self._write(station.base_price, pricelist),
            "steps": [
                {
                    "name": name,
                    "label": self._name_step(name, station),
                    "price": price,
                    "price_label": self._write(price, pricelist),
                }
                for name, price in station.steps
            ],
            "price": station.price,
            "price_label": self._write(station.price, pricelist),
            "lost": [
                {
                    "rule_id": rule.id,
                    "rule": self._name_rule(rule),
                    "reason": reason,
                    "label": self._name_reason(rule, reason),
                }
                for rule, reason in station.lost
            ],
        }

    def _write(self, amount, pricelist):
        """The amount with all its decimals: between two steps a price is not rounded."""
        if amount is None:
            return ""
        currency = pricelist.currency_id or self.env.company.currency_id
        return f"{self._number(amount, currency.decimal_places)}\N{NO-BREAK SPACE}{currency.symbol}"

    def _number(self, value, decimals=0, sign=""):
        """The number in the reader's language, with all the decimals it has.

        :param str sign: before a positive number
        """
        number = formatLang(self.env, value, digits=decimals_written(value, decimals))
        return f"{sign}{number}" if value > 0 else number

    def _name_rule(self, rule):
        if not rule:
            return self.env._("No rule of this list applies")
        item = self.env["product.pricelist.item"].browse(rule.id)
        if not rule.min_quantity:
            return f"{item.name}: {item.price.strip()}"
        return self.env._(
            "%(scope)s: %(price)s, from %(quantity)s",
            scope=item.name,
            price=item.price.strip(),
            quantity=self._number(rule.min_quantity),
        )

    def _name_base(self, station):
        if station.base is None:
            return ""
        if station.base_list_id:
            return self.env["product.pricelist"].browse(station.base_list_id).display_name
        kinds = dict(self.env["product.pricelist.item"]._fields["base"]._description_selection(self.env))
        return kinds.get(station.base, station.base)

    def _name_step(self, name, station):
        number, rule = self._number, station.rule
        if name == KEPT_BREAKS:
            return self._name_kept_breaks(station)
        return {
            formula.FIXED_PRICE: self.env._("Fixed price"),
            formula.DISCOUNT: self._name_discount(rule),
            formula.ROUNDING: self.env._("Rounded to multiples of %(step)s", step=number(rule.rounding)),
            formula.SURCHARGE: self.env._("Extra of %(amount)s", amount=number(rule.surcharge, sign="+")),
            formula.MIN_MARGIN: self.env._("Not less than %(amount)s above the base", amount=number(rule.min_margin)),
            formula.MAX_MARGIN: self.env._("Not more than %(amount)s above the base", amount=number(rule.max_margin)),
        }[name]

    def _name_kept_breaks(self, station):
        source = self.env["product.pricelist"].browse(station.list_id).breaks_pricelist_id
        percent = self._number((1 - station.kept) * 100)
        return self.env._("Quantity discount of %(list)s: %(percent)s %%", list=source.display_name, percent=percent)

    def _name_discount(self, rule):
        percent = rule.percent_price if rule.method == PERCENTAGE else rule.discount
        if percent < 0:
            return self.env._("Markup of %(percent)s %%", percent=self._number(-percent))
        return self.env._("Discount of %(percent)s %%", percent=self._number(percent))

    def _name_reason(self, rule, reason):
        if reason == NOT_ENOUGH:
            return self.env._("needs a quantity of %(quantity)s", quantity=self._number(rule.min_quantity))
        if reason == OUT_OF_DATE:
            return self.env._("is not valid at that time")
        return self.env._(
            "comes after the winner: variant before product before category before all, larger quantity first"
        )
