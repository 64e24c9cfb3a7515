"""What the list asks for an order line, and where that comes from in words."""

from odoo.tools import formatLang

from ..layout.figures import decimals_written
from ..pricing.rounding import less_discount, round_unit_price, shown_with_discount
from ..pricing.rules import CATEGORY, EVERYTHING, TEMPLATE, VARIANT

SCOPES_BY_NAME = {VARIANT: "product_id", TEMPLATE: "product_tmpl_id"}


def list_price_of(line, rule):
    """The unit price that a list's rule (or none) asks for a line, in the terms of its ``price_unit``: the charged
    price, less the discount that the quote shows, for the taxes of its fiscal position.

    Same as ``sale.order.line._reset_price_unit`` and ``_compute_discount`` of Odoo 19 give one after the other.
    """
    order, pricelist = line.order_id, line.order_id.pricelist_id
    product = line.product_id.with_context(**line._get_product_price_context())
    asked = line._get_pricelist_kwargs()
    price, discount, decimals = rule._compute_price(product=product, **asked), 0.0, pricelist._get_price_decimals()
    if rule._show_discount():
        before = rule._compute_price_before_discount(product=product, **asked)
        digits = line.env["decimal.precision"].precision_get("Discount")
        price, discount = shown_with_discount(price, before, decimals, digits)
    else:
        price = round_unit_price(price, decimals)
    if order.fiscal_position_id:
        price = line.product_id._get_tax_included_unit_price_from_price(
            price,
            product_taxes=line.product_id.taxes_id._filter_taxes_by_company(line.company_id),
            fiscal_position=order.fiscal_position_id,
        )
    return less_discount(price, discount)


class Origins:
    """Names the origin of prices as in "Resellers 2026, cat. Pasta, from 10 Units"; the same origin once.

    :param env: the environment whose language they are written in
    """

    def __init__(self, env):
        self.env = env
        self._known = {}

    def of(self, pricelist, rule, uom):
        """The origin of a price of that list.

        :param rule: the price rule, or an empty recordset: the sales price
        :param uom: unit of the rule's minimum quantity
        """
        key = (pricelist.id, rule.id, uom.id)
        if key not in self._known:
            parts = [pricelist.with_env(self.env).name, *self._describe(rule.with_env(self.env), uom)]
            self._known[key] = ", ".join(filter(None, parts))
        return self._known[key]

    def _describe(self, rule, uom):
        if not rule:
            return [self.env._("sales price")]
        return [self._name_scope(rule), self._name_break(rule.min_quantity, uom.with_env(self.env))]

    def _name_scope(self, rule):
        if rule.applied_on in SCOPES_BY_NAME:
            return rule[SCOPES_BY_NAME[rule.applied_on]].display_name
        if rule.applied_on == CATEGORY:
            return self.env._("cat. %(category)s", category=rule.categ_id.name)
        return "" if rule.applied_on == EVERYTHING else rule.name

    def _name_break(self, quantity, uom):
        if not quantity:
            return ""
        number = formatLang(self.env, quantity, digits=decimals_written(quantity, 0))
        return self.env._("from %(quantity)s %(unit)s", quantity=number, unit=uom.name)
