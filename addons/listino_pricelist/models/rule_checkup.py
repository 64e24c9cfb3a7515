"""What the rules of a price list say about its health, without pricing anything."""

from functools import cached_property

from odoo import fields

from ..health.circles import circles
from ..health.conflicts import conflicts
from ..health.dated import DatedRule
from ..health.found import Found
from ..health.keys import stray_keys
from ..health.kinds import BASE_IGNORED, BASE_MISSING, CIRCLE, DISPLAY, EXPIRED, SCOPE, UNREACHED
from ..health.reach import named, unreached
from ..pricing.rules import CATEGORY, EVERYTHING, FIXED, OTHER_LIST, PERCENTAGE, TEMPLATE, VARIANT, Goods
from .price_facts import ARITHMETIC, CHOICE_OF_RULE, FETCHING_OF_RULES, PriceFacts, ids_of_path, is_changed, rule_of


class RuleCheckup:
    """The rules of one list, compared with each other, with their scopes and with the products there are.

    :param pricelist: one ``product.pricelist``
    :param date: what is over by then has expired
    """

    def __init__(self, pricelist, date=None):
        self.env = pricelist.env
        self._pricelist = pricelist
        self._date = date or fields.Datetime.now()

    def findings(self):
        """A list of :class:`..health.found.Found`."""
        found = self._conflicts()
        settled = {one.rule_id for one in found if one.figures["never_wins"]}
        settled.update(dated.rule.id for dated in self._over)
        return [
            *found,
            *self._unreached(settled),
            *self._strays(),
            *self._displays(),
            *self._bases(),
            *self._circles(),
            *self._expired(),
        ]

    @cached_property
    def _items(self):
        """All rules in Odoo's order: also those on archived products, which the list's own field leaves out."""
        return self.env["product.pricelist.item"].search([("pricelist_id", "=", self._pricelist.id)])

    @cached_property
    def _dated(self):
        return [
            DatedRule(rule_of(item, place), item.date_start or None, item.date_end or None)
            for place, item in enumerate(self._items)
        ]

    @cached_property
    def _over(self):
        return [dated for dated in self._dated if dated.is_over(self._date)]

    @cached_property
    def _is_odoos_choice(self):
        """Whether no other addon has its say in which rule wins, so that what loses here loses everywhere."""
        return not any(is_changed(self.env, methods) for methods in (ARITHMETIC, CHOICE_OF_RULE, FETCHING_OF_RULES))

    # === THE CHECKS === #

    def _conflicts(self):
        running = [dated for dated in self._dated if not dated.is_over(self._date)]
        return [
            Found(
                conflict.kind,
                rule_id=conflict.loser.rule.id,
                other_rule_id=conflict.winner.rule.id,
                figures={"never_wins": conflict.never_wins},
                repairable=conflict.never_wins and self._is_odoos_choice,
            )
            for conflict in conflicts(running)
        ]

    def _unreached(self, settled):
        """:param settled: ids of the rules for which a better reason is known"""
        if not self._is_odoos_choice:
            return []
        reasons = unreached(self._dated, self._goods())
        return [
            Found(UNREACHED, rule_id=rule_id, figures={"reason": reason})
            for rule_id, reason in reasons.items()
            if rule_id not in settled
        ]

    def _goods(self):
        """The products that rules name, and for every category with other products one that stands for them all."""
        templates, variants = named(self._dated)
        templates |= {dated.rule.template_of_variant_id for dated in self._dated if dated.rule.variant_id in variants}
        products = self.env["product.product"].search([("product_tmpl_id", "in", list(templates))])
        facts = PriceFacts(self._pricelist, products, self._date)
        others = self.env["product.template"]._read_group([("id", "not in", list(templates))], ["categ_id"])
        return [
            *(facts.request(product, 1.0).goods for product in products),
            *(Goods(0, 0, None, ids_of_path(category.parent_path or "")) for (category,) in others),
        ]

    def _strays(self):
        strays = {dated.rule.id: stray_keys(dated.rule) for dated in self._dated}
        return [
            Found(SCOPE, rule_id=rule_id, figures={"strays": list(keys)}, repairable=self._is_odoos_choice)
            for rule_id, keys in strays.items()
            if keys
        ]

    def _displays(self):
        """Rules that the form would show, and save, under another scope than the one that counts; as one finding."""
        ids = [item.id for item in self._items if item.display_applied_on not in shown_as(item)]
        return [Found(DISPLAY, count=len(ids), figures={"rule_ids": ids}, repairable=True)] if ids else []

    def _bases(self):
        """Rules whose label and price disagree about the list they are based on."""
        found = []
        for item in self._items:
            if item.compute_price == FIXED:
                continue
            if item.compute_price == PERCENTAGE and item.base != OTHER_LIST and item.base_pricelist_id:
                found.append(
                    Found(
                        BASE_IGNORED,
                        rule_id=item.id,
                        figures={"base": item.base, "list_id": item.base_pricelist_id.id},
                        repairable=True,
                    )
                )
            elif item.base == OTHER_LIST and not item.base_pricelist_id:
                found.append(Found(BASE_MISSING, rule_id=item.id, repairable=True))
        return found

    def _circles(self):
        return [
            Found(CIRCLE, mark="-".join(map(str, circle)), count=len(circle), figures={"list_ids": list(circle)})
            for circle in circles(self.env["product.pricelist"]._get_bases())
            if self._pricelist.id in circle
        ]

    def _expired(self):
        """All rules that are over, as one finding."""
        if not self._over:
            return []
        figures = {
            "rule_ids": sorted(dated.rule.id for dated in self._over),
            "last": fields.Datetime.to_string(max(dated.end for dated in self._over)),
        }
        return [Found(EXPIRED, count=len(self._over), figures=figures, repairable=self._is_odoos_choice)]


def shown_as(item):
    """What the form may choose between product and category for a rule, the first being best."""
    scopes = {CATEGORY: (CATEGORY,), TEMPLATE: (TEMPLATE,), VARIANT: (TEMPLATE,), EVERYTHING: (TEMPLATE, CATEGORY)}
    return scopes.get(item.applied_on, (item.display_applied_on,))
