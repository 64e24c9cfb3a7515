"""What the price resolution needs to know, fetched from Odoo in few queries.

Odoo's own arithmetic is taken over only where no other addon has changed it; :func:`is_changed` tells, and then the
addon that changed it has its say.
"""

from odoo.fields import Domain

from ..pricing.formula import UnitRatio, to_asked_unit
from ..pricing.resolution import Answer, Request, base_price_before_discount
from ..pricing.rules import BASES, COST, FIXED, METHODS, SALES_PRICE, Goods, Rule, RuleBook
from .what_if import what_if_of

OURS = "odoo.addons.listino_pricelist."
HOME = {
    "product.pricelist": "odoo.addons.product.",
    "product.pricelist.item": "odoo.addons.product.",
    "product.product": "odoo.addons.product.",
    "product.template": "odoo.addons.product.",
    "uom.uom": "odoo.addons.uom.",
    "res.currency": "odoo.addons.base.",
}
ARITHMETIC = {
    "product.pricelist": ("_compute_price_rule", "_get_product_price", "_get_product_price_rule", "_get_product_rule"),
    "product.pricelist.item": ("_compute_price", "_compute_base_price", "_compute_price_before_discount"),
    "uom.uom": ("_compute_price", "_compute_quantity"),
    "res.currency": ("_convert", "_get_conversion_rate"),
}
CHOICE_OF_RULE = {"product.pricelist.item": ("_is_applicable_for",)}
FETCHING_OF_RULES = {"product.pricelist": ("_get_applicable_rules", "_get_applicable_rules_domain")}
SALES_PRICES = {
    "product.product": ("_price_compute", "_get_attributes_extra_price", "_compute_product_price_extra"),
    "product.template": ("_price_compute", "_get_attributes_extra_price"),
}
CURRENCIES = {"product.template": ("_compute_currency_id", "_compute_cost_currency_id")}
EXTRA_PRICES_IN_CONTEXT = ("no_variant_attributes_price_extra", "current_attributes_price_extra")


def is_changed(env, methods):
    """Whether an addon other than the one that brings a method, and ours, overrides one of the methods.

    :param dict methods: names of methods by model
    """
    return any(
        _is_overridden(env.registry[model], name, HOME[model]) for model, names in methods.items() for name in names
    )


def _is_overridden(model_class, name, home):
    parts = (part for part in model_class.__mro__ if name in vars(part))
    return any(not part.__module__.startswith((home, OURS)) for part in parts)


