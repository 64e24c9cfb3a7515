"""What the share page shows: the items that are sent, as they were built."""

from datetime import UTC
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_amount

from ..share.browse import PAGE_SIZE, Branch, branches, is_below, page_count, trail
from ..share.card import SEPARATOR, card


class Shown(NamedTuple):
    """An item on the page: its number, its card, and its prices as they are written."""

    item_id: int
    card: tuple
    price: str
    before: str


class SharePage(NamedTuple):
    """A page: what was found, and the ways on from there."""

    items: list
    total: int
    pages: int
    branches: list[Branch]
    trail: list


class ShopFeed(models.Model):
    """Nothing is computed of a product here: the page shows what channels get, at the same prices."""

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
            [self._get_shown(*row) for row in self._get_share_rows(asked)],
            total,
            page_count(total),
            branches(counts, asked.category),
            trail(asked.category),
        )

    def _get_shared_item(self, item_id):
        """An item of the page; None where it is not sent, or is another feed's."""
        self.ensure_one()
        domain = [("id", "=", item_id), ("feed_id", "=", self.id), ("state", "=", "sent")]
        item = self.env["shop.feed.item"].search(domain)
        return self._get_shown(item.id, item["values"]) if item else None

    def _get_share_offer(self):
        """The offer for fans that is told; empty where it has not begun, or is over."""
        return self.share_offer_id.filtered(lambda offer: offer.active and offer.state == "running")

    # === ROWS === #

    def _get_shown(self, item_id, values):
        specification = self.channel_id._get_specification()
        now = fields.Datetime.now().replace(tzinfo=UTC)
        shown = card(specification, values or {}, now, self.currency_id.name)
        return Shown(item_id, shown, self._write_price(shown.price, shown), self._write_price(shown.before, shown))

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

    def _get_share_rows(self, asked):
        path, title = self._get_share_text("product_type"), self._get_share_text("title")
        where = self._get_share_where(asked)
        if asked.category:
            below = asked.category + SEPARATOR
            where = SQL("%s AND (%s = %s OR STARTS_WITH(%s, %s))", where, path, asked.category, path, below)
        return self.env.execute_query(
            SQL(
                """SELECT item.id, item."values" FROM shop_feed_item item
                    WHERE %s ORDER BY LOWER(%s), item.id LIMIT %s OFFSET %s""",
                where,
                title,
                PAGE_SIZE,
                (asked.page - 1) * PAGE_SIZE,
            )
        )

    def _get_share_where(self, asked):
        where = [SQL("item.feed_id = %s AND item.state = 'sent'", self.id)]
        searched = SQL(
            "CONCAT_WS(' ', %s, %s, %s)",
            self._get_share_text("title"),
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
