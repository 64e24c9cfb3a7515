"""How a feed makes an item of facts: its rows, rules, channel and shape, read once for many products."""

from datetime import timedelta, timezone
from typing import NamedTuple

from odoo import models

from ..channels.issues import ERROR, issue
from ..channels.validate import prepare
from ..identity.content import content_hash
from ..mapping.row import default_rows
from ..mapping.rules import apply
from ..share.shelf import Shelf, shelf
from .shop_feed_categories import SHOP_PATHS
from .shop_feed_facts import CHANGES, PROBLEMS

RETRY = timedelta(hours=1)  # after which what failed is tried again, as others may have been to blame
SENT, LEFT_OUT, EXCLUDED, GONE = "sent", "left_out", "excluded", "gone"
ALWAYS = frozenset({"id", "group_id", "title", "availability", "expiration_date", "price", "unit_pricing_measure"})


class Recipe(NamedTuple):
    """What an item is made with.

    :param Channel channel: the specification
    :param list rows: :class:`mapping.row.Row`, one a field
    :param list rules: :class:`mapping.rules.Rule`
    :param shape: of the file, see :mod:`formats`
    :param str currency: of all prices
    """

    channel: object
    rows: list
    rules: list
    shape: object
    currency: str

    @property
    def needs(self):
        """The sources that rows and rules ask for."""
        return ALWAYS.union(*(row.needs for row in self.rows), *(rule.needs for rule in self.rules))

    def field_name(self, role):
        """What the channel calls a meaning; "" where it does not know it."""
        field = self.channel.by_role.get(role)
        return field.name if field else ""


class Built(NamedTuple):
    """An item as it is to be stored, the names those of the table."""

    external_id: str
    state: str
    group_code: str | None = None
    values: dict | None = None
    fragment: str | None = None
    content_hash: str | None = None
    excluded_by_id: int | None = None
    next_change_on: object = None
    issues: tuple = ()
    shelf: Shelf = Shelf()


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    # === RECIPE === #

    def _get_recipe(self):
        """Everything but the facts."""
        self.ensure_one()
        channel = self.channel_id._get_specification()
        rows = self._get_rows(channel)
        rules = [rule._get_rule() for rule in self.env["shop.feed.rule"].search([("feed_id", "=", self.id)])]
        return Recipe(channel, rows, rules, self._get_shape(), self.currency_id.name)

    def _get_rows(self, channel):
        """What somebody wrote for a field counts, for others what their meaning says."""
        written = [row._get_row() for row in self.env["shop.feed.map"].search([("feed_id", "=", self.id)])]
        names = {row.field for row in written}
        return written + [row for row in default_rows(channel) if row.field not in names]

    # === ITEM === #

    def _make_item(self, recipe, facts, moment):
        """One item, without a query.

        :param Recipe recipe: of the feed
        :param dict facts: of the product
        :param datetime moment: UTC, without a zone
        :rtype: Built
        """
        asked = {**facts, "shop_category_path": facts.get(SHOP_PATHS) or facts.get("shop_category_path")}
        outcome = apply(recipe.rules, asked, {row.field: row.value(facts) for row in recipe.rows})
        change = min(facts[CHANGES], default=None)
        next_change_on = change and change.astimezone(timezone.utc).replace(tzinfo=None)
        if outcome.excluded_by or self._is_left_out(facts, moment):
            excluded_by = outcome.excluded_by or None
            return Built(facts["id"], EXCLUDED, excluded_by_id=excluded_by, next_change_on=next_change_on)
        values, stood_in = self._stand_in(recipe, outcome.values, facts)
        prepared = prepare(
            recipe.channel,
            values,
            self._get_hints(facts),
            currency=recipe.currency,
            now=moment.replace(tzinfo=timezone.utc),
        )
        issues = _distinct([*prepared.issues, *stood_in, *_told(recipe, facts)])
        sent = prepared.values
        is_fit = not any(each.severity == ERROR for each in issues)
        return Built(
            external_id=sent.get(recipe.field_name("id")) or facts["id"],
            state=SENT if is_fit else LEFT_OUT,
            group_code=sent.get(recipe.field_name("item_group_id")),
            values=sent,
            fragment=recipe.shape.item(sent) if is_fit else None,
            content_hash=content_hash(sent),
            next_change_on=next_change_on,
            issues=issues,
            shelf=shelf(recipe.channel, sent),
        )

    def _is_left_out(self, facts, moment):
        """Whether the feed has no place for a product as it is now: a hook.

        :param datetime moment: UTC, without a zone
        """
        is_lacking = self.out_of_stock == "leave" and facts.get("availability") == "out_of_stock"
        return is_lacking or self._is_over(facts, moment)

    def _get_hints(self, facts):
        """What conditions of fields ask beside values."""
        known = {"variant": facts.get("group_id"), "by_measure": self._is_by_measure(facts)}
        return {name for name, holds in known.items() if holds}

    def _stand_in(self, recipe, values, facts):
        """A product without a description goes out under its title, and its owner is told: better than not at all."""
        name = recipe.field_name("description")
        if not name or values.get(name) or recipe.channel.by_name[name].requirement != "required":
            return values, []
        return {**values, name: facts.get("title")}, [issue("missing_recommended", name)]

    def _make_faulty_item(self, product, problem, moment):
        """An item that could not be built: it is left out, its owner is told, and it is tried again after a while."""
        return Built(
            external_id=f"P{product.id}",
            state=LEFT_OUT,
            next_change_on=(moment + RETRY).replace(microsecond=0),
            issues=(issue("not_built", "id", problem=type(problem).__name__),),
        )


def _told(recipe, facts):
    """What themes found, under the channel's names."""
    for code, role, numbers in facts[PROBLEMS]:
        if name := recipe.field_name(role):
            yield issue(code, name, **numbers)


def _distinct(issues):
    """Each problem of a field once, the first one's numbers."""
    return tuple({(each.field, each.code): each for each in issues}.values())
