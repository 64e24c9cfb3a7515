"""Price lists: for whom, how long, derived from which; and priced in bulk."""

from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..pricing.derivation import derive
from ..pricing.resolution import CircularLists, resolve
from ..pricing.rounding import decimals_of_unit_price, round_unit_price
from .price_facts import ARITHMETIC, PriceFacts, is_changed


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"
    _parent_name = "parent_pricelist_id"

    audience_id = fields.Many2one("listino.audience", index="btree_not_null", ondelete="restrict", tracking=True)
    parent_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Derived From",
        compute="_compute_parent_pricelist_id",
        store=True,
        index="btree_not_null",
        help="The list on which the rules of this one are based.",
    )
    derived_pricelist_ids = fields.One2many("product.pricelist", "parent_pricelist_id", string="Derived Price Lists")
    listino_note = fields.Text(string="Note", translate=True, help="Printed at the beginning of the price list.")
    valid_from = fields.Date(tracking=True)
    valid_to = fields.Date(string="Valid Until", tracking=True)
    rule_count = fields.Integer(compute="_compute_rule_count", string="Rules")

    # === COMPUTE AND CHECKS === #

    @api.depends("item_ids.applied_on", "item_ids.base", "item_ids.base_pricelist_id", "item_ids.compute_price")
    def _compute_parent_pricelist_id(self):
        """The base of the rule for all products; without one, the only base that the rules have in common."""
        bases = {pricelist: {} for pricelist in self}
        groups = self.env["product.pricelist.item"]._read_group(
            Domain("pricelist_id", "in", self.ids)
            & Domain("base", "=", "pricelist")
            & Domain("compute_price", "!=", "fixed"),
            ["pricelist_id", "base_pricelist_id", "applied_on"],
        )
        for pricelist, base, applied_on in groups:
            bases[pricelist].setdefault(base, set()).add(applied_on)
        for pricelist, scopes_of_base in bases.items():
            general = [base for base, scopes in scopes_of_base.items() if "3_global" in scopes]
            pricelist.parent_pricelist_id = (general or [False])[0] or (
                next(iter(scopes_of_base)) if len(scopes_of_base) == 1 else False
            )

    def _compute_rule_count(self):
        counts = dict(
            self.env["product.pricelist.item"]._read_group(
                [("pricelist_id", "in", self.ids)], ["pricelist_id"], ["__count"]
            )
        )
        for pricelist in self:
            pricelist.rule_count = counts.get(pricelist, 0)

    @api.constrains("valid_from", "valid_to")
    def _check_validity(self):
        for pricelist in self:
            if pricelist.valid_from and pricelist.valid_to and pricelist.valid_from > pricelist.valid_to:
                raise ValidationError(
                    self.env._("%(name)s ends before it begins. Correct one of the two dates.", name=pricelist.name)
                )

    # === ACTIONS === #

    def action_derive(self):
        """Open the wizard that derives a new list from this one."""
        self.ensure_one()
        return self._open("listino_pricelist.listino_derive_action", default_source_pricelist_id=self.id)

    def action_new_document(self):
        """Open a new listino document for this list."""
        self.ensure_one()
        return self._open("listino_pricelist.listino_document_new_action", default_pricelist_id=self.id)

    def action_explain_price(self):
        """Open the derivation of a price of this list."""
        self.ensure_one()
        return self._open("listino_pricelist.listino_price_check_action", default_pricelist_id=self.id)

    def _open(self, action, **defaults):
        values = self.env["ir.actions.act_window"]._for_xml_id(action)
        return {**values, "context": {**self.env.context, **defaults}}

    # === PRICES IN BULK === #

    def _get_price_grid(self, products, quantities, *, currency=None, uom=None, date=False):
        """Prices of many products at several quantities, each as Odoo gives it.

        :param products: variants or templates
        :param quantities: a sequence of floats, in ``uom``
        :param currency: of the prices (default: the list's)
        :param uom: unit of the quantities and prices (default: each product's own)
        :param date: date or datetime of the rules and rates (default: now)
        :return: for every product id a list, in the order of the quantities, of pairs of price and rule id (or False)
        :rtype: dict
        """
        self and self.ensure_one()
        date = date or fields.Datetime.now()
        if not self._can_price_in_bulk(products):
            columns = [
                self._compute_price_rule(products, quantity, currency=currency, uom=uom, date=date)
                for quantity in quantities
            ]
            return {product.id: [column[product.id] for column in columns] for product in products}
        facts = PriceFacts(self, products, date)
        requests = [facts.request(product, quantity, uom) for product in products for quantity in quantities]
        answers = iter(self._get_answers(facts, requests, currency))
        return {product.id: [pair_of(next(answers)) for _quantity in quantities] for product in products}

    def _compute_price_rule(
        self, products, quantity, *, currency=None, uom=None, date=False, compute_price=True, **kwargs
    ):
        # OVERRIDE: one pass a list instead of one query a product and base list; the same prices and rules.
        if kwargs or len(products) < 2 or not self._can_price_in_bulk(products):
            return super()._compute_price_rule(
                products, quantity, currency=currency, uom=uom, date=date, compute_price=compute_price, **kwargs
            )
        facts = PriceFacts(self, products, date or fields.Datetime.now())
        requests = [facts.request(product, quantity, uom) for product in products]
        if not compute_price:
            winners = [facts.winner(self.id, request, alone=False) for request in requests]
            return {
                product.id: (0.0, rule.id if rule else False) for product, rule in zip(products, winners, strict=True)
            }
        answers = self._get_answers(facts, requests, currency)
        return {product.id: pair_of(answer) for product, answer in zip(products, answers, strict=True)}

    def _get_product_price(self, product, *args, **kwargs):
        # OVERRIDE: in a report, price together with a product all those that were read with it.
        memo = self.env.context.get("listino_price_memo")
        if isinstance(memo, PriceMemo) and len(args) == 1 and not kwargs:
            return memo.price(self, product, args[0])
        return super()._get_product_price(product, *args, **kwargs)

    def _get_answers(self, facts, requests, currency=None):
        """The :class:`..pricing.resolution.Answer` of each request, with the whole chain behind it."""
        currency = currency or self.currency_id or self.env.company.currency_id
        currency.ensure_one()
        try:
            return resolve(facts, self.id, requests, currency)
        except CircularLists as error:
            chain = self.browse(error.args).mapped("name")
            raise UserError(
                self.env._(
                    "The price lists %(chain)s are based on each other in a circle. Give one of them another base.",
                    chain=" → ".join(chain),
                )
            ) from error

    def _get_price_derivation(self, product, quantity=1.0, *, uom=None, date=False, currency=None):
        """Why a product costs what it costs in this list.

        :param product: a variant or template
        :return: the stations of the price from this list down to the product's own price
        :rtype: list[..pricing.derivation.Station]
        :raise UserError: where another addon changes the arithmetic of prices, which can't be explained here
        """
        self and self.ensure_one()
        if not self._can_price_in_bulk(product):
            raise UserError(
                self.env._("Another installed app has its own way of pricing, which can't be explained step by step.")
            )
        facts = PriceFacts(self, product, date or fields.Datetime.now())
        request = facts.request(product, quantity, uom)
        [answer] = self._get_answers(facts, [request], currency)
        return derive(facts, self.id, request, answer)

    def _get_price_decimals(self):
        """The decimals of a unit price of this list, as printed and charged."""
        self.ensure_one()
        precision = self.env["decimal.precision"].precision_get("Product Price")
        return decimals_of_unit_price(self.currency_id.decimal_places, precision)

    def _round_unit_price(self, price):
        """A unit price as it is printed and charged."""
        return round_unit_price(price, self._get_price_decimals())

    def _get_breaks(self, date):
        """How many rules start at each quantity, in this list and in those it is based on.

        :param date: when the rules have to be valid
        :rtype: dict[float, int]
        """
        Item = self.env["product.pricelist.item"]
        valid = (Domain("date_start", "=", False) | Domain("date_start", "<=", date)) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", date)
        )
        breaks, waiting, seen = Counter(), self, self.browse()
        while waiting:
            seen += waiting
            domain = valid & Domain("pricelist_id", "in", waiting.ids)
            breaks.update(dict(Item._read_group(domain, ["min_quantity"], ["__count"])))
            based = domain & Domain("base", "=", "pricelist") & Domain("base_pricelist_id", "!=", False)
            waiting = self.browse(base.id for (base,) in Item._read_group(based, ["base_pricelist_id"])) - seen
        return dict(breaks)

    def _can_price_in_bulk(self, products):
        """Whether the bulk arithmetic is known to give what Odoo, with the addons installed, would give."""
        return len(products._ids) == len(products.ids) and not is_changed(self.env, ARITHMETIC)


class PriceMemo:
    """The prices of one report. It lives in the context, where a client can name the key but never make the object."""

    def __init__(self):
        self._prices = {}

    def price(self, pricelist, product, quantity):
        """The price of the product, worked out with all the products that the ORM would read with it."""
        key = (pricelist.id, product._name, quantity)
        if product.id not in self._prices.get(key, ()):
            products = product.browse(dict.fromkeys([*product._prefetch_ids, product.id]))
            self._prices[key] = pricelist._get_products_price(products, quantity)
        return self._prices[key][product.id]


def pair_of(answer):
    """Odoo's pair of price and rule id (or False) of an answer."""
    return answer.price, answer.rule.id if answer.rule else False
