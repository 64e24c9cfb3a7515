"""The prices a change is about: what they are, and what they will be."""

from collections import defaultdict
from dataclasses import dataclass

from odoo import fields, models
from odoo.fields import Domain

from ..changing.formula import FROM_COST, FROM_SOURCE, Facts, Formula, propose
from ..changing.verdict import CHANGE, REFUSED, SAME, Verdict, is_below, judge
from ..pricing.rules import TEMPLATE, VARIANT
from .currency_rates import Rates
from .displayed_prices import DisplayedPrices


@dataclass(slots=True)
class PlanLine:
    """One price: of a product, or of a rule of the list, or one that is still missing there.

    :param product_id: the variant; None where the price is for the product as a whole
    :param item_id: the rule; None where there is none, and for sales prices
    :param cost: the highest of its variants, in the currency of the price
    :param bool costs_differ: the variants have several costs; ``sources_differ`` likewise
    """

    template_id: int
    product_id: int | None
    item_id: int | None
    min_quantity: float
    old: float
    currency_id: int
    old_text: str | None = None
    cost: float = 0.0
    costs_differ: bool = False
    source: float | None = None
    sources_differ: bool = False
    new: float | None = None
    reason: str | None = None
    verdict: Verdict | None = None


class ListinoChangePlan(models.Model):
    """From products to old and new prices, in a number of queries that does not depend on them."""

    _inherit = "listino.change"

    def _get_plan(self, choice):
        """The prices of the chosen products.

        :param choice: see :meth:`_get_choice`
        :return: list of :class:`PlanLine`
        """
        lines = self._get_old_prices(choice.products)
        self._add_costs(lines)
        if self._has_formula(*FROM_SOURCE):
            self._add_sources(lines, choice)
        formula, displayed = self._get_formula(), self._get_displayed_prices()
        templates = self.env["product.template"].browse(line.template_id for line in lines)
        for line, template in zip(lines, templates, strict=True):
            if self.target == "remove":
                line.verdict = Verdict(CHANGE)
            else:
                self._decide(line, formula, displayed, template)
        return lines

    def _get_formula(self):
        return Formula(
            self.formula,
            percent=self.percent,
            amount=self.amount,
            price=self.fixed_price,
            factor=self.cost_factor,
            margin=self.margin,
            ending=self.ending,
        )

    def _get_displayed_prices(self, pricelist=None):
        """What takes included taxes out of the prices of a list (default: of those that change)."""
        if pricelist is None:
            pricelist = self.pricelist_id if self.target != "sales" else self.env["product.pricelist"]
        return DisplayedPrices(pricelist, self.company_id, self.env["account.fiscal.position"])

    def _decide(self, line, formula, displayed, template):
        if formula.method in FROM_COST and line.costs_differ:
            line.reason = "costs_differ"
        elif formula.method in FROM_SOURCE and line.sources_differ:
            line.reason = "sources_differ"
        else:
            line.new, line.reason = propose(formula, Facts(line.old, line.cost, line.source))
        if line.reason:
            line.new = line.old
        net = displayed.net_of(template, line.new)
        line.verdict = self._judge(line.old, line.new, line.cost, bool(line.item_id), net)
        if line.reason:
            line.verdict = line.verdict._replace(state=SAME)

    def _judge(self, old, new, cost, has_rule, net):
        """The verdict on a price; one that is missing in the list is written even where the rules come to the same.

        :param float net: the new price less included taxes, which has to cover the cost
        """
        verdict = judge(old, new, self.threshold)
        if verdict.state != REFUSED:
            verdict = verdict._replace(below_cost=is_below(net, cost))
        if verdict.state == SAME and self.target == "pricelist" and not has_rule and new > 0:
            return verdict._replace(state=CHANGE)
        return verdict

    def _get_date(self):
        """When the change takes effect."""
        return self.effective_date or fields.Datetime.now()

    def _get_day(self):
        """The day on which the change takes effect, where the user is: midnight there is the evening before in UTC."""
        return fields.Datetime.context_timestamp(self, self._get_date()).date()

    # === OLD PRICES === #

    def _get_old_prices(self, products):
        if self.target == "sales":
            templates = products.product_tmpl_id
            templates.fetch(["list_price", "company_id"])
            return [
                PlanLine(template.id, None, None, 0.0, template.list_price, template.currency_id.id)
                for template in templates
            ]
        items = self._get_own_rules(products)
        lines = [self._prepare_rule_line(item) for item in items if self._is_changed_rule(item)]
        if self.target == "pricelist" and self.create_missing:
            lines += self._get_missing_lines(products, items)
        return lines

    def _get_own_rules(self, products):
        """The rules of the list for these products alone, valid at the date; those to be removed also later on."""
        date = self._get_date()
        valid = Domain("date_end", "=", False) | Domain("date_end", ">=", date)
        if self.target != "remove":
            valid &= Domain("date_start", "=", False) | Domain("date_start", "<=", date)
        scope = Domain("applied_on", "=", TEMPLATE) & Domain("product_tmpl_id", "in", products.product_tmpl_id.ids)
        scope |= Domain("applied_on", "=", VARIANT) & Domain("product_id", "in", products.ids)
        return self.env["product.pricelist.item"].search(
            Domain("pricelist_id", "=", self.pricelist_id.id) & valid & scope
        )

    def _is_changed_rule(self, item):
        if self.target == "remove":
            return True
        return item.compute_price == "fixed" and (self.all_quantities or item.min_quantity <= 1)

    def _prepare_rule_line(self, item):
        is_fixed = item.compute_price == "fixed"
        return PlanLine(
            item.product_tmpl_id.id,
            item.product_id.id if item.applied_on == VARIANT else None,
            item.id,
            item.min_quantity,
            item.fixed_price if is_fixed else 0.0,
            self.pricelist_id.currency_id.id,
            old_text=None if is_fixed else item.price,
        )

    def _get_missing_lines(self, products, items):
        """Products that no rule of the list is for alone: the old price is what the other rules give."""
        with_own = set(items.product_tmpl_id._ids)
        missing = products.filtered(lambda product: product.product_tmpl_id.id not in with_own)
        counts = dict(
            self.env["product.product"]._read_group(
                [("product_tmpl_id", "in", missing.product_tmpl_id.ids)], ["product_tmpl_id"], ["__count"]
            )
        )
        chosen = missing.grouped("product_tmpl_id")
        whole = missing.product_tmpl_id.filtered(lambda template: len(chosen[template]) == counts.get(template))
        single = missing.filtered(lambda product: product.product_tmpl_id not in whole)
        return [*self._prepare_missing_lines(whole), *self._prepare_missing_lines(single)]

    def _prepare_missing_lines(self, goods):
        if not goods:
            return
        grid = self.pricelist_id._get_price_grid(goods, [1.0], date=self._get_date())
        is_variant = goods._name == "product.product"
        for one in goods:
            template_id = one.product_tmpl_id.id if is_variant else one.id
            [[price, _rule_id]] = grid[one.id]
            currency_id = self.pricelist_id.currency_id.id
            yield PlanLine(template_id, one.id if is_variant else None, None, 0.0, price, currency_id)

    # === COSTS === #

    def _add_costs(self, lines):
        """The cost behind each price, in the currency of the price."""
        rates = Rates(self.company_id, self._get_date())
        products = self._get_variants_of(lines)
        own = {product.id: (product.standard_price, product.cost_currency_id.id) for product in products}
        siblings = self._get_siblings(products)
        for line in lines:
            ids = [line.product_id] if line.product_id else siblings.get(line.template_id, ())
            costs = {rates.convert(*own[id_], line.currency_id) for id_ in ids if id_ in own}
            line.cost = max(costs, default=0.0)
            line.costs_differ = len(costs) > 1

    def _get_variants_of(self, lines):
        """All variants of the products that the lines are about, with what prices and costs need."""
        products = self.env["product.product"].search_fetch(
            [("product_tmpl_id", "in", list({line.template_id for line in lines}))],
            ["product_tmpl_id", "standard_price"],
            order="id",
        )
        products.product_tmpl_id.fetch(["company_id", "uom_id", "list_price"])
        return products

    def _get_siblings(self, products):
        """:return: dict template id -> ids of its variants"""
        siblings = defaultdict(list)
        for product in products:
            siblings[product.product_tmpl_id.id].append(product.id)
        return siblings
