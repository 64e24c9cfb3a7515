"""Keys of a rule that its scope does not use: Odoo still fetches the rule by them, so it comes and goes.

A rule for all products that also names a category gives its price to products of that category alone when they are
priced one by one, and to all when they are priced together.
"""

from ..pricing.rules import CATEGORY, EVERYTHING, SCOPES, TEMPLATE, VARIANT


def stray_keys(rule):
    """The names of the keys that do not belong to the rule's scope, or contradict it.

    >>> from ..pricing.rules import Rule
    >>> stray_keys(Rule(1, 0, EVERYTHING, category_id=7))
    ('category_id',)
    >>> stray_keys(Rule(1, 0, VARIANT, variant_id=3, template_id=2, template_of_variant_id=2))
    ()
    >>> stray_keys(Rule(1, 0, VARIANT, variant_id=3, template_id=5, template_of_variant_id=2))
    ('template_id',)
    >>> stray_keys(Rule(1, 0, "25_brand", category_id=7))
    ()
    """
    if rule.scope not in SCOPES:
        return ()
    strays = []
    if rule.category_id and rule.scope != CATEGORY:
        strays.append("category_id")
    if rule.template_id and not _may_name_template(rule):
        strays.append("template_id")
    if rule.variant_id and rule.scope != VARIANT:
        strays.append("variant_id")
    return tuple(strays)


def _may_name_template(rule):
    if rule.scope == VARIANT:
        return rule.template_id == rule.template_of_variant_id
    return rule.scope == TEMPLATE


def scope_meant(rule):
    """The scope that a rule with stray keys was made for: a rule for all is for what it names, others stay.

    >>> from ..pricing.rules import Rule
    >>> scope_meant(Rule(1, 0, EVERYTHING, category_id=7)), scope_meant(Rule(1, 0, TEMPLATE, category_id=7))
    ('2_product_category', '1_product')
    """
    if rule.scope != EVERYTHING:
        return rule.scope
    if rule.variant_id:
        return VARIANT
    if rule.template_id:
        return TEMPLATE
    return CATEGORY if rule.category_id else EVERYTHING
