"""Which price a list gives, for many goods and quantities at once: one pass a list along the chain.

Odoo prices one product at a time once a rule is based on another list. Here all requests that need the same base list
go there together, and so on down the chain; the answer is the same to the last bit.
"""

from collections import defaultdict
from typing import NamedTuple, Protocol

from .breaks import keeps_breaks, kept_share
from .formula import UnitRatio, apply_rule
from .rules import FIXED, OTHER_LIST, PERCENTAGE, SALES_PRICE, Goods, Rule


class CircularLists(ValueError):
    """A list is, through its base lists, based on itself; the argument is the path of list ids."""


class Request(NamedTuple):
    """One price that is asked for.

    :param float quantity: in the asked unit
    :param float own_quantity: the same in the product's own unit, which the rules' minimum quantities mean
    :param ratio: a :class:`~.formula.UnitRatio`, or None where the asked unit is the product's own
    :param unit: the asked unit itself, as the facts know it
    """

    goods: Goods
    quantity: float
    own_quantity: float
    ratio: UnitRatio | None = None
    unit: object = None


class Answer(NamedTuple):
    """A price, the rule behind it (None: the sales price itself) and what the rule worked on.

    :param base_price: in the wanted currency and unit; None for a fixed price
    :param base: the base list's own :class:`Answer`, in that list's currency; None where there is no base list
    :param float kept: the share of the rule's price that quantity discounts kept from another list leave of it
    """

    price: float
    rule: Rule | None
    base_price: float | None = None
    base: "Answer | None" = None
    kept: float = 1.0


class Facts(Protocol):
    """Where the resolution finds what it needs: the ORM provides it, a test may stand in for it."""

    def winner(self, list_id, request, *, alone):
        """The :class:`~.rules.Rule` that applies, or None."""

    def currency(self, list_id):
        """The currency of a list."""

    def breaks_list(self, list_id):
        """The id of the list whose quantity discounts a list keeps, or None."""

    def in_own_unit(self, request):
        """The same :class:`Request` in the product's own unit."""

    def own_prices(self, base, requests):
        """The products' own prices of a kind (sales price, cost) in the asked units: pairs of price and currency."""

    def convert(self, price, source, target):
        """A price in another currency, unrounded."""

    def price_elsewhere(self, rule, request, currency):
        """The price of a rule of another addon's own kind."""

    def answers_elsewhere(self, list_id, requests):
        """The answers of a base list, asked of Odoo one by one; None where a batch is known to give the same."""


def resolve(facts, list_id, requests, currency, *, alone=False, path=()):
    """The answers of a list, in the order of the requests.

    :param facts: a :class:`Facts`
    :param list_id: the list; None for the sales prices themselves
    :param currency: in which the prices are wanted; fixed prices stay as they are, as in Odoo
    :param bool alone: whether Odoo would look at each product alone, as it always does in base lists; otherwise a rule
        that Odoo fetches for one of the products may serve the others
    :param tuple path: the lists on the way here
    :rtype: list[Answer]
    :raise CircularLists: where the chain comes back to a list again and again
    """
    if path.count(list_id) > 1:
        raise CircularLists(*path, list_id)
    answers = [None] * len(requests)
    by_base = defaultdict(list)
    for place, request in enumerate(requests):
        rule = facts.winner(list_id, request, alone=alone)
        if rule is None:
            by_base[SALES_PRICE, None].append((place, None))
        elif not rule.known:
            answers[place] = Answer(facts.price_elsewhere(rule, request, currency), rule)
        elif rule.method == FIXED:
            answers[place] = Answer(apply_rule(rule, 0.0, request.ratio), rule)
        else:
            by_base[base_of(rule)].append((place, rule))
    for base, places in by_base.items():
        wanted = [requests[place] for place, _rule in places]
        found = _base_answers(facts, *base, wanted, currency, (*path, list_id))
        for (place, rule), (base_price, below) in zip(places, found, strict=True):
            answers[place] = Answer(apply_rule(rule, base_price, requests[place].ratio), rule, base_price, below)
    _keep_breaks(facts, list_id, requests, answers, (*path, list_id))
    return answers


def _keep_breaks(facts, list_id, requests, answers, path):
    """Give the list's base prices, in place, the quantity discounts of the list from which it keeps them."""
    source = facts.breaks_list(list_id)
    if not source:
        return
    many = [
        (place, facts.in_own_unit(request))
        for place, (request, answer) in enumerate(zip(requests, answers, strict=True))
        if request.own_quantity > 1 and keeps_breaks(answer.rule)
    ]
    asked = [request for _place, request in many]
    asked += [request._replace(quantity=1.0, own_quantity=1.0) for request in asked]
    found = _base_answers(facts, OTHER_LIST, source, asked, facts.currency(source), path)
    prices = [price for price, _answer in found]
    shares = map(kept_share, prices[: len(many)], prices[len(many) :])
    for (place, _request), kept in zip(many, shares, strict=True):
        answers[place] = answers[place]._replace(price=answers[place].price * kept, kept=kept)


def base_price_before_discount(facts, answer, currency):
    """The price that discounts shown to the customer start from: the base of the lowest percentage rule in the chain.

    Same as ``product.pricelist.item._compute_price_before_discount`` of Odoo 19.

    :return: None where the chain leaves the currency, for Odoo to work out
    """
    while answer.base and answer.base.rule and answer.base.rule.method == PERCENTAGE:
        if facts.currency(answer.rule.base_list_id) != currency:
            return None
        answer = answer.base
    return answer.base_price


def base_of(rule):
    """The kind of a rule's base and the base list, if it has one; a list that is named but not used does not count."""
    if rule.base == OTHER_LIST and rule.base_list_id:
        return OTHER_LIST, rule.base_list_id
    return SALES_PRICE if rule.base == OTHER_LIST else rule.base, None


def _base_answers(facts, base, base_list_id, requests, currency, path):
    """Pairs of the base price in the wanted currency and the base list's answer, in the order of the requests."""
    if not base_list_id:
        return [(_in(facts, price, source, currency), None) for price, source in facts.own_prices(base, requests)]
    source = facts.currency(base_list_id)
    answers = facts.answers_elsewhere(base_list_id, requests)
    if answers is None:
        answers = resolve(facts, base_list_id, requests, source, alone=True, path=path)
    return [(_in(facts, answer.price, source, currency), answer) for answer in answers]


def _in(facts, price, source, currency):
    return price if source == currency else facts.convert(price, source, currency)
