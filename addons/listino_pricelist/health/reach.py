"""Which rules of a list can win at all, with the products there are."""

from ..pricing.rules import TEMPLATE, VARIANT, RuleBook

NO_PRODUCT, OUTRANKED = "no_product", "outranked"


def unreached(dated_rules, goods):
    """The rules that win for none of the goods at any quantity and time, by id, with the reason.

    :param dated_rules: the :class:`.dated.DatedRule` of one list
    :param goods: the :class:`..pricing.rules.Goods` there are; one of those that no rule names is enough a category
    :rtype: dict[int, str]

    >>> from ..pricing.rules import CATEGORY, EVERYTHING, Goods, Rule
    >>> from .dated import DatedRule
    >>> pasta = DatedRule(Rule(1, 0, CATEGORY, category_id=7, fixed_price=3.0))
    >>> rest = DatedRule(Rule(2, 1, EVERYTHING, fixed_price=2.0))
    >>> unreached([pasta, rest], [Goods(5, 5, 5, (7,))])
    {2: 'outranked'}
    >>> unreached([pasta, rest], [Goods(6, 6, 6, (8,))])
    {1: 'no_product'}
    """
    of_rule = {dated.rule.id: dated for dated in dated_rules}
    book = RuleBook(dated.rule for dated in dated_rules)
    covering, winning, seen = set(), set(), set()
    for one in goods:
        candidates = tuple(rule for rule in book.candidates(one) if rule.is_fetched_for(one))
        if candidates in seen:
            continue
        seen.add(candidates)
        covering.update(rule.id for rule in candidates)
        winning.update(_able_to_win([of_rule[rule.id] for rule in candidates]))
    return {rule.id: OUTRANKED if rule.id in covering else NO_PRODUCT for rule in book.rules if rule.id not in winning}


def _able_to_win(candidates):
    """The ids of the candidates that no earlier one leaves without any quantity or time."""
    able = []
    for dated in candidates:
        if not any(_leaves_nothing(earlier, dated) for earlier in able):
            able.append(dated)
    return {dated.rule.id for dated in able}


def _leaves_nothing(earlier, later):
    least, wanted = earlier.rule.min_quantity, later.rule.min_quantity
    return (not least or bool(wanted and least <= wanted)) and earlier.lasts_as_long_as(later)


def named(dated_rules):
    """The ids of the templates and of the variants that rules name.

    >>> from ..pricing.rules import Rule
    >>> from .dated import DatedRule
    >>> named([DatedRule(Rule(1, 0, TEMPLATE, template_id=4)), DatedRule(Rule(2, 1, VARIANT, variant_id=9))])
    ({4}, {9})
    """
    templates = {dated.rule.template_id for dated in dated_rules if dated.rule.scope == TEMPLATE}
    variants = {dated.rule.variant_id for dated in dated_rules if dated.rule.scope == VARIANT}
    return templates, variants
