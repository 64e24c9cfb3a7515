"""What the share page shows: a feed's items, as they were built."""

from datetime import UTC
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_amount

from ..share.browse import PAGE_SIZE, Branch, branches, is_below, page_count, trail
from ..share.card import SEPARATOR, Card, card

# What a channel refuses, for want of a picture or a number, people may see all the same; with a name at least.
SHOWN = ("sent", "left_out")


class Shown(NamedTuple):
    """An item on the page.

    :param Card card: what is shown of it
    :param str price: as it is written, as well as that before a reduction
    :param bool is_exempt: the price before is no lowest price of thirty days: perishable goods need none
    """

    item_id: int
    card: Card
    price: str
    before: str
    is_exempt: bool


class SharePage(NamedTuple):
    """A page: what was found, and the ways on from there."""

    items: list
    total: int
    pages: int
    branches: list[Branch]
    trail: list


class ShopFeed(models.Model):
    """Nothing is computed of a product here: the page shows what was built for the channel, at the same prices."""

    _inherit = "shop.feed"

    def _get_share_page(self, asked):
        """The items that a visitor looks for.

        :param share.browse.Asked asked: what he looks for
        :rtype: SharePage
        """
        self.ensure_one()
        self.env["shop.feed.item"].flush_model(["feed_id", "state", "values"])
        counts = self._get_share_counts(asked)
        total = sum(count for path, count in counts.items() if is_below(path, asked.category))
        return SharePage(
            [self._get_shown(item) for item in self._get_shared_items(asked)],
            total,
            page_count(total),
            branches(counts, asked.category),
            trail(asked.category),
        )

    def _get_shared_item(self, item_id):
        """An item of the page; None where it is not shown, or is another feed's."""
        self.ensure_one()
        item = self.env["shop.feed.item"].search(
            [("id", "=", item_id), ("feed_id", "=", self.id), ("state", "in", SHOWN)]
        )
        shown = self._get_shown(item) if item else None
        return shown if shown and shown.card.title else None

    def _get_share_offer(self):
        """The offer for fans that is told; empty where it has not begun, or is over."""
        return self.share_offer_id.filtered(lambda offer: offer.active and offer.state == "running")

    # === ROWS === #

    def _get_shown(self, item):
        now = fields.Datetime.now().replace(tzinfo=UTC)
        shown = card(self.channel_id._get_specification(), item["values"] or {}, now, self.currency_id.name)
        prices = (self._write_price(price, shown) for price in (shown.price, shown.before))
        return Shown(item.id, shown, *prices, item.product_id.feed_is_perishable)

    def _write_price(self, price, shown):
        """An amount in the feed's language."""
        if price is None:
            return ""
        currency = self.currency_id
        if shown.currency != currency.name:
            currency = self.env["res.currency"].search([("name", "=", shown.currency)], limit=1) or currency
        return format_amount(self.env, float(price), currency)

    def _get_share_counts(self, asked):
        """How many items each category holds, by its path, of those with all words."""
        path = self._get_share_text("product_type")
        rows = self.env.execute_query(
            SQL("SELECT %s, COUNT(*) FROM shop_feed_item item WHERE %s GROUP BY 1", path, self._get_share_where(asked))
        )
        return {found or "": count for found, count in rows}

    def _get_shared_items(self, asked):
        path, title = self._get_share_text("product_type"), self._get_share_text("title")
        where = self._get_share_where(asked)
        if asked.category:
            below = asked.category + SEPARATOR
            where = SQL("%s AND (%s = %s OR STARTS_WITH(%s, %s))", where, path, asked.category, path, below)
        found = SQL(
            "SELECT item.id FROM shop_feed_item item WHERE %s ORDER BY LOWER(%s), item.id LIMIT %s OFFSET %s",
            where,
            title,
            PAGE_SIZE,
            (asked.page - 1) * PAGE_SIZE,
        )
        items = self.env["shop.feed.item"].browse(row[0] for row in self.env.execute_query(found))
        items.fetch(["values", "product_id"])  # and not the pieces of the file
        return items

    def _get_share_where(self, asked):
        title = self._get_share_text("title")
        where = [SQL("item.feed_id = %s AND item.state IN %s AND %s <> ''", self.id, SHOWN, title)]
        searched = SQL(
            "CONCAT_WS(' ', %s, %s, %s)",
            title,
            self._get_share_text("description"),
            self._get_share_text("brand"),
        )
        # A word is looked for as it is written: STRPOS knows no wildcards.
        where += [SQL("STRPOS(LOWER(%s), LOWER(%s)) > 0", searched, word) for word in asked.words]
        return SQL(" AND ").join(where)

    def _get_share_text(self, role):
        """A value of an item as text, by what it means; of several the first."""
        field = self.channel_id._get_specification().by_role.get(role)
        if not field:
            return SQL("''")
        value = SQL('item."values" -> %s', field.name)
        return SQL("CASE JSONB_TYPEOF(%s) WHEN 'array' THEN %s ->> 0 ELSE %s #>> '{}' END", value, value, value)
