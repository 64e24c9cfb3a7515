"""Price lists: for whom, how long, derived from which; and priced in bulk."""

from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..pricing.derivation import derive
from ..pricing.resolution import CircularLists, resolve
from ..pricing.rounding import charged_price, decimals_of_unit_price, round_unit_price
from ..pricing.rules import EVERYTHING
from .price_facts import ARITHMETIC, CHOICE_OF_RULE, FETCHING_OF_RULES, SALES_PRICES, PriceFacts, is_changed
from .price_memo import OrderPrices, ReportPrices, memo_of
from .price_watch import watch_rules
from .validity import valid_on
from .what_if import what_if_of


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"
    _parent_name = "parent_pricelist_id"
    _check_company_auto = True

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
    breaks_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Keep Quantity Discounts Of",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Where a rule of this list gives a price from the first piece on, larger quantities get the discount, in "
        "percent, that the chosen list gives them. Rules with a minimum quantity of their own, and rules based on "
        "another list, stay as they are.",
    )
    listino_note = fields.Text(string="Note", translate=True, help="Printed at the beginning of the price list.")
    valid_from = fields.Date(tracking=True)
    valid_to = fields.Date(string="Valid Until", tracking=True)
    rule_count = fields.Integer(compute="_compute_rule_count", string="Rules")

    # === COMPUTE AND CHECKS === #

    @api.depends("item_ids.applied_on", "item_ids.base", "item_ids.base_pricelist_id", "item_ids.compute_price")
    def _compute_parent_pricelist_id(self):
        """The base of the rule for all products; without one, the only base that the rules have in common."""
        for pricelist in self:
            based = pricelist.item_ids.filtered_domain(self._get_domain_of_based_rules())
            general = based.filtered(lambda item: item.applied_on == EVERYTHING).base_pricelist_id
            every = based.base_pricelist_id
            pricelist.parent_pricelist_id = general[:1] or (every if len(every) == 1 else False)

    @api.model
    def _get_domain_of_based_rules(self):
        """The rules whose price comes from another list."""
        return (
            Domain("base", "=", "pricelist")
            & Domain("base_pricelist_id", "!=", False)
            & Domain("compute_price", "!=", "fixed")
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

    @api.constrains("breaks_pricelist_id")
    def _check_breaks_circle(self):
        """Refuse a list whose price would need itself; Odoo's own check does not know of kept discounts."""
        for pricelist in self:
            below, waiting = self.browse(), pricelist._get_base_lists()
            while waiting:
                below += waiting
                waiting = waiting._get_base_lists() - below
            if pricelist in below and (pricelist + below).breaks_pricelist_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s would need its own prices to work them out. Choose another list for its quantity "
                        "discounts, or another base for its rules.",
                        name=pricelist.name,
                    )
                )

    # === CRUD === #

    def unlink(self):
        # OVERRIDE: the rules go with their list by PostgreSQL's hand; the history keeps what they said.
        watch_rules(self.env["product.pricelist.item"].search([("pricelist_id", "in", self.ids)]))
        return super().unlink()

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

    def action_view_price_history(self):
        """Show the changes of this list's rules."""
        self.ensure_one()
        self.check_access("read")
        return self.env["listino.price.history"]._open_for([("pricelist_id", "=", self.id)])

    def _open(self, action, **defaults):
        """A window whose form the user may fill in, for lists that he may see."""
        self.check_access("read")
        values = self.env["ir.actions.act_window"]._for_xml_id(action)
        self.env[values["res_model"]].check_access("create")
        return {**values, "context": {**self.env.context, **defaults}}

    # === PRICES IN BULK === #

    def _get_price_grid(self, products, quantities, *, currency=None, uom=None, date=False, facts=None):
        """Prices of many products at several quantities, each as Odoo gives it for the product by itself.

        :param products: variants or templates
        :param quantities: a sequence of floats, in ``uom``
        :param currency: of the prices (default: the list's)
        :param uom: unit of the quantities and prices (default: each product's own)
        :param date: date or datetime of the rules and rates (default: now)
        :param facts: the :class:`.price_facts.PriceFacts` of these products at this date and in this context, where
            several lists are asked one after the other
        :return: for every product id a list, in the order of the quantities, of pairs of price and rule id (or False)
        :rtype: dict
        """
        self and self.ensure_one()
        date = date or fields.Datetime.now()
        if not self._can_price_in_bulk(products, alone=True):
            options = {"currency": currency, "uom": uom, "date": date}
            return {
                product.id: [self._get_product_price_rule(product, quantity, **options) for quantity in quantities]
                for product in products
            }
        facts = facts or PriceFacts(self, products, date)
        requests = [facts.request(product, quantity, uom) for product in products for quantity in quantities]
        answers = iter(self._get_answers(facts, requests, currency, alone=True))
        return {product.id: [pair_of(next(answers)) for _quantity in quantities] for product in products}

    def _compute_price_rule(
        self, products, quantity, *, currency=None, uom=None, date=False, compute_price=True, **kwargs
    ):
        # OVERRIDE: one pass a list instead of one query a product and base list; the same prices and rules.
        is_single = len(products) < 2 and not what_if_of(self.env)
        if kwargs or is_single or not self._can_price_in_bulk(products):
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
        # OVERRIDE: in a report, the products are priced together.
        memo = memo_of(self.env, ReportPrices)
        if memo and len(args) == 1 and not kwargs:
            return memo.price(self, product, args[0])
        return super()._get_product_price(product, *args, **kwargs)

    def _get_product_rule(self, product, *args, **kwargs):
        # OVERRIDE: the lines of an order are priced together.
        memo = memo_of(self.env, OrderPrices)
        rule_id = memo.rule_id(self, product, kwargs) if memo and not args else None
        return super()._get_product_rule(product, *args, **kwargs) if rule_id is None else rule_id

    def _get_answers(self, facts, requests, currency=None, *, alone=False):
        """The :class:`..pricing.resolution.Answer` of each request, with the whole chain behind it.

        :param bool alone: see :func:`..pricing.resolution.resolve`
        """
        currency = currency or self.currency_id or self.env.company.currency_id
        currency.ensure_one()
        try:
            return resolve(facts, self.id, requests, currency, alone=alone)
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
        [answer] = self._get_answers(facts, [request], currency, alone=True)
        return derive(facts, self.id, request, answer)

    def _get_unit_prices(self, products, quantities, *, uom=None, date=False, facts=None):
        """What a quote charges for one unit of many products at several quantities, before taxes.

        :return: as :meth:`_get_price_grid`, the prices rounded; where a quote shows the rule as a discount, less that
            rounded discount
        """
        self.ensure_one()
        date = date or fields.Datetime.now()
        grid = self._get_price_grid(products, quantities, uom=uom, date=date, facts=facts)
        decimals = self._get_price_decimals()
        shown = self._get_rules_shown_as_discount({rule_id for row in grid.values() for _price, rule_id in row})
        if not shown:
            return {key: [(round_unit_price(price, decimals), rule_id) for price, rule_id in grid[key]] for key in grid}
        discount_decimals = self.env["decimal.precision"].precision_get("Discount")

        def charge(pair, before_discount):
            price, rule_id = pair
            if rule_id in shown:
                return charged_price(price, before_discount, decimals, discount_decimals), rule_id
            return round_unit_price(price, decimals), rule_id

        before = self._get_prices_before_discount(products, quantities, uom=uom, date=date)
        return {key: [charge(*pair) for pair in zip(grid[key], before[key], strict=True)] for key in grid}

    @api.model
    def _get_rules_shown_as_discount(self, rule_ids):
        """Those of the rules (ids or False) that quotes show as a discount."""
        rules = self.env["product.pricelist.item"].browse(rule_id for rule_id in rule_ids if rule_id)
        return set(rules.filtered(lambda rule: rule._show_discount())._ids)

    def _get_prices_before_discount(self, products, quantities, *, uom, date):
        """The prices that visible discounts start from: for every product id a list in the order of the quantities."""
        facts = PriceFacts(self, products, date)
        requests = [facts.request(product, quantity, uom) for product in products for quantity in quantities]
        if self._can_price_in_bulk(products, alone=True):
            answers = self._get_answers(facts, requests, alone=True)
        else:
            answers = facts.answers_of(self, requests)
        prices = iter(facts.prices_before_discount(answers, requests, self.currency_id))
        return {product.id: [next(prices) for _quantity in quantities] for product in products}

    def _get_price_decimals(self):
        """The decimals of a unit price of this list, or of sales prices, as printed and charged."""
        self and self.ensure_one()
        currency = self.currency_id or self.env.company.currency_id
        precision = self.env["decimal.precision"].precision_get("Product Price")
        return decimals_of_unit_price(currency.decimal_places, precision)

    def _round_unit_price(self, price):
        """A unit price as it is printed and charged."""
        return round_unit_price(price, self._get_price_decimals())

    def _get_breaks(self, date):
        """How many rules start at each quantity, in this list and in those it is based on.

        :param date: when the rules have to be valid
        :rtype: dict[float, int]
        """
        valid = valid_on(date)
        breaks, waiting, seen = Counter(), self, self.browse()
        while waiting:
            seen += waiting
            domain = valid & Domain("pricelist_id", "in", waiting.ids)
            breaks.update(dict(self.env["product.pricelist.item"]._read_group(domain, ["min_quantity"], ["__count"])))
            waiting = waiting._get_base_lists(valid) - seen
        return dict(breaks)

    def _get_base_lists(self, rule_domain=Domain.TRUE):
        """The lists from which these take prices or quantity discounts, directly.

        :param rule_domain: the rules that count
        """
        bases = self._get_bases(rule_domain & Domain("pricelist_id", "in", self.ids))
        return self.browse({base_id for pricelist_id in self.ids for base_id in bases.get(pricelist_id, ())})

    @api.model
    def _get_bases(self, rule_domain=Domain.TRUE):
        """For each list the ids of those from which it takes prices or quantity discounts.

        :param rule_domain: the rules that count; those on archived products do, too
        :rtype: dict[int, set]
        """
        bases = defaultdict(set)
        domain = rule_domain & self._get_domain_of_based_rules()
        for pricelist, base in self.env["product.pricelist.item"]._read_group(
            domain, ["pricelist_id", "base_pricelist_id"]
        ):
            bases[pricelist.id].add(base.id)
        for pricelist in self.with_context(active_test=False).search([("breaks_pricelist_id", "!=", False)]):
            bases[pricelist.id].add(pricelist.breaks_pricelist_id.id)
        return dict(bases)

    def _can_price_in_bulk(self, products, *, alone=False):
        """Whether the bulk arithmetic is known to give what Odoo, with the addons installed, would give.

        :param bool alone: whether Odoo would ask for each product by itself
        :raise UserError: where prices are asked as they would be, and another addon has its say in them
        """
        ours_alone = (ARITHMETIC, CHOICE_OF_RULE, FETCHING_OF_RULES, SALES_PRICES)
        if what_if_of(self.env) and any(is_changed(self.env, methods) for methods in ours_alone):
            raise UserError(
                self.env._("Another installed app has its own way of pricing, so prices can't be tried out beforehand.")
            )
        if len(products._ids) != len(products.ids) or is_changed(self.env, ARITHMETIC):
            return False
        return not (alone and is_changed(self.env, FETCHING_OF_RULES))


def pair_of(answer):
    """Odoo's pair of price and rule id (or False) of an answer."""
    return answer.price, answer.rule.id if answer.rule else False
