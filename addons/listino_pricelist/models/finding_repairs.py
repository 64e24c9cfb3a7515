"""What one click does about a finding. Rules are changed with the rights of who clicks, and each change is told."""

from odoo import fields

from ..health.keys import scope_meant
from ..health.kinds import BASE_IGNORED, BASE_MISSING, DISPLAY, DUPLICATE, EXPIRED, OVERLAP, SCOPE, SHADOWED
from ..pricing.rules import OTHER_LIST, SALES_PRICE
from .finding_words import describe_rule
from .price_facts import rule_of
from .rule_checkup import shown_as


def _delete(rules):
    """Rules that never win, now or later: no price changes with them."""
    note = _list(rules.env._("Deleted by the health check; it never gave a price any more:"), rules)
    rules.unlink()
    return note


def _delete_expired(rules):
    now = fields.Datetime.now()
    return _delete(rules.filtered(lambda rule: rule.date_end and rule.date_end < now))


def _use_base(rules):
    """The price becomes what the rule's label says."""
    note = _list(rules.env._("Based by the health check on the list that it names; before, on the sales price:"), rules)
    rules.write({"base": OTHER_LIST})
    return note


def _forget_base(rules):
    """The label becomes what the price is: without a base list Odoo takes the sales price."""
    rules.write({"base": SALES_PRICE})
    return _list(rules.env._("Based by the health check on the sales price; its base list is gone:"), rules)


def _tidy_scope(rules):
    """The scope that the rule was made for, and no key besides; Odoo empties the others on writing the scope."""
    note = _list(rules.env._("Scope put in order by the health check; before, the rule was for:"), rules)
    for rule in rules:
        rule.applied_on = scope_meant(rule_of(rule, 0))
        rule.display_applied_on = shown_as(rule)[0]
        if rule.product_id:
            rule.product_tmpl_id = rule.product_id.product_tmpl_id
    return note


def _show_scope(rules):
    """The form shows the scope that counts; nothing else changes."""
    for rule in rules:
        if rule.display_applied_on not in shown_as(rule):
            rule.display_applied_on = shown_as(rule)[0]
    return rules.env._("Rules shown by the health check as what they are: %(count)s.", count=len(rules))


def _list(title, rules):
    return "\n".join([title, *(f"- {describe_rule(rule)}" for rule in rules)])


REPAIRS = {
    DUPLICATE: _delete,
    SHADOWED: _delete,
    OVERLAP: _delete,
    EXPIRED: _delete_expired,
    BASE_IGNORED: _use_base,
    BASE_MISSING: _forget_base,
    SCOPE: _tidy_scope,
    DISPLAY: _show_scope,
}
