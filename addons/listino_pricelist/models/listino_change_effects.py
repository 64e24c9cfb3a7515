"""What the new prices of a change would do to every list."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import formatLang

from ..changing.verdict import CHANGE, is_below, is_jump, variation
from ..pricing.margin import margin
from .currency_rates import Rates
from .price_facts import PriceFacts
from .row_writer import insert_rows
from .what_if import WHAT_IF, AddedRule, WhatIf

CHUNK = 10_000
KEPT_DAYS = 90


class ListinoChangeEffects(models.Model):
    """The prices of all lists before and after, from the resolution that prices quotes; nothing is written for it."""

    _inherit = "listino.change"

    effect_summary = fields.Html(compute="_compute_effect_summary", sanitize=False)

    def _compute_effect_summary(self):
        """A table of the lists: how many prices change, by how much, and what to look at."""
        averages = ["__count", "variation:avg", "old_margin:avg", "new_margin:avg"]
        below_cost = dict(self._count_effects([("below_cost", "=", True)]))
        jumps = dict(self._count_effects([("is_jump", "=", True)]))
        rows = defaultdict(list)
        for key, figures in self._count_effects([], averages):
            rows[key[0]].append((key[1], *figures, below_cost.get(key, [0])[0], jumps.get(key, [0])[0]))
        for change in self:
            values = {"rows": rows[change], "number": lambda value: formatLang(self.env, value or 0.0, digits=1)}
            template = "listino_pricelist.listino_change_summary"
            change.effect_summary = self.env["ir.qweb"]._render(template, values) if rows[change] else False

    def _count_effects(self, domain, aggregates=("__count",)):
        """Tuples of a pair of change and list, and the figures."""
        found = self.env["listino.change.effect"]._read_group(
            [("change_id", "in", self.ids), *domain], ["change_id", "pricelist_id"], list(aggregates)
        )
        return [((change, pricelist), figures) for change, pricelist, *figures in found]

    def _store_effects(self):
        """Work out what every list would make of the lines."""
        self._delete_rows("listino.change.effect")
        counts = defaultdict(int)
        for rows in self._get_effects():
            counts["effect_count"] += len(rows)
            counts["below_cost_count"] += sum(row["below_cost"] for row in rows)
            counts["jump_count"] += sum(row["is_jump"] for row in rows)
            insert_rows(self.env, "listino.change.effect", rows)
        names = ("effect_count", "below_cost_count", "jump_count")
        self._write_owned({name: counts[name] for name in names} | {"is_outdated": False})
        self._write_owned({"world_digest": self._get_world_digest()})
        self._count_lines()

    def _get_what_if(self):
        """The prices as they would be: of the lines, or of a draft that has none yet.

        :return: a :class:`.what_if.WhatIf` for the context of ``_get_unit_prices``
        """
        self.ensure_one()
        lines = [
            (line.product_tmpl_id.id, line.product_id.id, line.item_id.id, line.min_quantity, line.new_price)
            for line in self.line_ids._get_counted()
        ]
        if self.state == "draft":
            record = self._with_own_company()
            lines = [
                (line.template_id, line.product_id, line.item_id, line.min_quantity, line.new)
                for line in record._get_plan(record._get_choice())
                if line.verdict.state == CHANGE
            ]
        return self._prepare_what_if(lines)

    def _prepare_what_if(self, lines):
        """:param lines: tuples of template, variant, rule, quantity and new price"""
        if self.target == "sales":
            return WhatIf(sales_prices={template_id: new for template_id, _variant, _rule, _from, new in lines})
        if self.target == "remove":
            return WhatIf(removed_rule_ids=frozenset(rule_id for _template, _variant, rule_id, _from, _new in lines))
        added = tuple(
            AddedRule(
                self.pricelist_id.id,
                new,
                min_quantity,
                template_id=None if variant_id else template_id,
                variant_id=variant_id or None,
            )
            for template_id, variant_id, rule_id, min_quantity, new in lines
            if not rule_id
        )
        fixed = {rule_id: new for _template, _variant, rule_id, _from, new in lines if rule_id}
        return WhatIf(fixed_prices=fixed, added_rules=added)

    def _get_effects(self):
        """Rows of effects, a list and some thousand products at a time; only prices that change."""
        lines = self.line_ids._get_counted()
        quantities = defaultdict(lambda: {1.0})
        for line in lines:
            quantities[line.product_tmpl_id.id].add(line.min_quantity or 1.0)
        context = {WHAT_IF: self._get_what_if()}
        products = self._get_affected_products(lines)
        every = sorted(set().union(*quantities.values()))
        date = self._get_date()
        for start in range(0, len(products), CHUNK):
            chunk = products[start : start + CHUNK]
            costs = {product.id: (product.standard_price, product.cost_currency_id.id) for product in chunk}
            lists = self._get_dependent_lists()
            tried = lists.with_context(**context)
            facts, facts_tried = PriceFacts(lists, chunk, date), PriceFacts(tried, chunk, date)
            for pricelist, would_be in zip(lists, tried, strict=True):
                before = pricelist._get_unit_prices(chunk, every, date=date, facts=facts)
                after = would_be._get_unit_prices(chunk, every, date=date, facts=facts_tried)
                yield self._prepare_effect_rows(pricelist, chunk, every, quantities, costs, before, after)

    def _get_affected_products(self, lines):
        """The variants whose price may change."""
        whole = lines.filtered(lambda line: not line.product_id).product_tmpl_id
        products = self.env["product.product"].search_fetch(
            [("product_tmpl_id", "in", whole.ids)], ["product_tmpl_id", "standard_price"], order="id"
        )
        products |= lines.product_id
        products.product_tmpl_id.fetch(["company_id"])
        return products

    def _get_dependent_lists(self):
        """The lists in which prices may change: the list itself and those based on it, all of them for sales prices."""
        Pricelist = self.env["product.pricelist"]
        lists = Pricelist.search(Pricelist._check_company_domain(self.company_id))
        if self.target == "sales":
            return lists
        based_on = defaultdict(list)
        for pricelist_id, base_ids in Pricelist._get_bases().items():
            for base_id in base_ids:
                based_on[base_id].append(pricelist_id)
        reached, waiting = set(), [self.pricelist_id.id]
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting += based_on[one]
        return lists.filtered(lambda pricelist: pricelist.id in reached)

    def _prepare_effect_rows(self, pricelist, products, every, quantities, costs, before, after):
        rates, displayed = Rates(self.company_id, self._get_date()), self._get_displayed_prices(pricelist)
        currency_id = pricelist.currency_id.id
        rows = []
        for product in products:
            wanted = quantities[product.product_tmpl_id.id]
            pairs = zip(every, before[product.id], after[product.id], strict=True)
            moved = [(quantity, old, new) for quantity, (old, _was), (new, _is) in pairs if old != new]
            cost = rates.convert(*costs[product.id], currency_id) if moved else 0.0
            for quantity, old, new in moved:
                if quantity in wanted:
                    nets = [displayed.net_of(product.product_tmpl_id, price) for price in (old, new)]
                    rows.append(self._prepare_effect_row(pricelist.id, product.id, quantity, old, new, cost, *nets))
        return rows

    def _prepare_effect_row(self, pricelist_id, product_id, quantity, old, new, cost, net_old, net_new):
        """The values of an effect; margins are of the prices less included taxes."""
        change = variation(old, new)
        return {
            "change_id": self.id,
            "weight": abs(change),
            "pricelist_id": pricelist_id,
            "product_id": product_id,
            "quantity": quantity,
            "old_price": old,
            "new_price": new,
            "variation": round(change, 2),
            "cost": cost,
            "old_margin": margin(net_old, cost),
            "new_margin": margin(net_new, cost),
            "has_cost": cost > 0,
            "below_cost": is_below(net_new, cost),
            "is_jump": is_jump(old, new, self.threshold),
        }

    @api.autovacuum
    def _gc_effects(self):
        """Forget the effects of what was applied long ago: they are many, and the history keeps the prices."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        for change in self.search([("applied_date", "<", limit), ("effect_count", ">", 0)], limit=100):
            change._delete_rows("listino.change.effect")
            change._write_owned({"effect_count": 0})
