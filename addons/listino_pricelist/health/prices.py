"""What is odd in the prices of one product over the quantities."""

from ..pricing.rules import CATEGORY, EVERYTHING, TEMPLATE, VARIANT

OWN = frozenset({VARIANT, TEMPLATE})
COMMON = frozenset({CATEGORY, EVERYTHING})


def rises(prices):
    """The places at which a larger quantity costs more a piece than the one before.

    :param prices: unit prices in the order of the quantities

    >>> rises([10.0, 9.0, 9.5, 9.5])
    [2]
    """
    return [place for place in range(1, len(prices)) if prices[place] > prices[place - 1]]


def quantities(books, goods):
    """The quantities that matter: one piece, and those at which a rule of the lists begins to cover the goods.

    :param books: the :class:`..pricing.rules.RuleBook` of a list and of all it is based on

    >>> from ..pricing.rules import Goods, Rule, RuleBook
    >>> book = RuleBook([Rule(1, 0, CATEGORY, category_id=7, min_quantity=10.0), Rule(2, 1, EVERYTHING)])
    >>> quantities([book], Goods(5, 5, 5, (7,))), quantities([book], Goods(6, 6, 6, ()))
    ([1.0, 10.0], [1.0])
    """
    starts = {rule.min_quantity for book in books for rule in book.candidates(goods)}
    return sorted({1.0, *(start for start in starts if start > 0)})


def rival(candidates, goods, quantity, winner):
    """The category's rule that a product's own rule keeps from winning, or None.

    :param candidates: the rules for the goods in order
    :param winner: the rule that applies

    >>> from ..pricing.rules import Goods, Rule
    >>> own, pasta = Rule(1, 0, TEMPLATE, template_id=5), Rule(2, 1, CATEGORY, category_id=7)
    >>> rival([own, pasta], Goods(5, 5, 5, (7,)), 1.0, own) is pasta
    True
    >>> rival([pasta], Goods(5, 5, 5, (7,)), 1.0, pasta) is None
    True
    """
    if winner is None or winner.scope not in OWN:
        return None
    for rule in candidates:
        if rule.scope in COMMON and rule.admits_quantity(quantity) and rule.is_fetched_for(goods):
            return rule if rule.scope == CATEGORY else None
    return None