class PriceFacts:
    """The facts of some products at a date, as :class:`..pricing.resolution.Facts` wants them.

    :param pricelists: a recordset (of any length) whose environment reads the rules
    :param products: variants or templates, saved ones
    :param date: a date or datetime
    """

    def __init__(self, pricelists, products, date):
        self.env = pricelists.env
        self.products = products
        self.date = date
        self._books = {}
        self._own_prices = {}
        self._rates = {}
        self._own_quantities = {}
        self._chooses_elsewhere = is_changed(self.env, CHOICE_OF_RULE)
        self._fetches_elsewhere = is_changed(self.env, FETCHING_OF_RULES)
        self._what_if = what_if_of(self.env)
        self._by_id = {product.id: product for product in products}
        self._uom_of_template = {}
        self._goods = self._read_goods()

    # === REQUESTS === #

    def request(self, product, quantity, uom=None):
        """The :class:`..pricing.resolution.Request` for a product, a quantity and its unit (default: its own)."""
        goods = self._goods[product.id]
        own_uom = self._uom_of_template[goods.template_id]
        if not uom or uom == own_uom:
            return Request(goods, quantity, quantity, unit=own_uom)
        key = (uom.id, own_uom.id, quantity)
        if key not in self._own_quantities:
            own_quantity = uom._compute_quantity(quantity, own_uom, raise_if_failure=False)
            self._own_quantities[key] = own_quantity, UnitRatio(uom.factor, own_uom.factor)
        own_quantity, ratio = self._own_quantities[key]
        return Request(goods, quantity, own_quantity, ratio, uom)

    def _read_goods(self):
        """The goods of every product, by its id."""
        whole = self.products._name == "product.template"
        if not whole:
            self.products.fetch(["product_tmpl_id"])
        self._templates = self.products if whole else self.products.product_tmpl_id
        self._templates.fetch(["categ_id", "company_id", "list_price", "uom_id"])
        categories = {category.id: ids_of_path(category.parent_path) for category in self._templates.categ_id}
        category_ids = {template.id: categories.get(template.categ_id.id, ()) for template in self._templates}
        self._uom_of_template = {template.id: template.uom_id for template in self._templates}
        if whole:
            return {
                template.id: Goods(
                    template.id, template.id, _only_variant_id(template), category_ids[template.id], True
                )
                for template in self._templates
            }
        return {
            product.id: Goods(product.id, template_id, product.id, category_ids[template_id])
            for product, template_id in zip(self.products, self._template_ids_of_variants(), strict=True)
        }

    def _template_ids_of_variants(self):
        return [product.product_tmpl_id.id for product in self.products]

    # === RULES === #

    def winner(self, list_id, request, *, alone):
        """The rule that applies: chosen here, or by the rules' own method where another addon overrides it."""
        book = self.book(list_id)
        if not self._chooses_elsewhere and not book.has_strangers:
            return book.winner(request.goods, request.own_quantity, alone=alone)
        product = self._by_id[request.goods.id]
        for rule in book.rules:
            if alone and not rule.is_fetched_for(request.goods):
                continue
            if self._item(rule)._is_applicable_for(product, request.own_quantity):
                return rule
        return None

    def book(self, list_id):
        """The list's rules that are valid at the date and concern any of the products, as Odoo fetches them."""
        if list_id not in self._books:
            pricelist = self.env["product.pricelist"].browse(list_id or ())
            items = pricelist._get_applicable_rules(self.products, self.date)
            rules = [rule_of(item, place) for place, item in enumerate(items)]
            self._books[list_id] = RuleBook(self._what_if.rules(list_id, rules) if self._what_if else rules)
        return self._books[list_id]

    def rules_out_of_date(self, list_id):
        """The list's rules that are not yet, or no longer, valid at the date."""
        items = self.env["product.pricelist.item"].search(
            Domain("pricelist_id", "=", list_id)
            & (Domain("date_start", ">", self.date) | Domain("date_end", "<", self.date))
        )
        return RuleBook(rule_of(item, place) for place, item in enumerate(items))

    def _item(self, rule):
        return self.env["product.pricelist.item"].browse(rule.id)

    # === PRICES === #

    def currency(self, list_id):
        return self.env["product.pricelist"].browse(list_id).currency_id

    def breaks_list(self, list_id):
        return self.env["product.pricelist"].browse(list_id or ()).breaks_pricelist_id.id

    def in_own_unit(self, request):
        """The same request in the product's own unit of measure."""
        own_uom = self._uom_of_template[request.goods.template_id]
        return Request(request.goods, request.own_quantity, request.own_quantity, unit=own_uom)

    def own_prices(self, base, requests):
        """Sales prices or costs in the asked units, each with its currency."""
        prices = self._prices_of_kind(base)
        return [
            (to_asked_unit(request.ratio, price), currency)
            for request in requests
            for price, currency in [prices[request.goods.id]]
        ]

    def _prices_of_kind(self, base):
        if base not in self._own_prices:
            prices = self._read_sales_prices() if base == SALES_PRICE else None
            prices = prices or self.products._price_compute(base, date=self.date)
            if self._what_if and base == COST:
                costs = self._what_if.costs
                prices = {goods.id: costs.get(goods.variant_id, prices[goods.id]) for goods in self._goods.values()}
            currencies = self._currencies("cost_currency_id" if base == COST else "currency_id")
            self._own_prices[base] = {
                goods.id: (prices[goods.id], currencies[goods.template_id]) for goods in self._goods.values()
            }
        return self._own_prices[base]

    def _currencies(self, field):
        """The currency of each template's price; Odoo takes it from the template's company alone."""
        if is_changed(self.env, CURRENCIES):
            return {template.id: template[field] for template in self._templates}
        by_company = self._templates.grouped("company_id").values()
        return {template_id: same[:1][field] for same in by_company for template_id in same._ids}

    def _read_sales_prices(self):
        """Sales prices with the extra prices of attributes, without asking products that have none.

        :return: None where the context or another addon has its say in them
        """
        if any(self.products.env.context.get(key) for key in EXTRA_PRICES_IN_CONTEXT):
            return None
        if is_changed(self.env, SALES_PRICES) or self.env["product.template"]._fields["list_price"].compute:
            return None
        of_template = {template.id: template.list_price or 0.0 for template in self._templates}
        if self._what_if:
            of_template.update(self._what_if.sales_prices)
        if self.products._name == "product.template":
            return of_template
        prices = {goods.id: of_template[goods.template_id] for goods in self._goods.values()}
        for product in self._variants_with_extra_price():
            prices[product.id] += product.price_extra
        return prices

    def _variants_with_extra_price(self):
        Product = self.env["product.product"].with_context(active_test=False)
        with_extra = Domain("product_template_attribute_value_ids.price_extra", "!=", 0)
        return Product.search(with_extra & Domain("id", "in", self.products.ids)).with_env(self.products.env)

    def convert(self, price, source, target):
        """A price in another currency, as ``res.currency._convert(round=False)`` gives it."""
        if not price:
            return 0.0
        key = (source.id, target.id)
        if key not in self._rates:
            self._rates[key] = source._get_conversion_rate(source, target, self.env.company, self.date)
        return price * self._rates[key]

    # === WHAT ANOTHER ADDON HAS ITS SAY IN === #

    def price_elsewhere(self, rule, request, currency):
        """The price by Odoo's own method of the rule, which another addon may have extended."""
        product = self._by_id[request.goods.id]
        return self._item(rule)._compute_price(
            product, request.quantity, request.unit, date=self.date, currency=currency
        )

    def prices_before_discount(self, answers, requests, currency):
        """The prices that visible discounts start from, by Odoo's own method where the chain leaves the currency."""
        for answer, request in zip(answers, requests, strict=True):
            price = base_price_before_discount(self, answer, currency)
            if price is None and answer.rule and answer.rule.id:
                price = self._item(answer.rule)._compute_price_before_discount(
                    self._by_id[request.goods.id],
                    quantity=request.quantity,
                    uom=request.unit,
                    date=self.date,
                    currency=currency,
                )
            yield price

    def answers_elsewhere(self, list_id, requests):
        if not self._fetches_elsewhere:
            return None
        return self.answers_of(self.env["product.pricelist"].browse(list_id), requests)

    def answers_of(self, pricelist, requests):
        """The answers of a list, asked of Odoo one by one: price and rule, without what is behind them."""
        answers = []
        for request in requests:
            price, rule_id = pricelist._get_product_price_rule(
                self._by_id[request.goods.id],
                request.quantity,
                currency=pricelist.currency_id,
                uom=request.unit,
                date=self.date,
            )
            item = self.env["product.pricelist.item"].browse(rule_id or ())
            answers.append(Answer(price, rule_of(item, 0) if item else None))
        return answers


