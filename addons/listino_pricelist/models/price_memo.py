"""Prices worked out beforehand for many records, which Odoo then asks for one by one.

A memo lives in the context for the time of one call, where a client can name the key but never make the object; so
nothing goes stale and nothing can be slipped in. What a memo does not know is asked of Odoo as ever.
"""

from collections import defaultdict

from ..pricing.resolution import base_price_before_discount
from .price_facts import EXTRA_PRICES_IN_CONTEXT, PriceFacts

KEY = "listino_price_memo"
ARGUMENTS = {"quantity", "uom", "date", "currency"}


def memo_of(env, kind):
    """The memo in an environment's context, if it is of that class."""
    memo = env.context.get(KEY)
    return memo if isinstance(memo, kind) else None


class ReportPrices:
    """The prices of one report: with a product, all those that the ORM would read with it are priced."""

    def __init__(self):
        self._prices = {}

    def price(self, pricelist, product, quantity):
        """The price of a quantity of a product in a list."""
        key = (pricelist.id, product._name, quantity)
        if product.id not in self._prices.get(key, ()):
            products = product.browse(dict.fromkeys([*product._prefetch_ids, product.id]))
            grid = pricelist._get_price_grid(products, [quantity])
            self._prices[key] = {product_id: price for product_id, [(price, _rule_id)] in grid.items()}
        return self._prices[key][product.id]


class OrderPrices:
    """Rules and prices of order lines, worked out for all lines of an order at the first question.

    :param lines: a recordset of ``sale.order.line``
    :param date: of the list (default: each order's own)
    """

    def __init__(self, lines, date=None):
        self._lines = lines
        self.date = date
        self._rules = None
        self._prices = {}

    def rule_id(self, pricelist, product, asked):
        """The id of the rule that applies (False: none), or None where it has to be asked of Odoo.

        :param dict asked: quantity, uom, date and currency
        """
        self._prepare()
        return self._rules.get((pricelist.id, *_key(product, **asked))) if asked.keys() == ARGUMENTS else None

    def prices(self, item, product, asked):
        """The price by a rule and the price before its discounts (or None); None where Odoo has to be asked."""
        self._prepare()
        if (
            asked.keys() != ARGUMENTS
            or not asked["currency"]
            or any(product.env.context.get(key) for key in EXTRA_PRICES_IN_CONTEXT)
        ):
            return None
        return self._prices.get((item.id, item.env.company.id, *_key(product, **asked)))

    def _prepare(self):
        if self._rules is None:
            self._rules = {}
            for (company, pricelist, date, currency), asked in self._gather().items():
                self._price(pricelist.with_company(company), date, currency, asked)

    def _gather(self):
        """What the lines ask of each list: pairs of product and arguments by company, list, date and currency."""
        questions = defaultdict(list)
        for line in self._lines:
            pricelist = line.order_id.pricelist_id
            if line.product_id and pricelist and not line.display_type:
                asked = {**line._get_pricelist_kwargs(), **({"date": self.date} if self.date else {})}
                if asked.keys() == ARGUMENTS and asked["currency"]:
                    company = line.company_id or line.env.company
                    key = (company, pricelist, asked["date"], asked["currency"])
                    questions[key].append((line.product_id.with_company(company), asked))
        return questions

    def _price(self, pricelist, date, currency, questions):
        products = questions[0][0].union(*(product for product, _asked in questions))
        if not pricelist._can_price_in_bulk(products, alone=True):
            return
        facts = PriceFacts(pricelist, products, date)
        requests = [facts.request(product, asked["quantity"], asked["uom"]) for product, asked in questions]
        answers = pricelist._get_answers(facts, requests, currency, alone=True)
        for (product, asked), answer in zip(questions, answers, strict=True):
            rule_id = answer.rule.id if answer.rule else False
            key = _key(product, **asked)
            self._rules[(pricelist.id, *key)] = rule_id
            before_discount = base_price_before_discount(facts, answer, currency)
            self._prices[(rule_id, pricelist.env.company.id, *key)] = (answer.price, before_discount)


def _key(product, quantity, uom, date, currency):
    return product.id, quantity, uom.id, date, currency.id
