"""Price lists that price in bulk."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..pricing.resolution import CircularLists, resolve
from .price_facts import ARITHMETIC, PriceFacts, is_changed


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

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
            return {product.id: (0.0, rule.id if rule else False) for product, rule in zip(products, winners, strict=True)}
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