def rule_of(item, position):
    """The plain :class:`..pricing.rules.Rule` of a ``product.pricelist.item``."""
    scope = {
        "id": item.id,
        "position": position,
        "scope": item.applied_on,
        "category_id": item.categ_id.id,
        "template_id": item.product_tmpl_id.id,
        "variant_id": item.product_id.id,
        "template_of_variant_id": item.product_id.product_tmpl_id.id if item.product_id else None,
        "min_quantity": item.min_quantity,
    }
    method = item.compute_price
    if method == FIXED:
        return Rule(**scope, fixed_price=item.fixed_price)
    base = item.base
    return Rule(
        **scope,
        method=method,
        base=base,
        base_list_id=item.base_pricelist_id.id,
        percent_price=item.percent_price,
        discount=-item.price_markup if base == COST else item.price_discount,
        rounding=item.price_round,
        surcharge=item.price_surcharge,
        min_margin=item.price_min_margin,
        max_margin=item.price_max_margin,
        known=base in BASES and method in METHODS,
    )


def _only_variant_id(template):
    """The variant whose rules a template takes: its only one."""
    return template.product_variant_id.id if template.product_variant_count == 1 else None


def ids_of_path(parent_path):
    """The ids in a ``parent_path``, from the root down.

    >>> ids_of_path("1/7/12/")
    (1, 7, 12)
    """
    return tuple(int(part) for part in parent_path.split("/") if part)
