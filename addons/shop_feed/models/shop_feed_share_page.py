"""What the share page shows: a feed's items, as they were built."""

from datetime import timezone
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_amount

from odoo.addons.listino_pricelist.layout.words import folded

from ..share.browse import PAGE_SIZE, Branch, branches, is_below, page_count, trail
from ..share.card import SEPARATOR, Card, card, write_measure
from ..share.shelf import Shelf
from .shop_feed_item_shelf import CATALOGUED

# What a channel refuses, for want of a picture or a number, people may see all the same; with a name at least.
SHOWN = ("sent", "left_out")  # as in CATALOGUED


class Shown(NamedTuple):
    """An item on the page.

    :param Card card: what is shown of it
    :param str price: as it is written, as well as that before a reduction
    :param str measure: of one item, likewise
    :param bool is_exempt: the price before is no lowest price of thirty days: perishable goods need none
    """

    item_id: int
    card: Card
    price: str
    before: str
    measure: str
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
        self.env["shop.feed.item"].flush_model(["feed_id", "state", *Shelf._fields])
        counts = self._get_share_counts(asked)
        total = sum(count for path, count in counts.items() if is_below(path, asked.category))
        return SharePage(
            [self._get_shown(item) for item in self._get_shared_items(asked)] if total else [],
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
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        shown = card(self.channel_id._get_specification(), item["values"] or {}, now, self.currency_id.name)
        prices = (self._write_price(price, shown) for price in (shown.price, shown.before))
        measure = write_measure(shown.measure, self.lang_id.decimal_point or ".")
        return Shown(item.id, shown, *prices, measure, item.product_id.feed_is_perishable)

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
        rows = self.env.execute_query(
            SQL(
                'SELECT item.category_path COLLATE "C", COUNT(*) FROM shop_feed_item item WHERE %s GROUP BY 1',
                self._get_share_where(asked),
            )
        )
        return {path or "": count for path, count in rows}

    def _get_shared_items(self, asked):
        where = self._get_share_where(asked)
        if asked.category:
            below = asked.category + SEPARATOR
            path = SQL('item.category_path COLLATE "C"')
            where = SQL("%s AND (%s = %s OR STARTS_WITH(%s, %s))", where, path, asked.category, path, below)
        found = SQL(
            "SELECT item.id FROM shop_feed_item item WHERE %s ORDER BY item.sort_title, item.id LIMIT %s OFFSET %s",
            where,
            PAGE_SIZE,
            (asked.page - 1) * PAGE_SIZE,
        )
        items = self.env["shop.feed.item"].browse(row[0] for row in self.env.execute_query(found))
        items.fetch(["values", "product_id"])  # and not the pieces of the file
        return items

    def _get_share_where(self, asked):
        """Items of the page with all words; a word is looked for as it is written: STRPOS knows no wildcards."""
        where = [SQL("item.feed_id = %s", self.id), SQL(CATALOGUED)]
        where += [SQL("STRPOS(item.search_text, %s) > 0", folded(word)) for word in asked.words]
        return SQL(" AND ").join(where)
