"""Where the price history of a feed begins: with what the log of price changes leaves no doubt of.

The log knows every change of a sales price and of a price rule. It knows neither costs, extra prices of attributes and
prices to compare with as they were, nor the categories in which products were, nor old exchange rates of the shop:
products whose price may depend on these begin with today. VAT is taken as it is today.
"""

from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from odoo.addons.listino_pricelist.models.what_if import WHAT_IF, WhatIf

from .price_changes import SECOND, with_bases
from .shop_prices import ShopPrices

DAYS_BACK = 90  # a sale that has lasted for weeks, and the thirty days before it


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _start_prices(self, products, since, moment):
        """Write down what prices were while no feed looked.

        :param products: variants, in the feed's own terms as the feed is
        :param datetime since: when one last looked; None: never
        :param datetime moment: up to when; UTC, without a zone
        """
        lists = with_bases(self.pricelist_id)
        products = self._get_products_without_doubt(products, lists)
        known_since = self._get_known_since(products, lists, since, moment)
        if not known_since:
            return
        changes = self._read_sales_price_changes(products, moment)
        edges = self._read_rule_edges(lists, moment)
        by_moment = defaultdict(list)
        for product in products:
            since = known_since[product.id]
            dates = [date for date, _price in changes.get(product.product_tmpl_id.id, ())]
            for at in {since, *(date for date in (*dates, *edges) if date > since)}:
                if at < moment:
                    by_moment[at].append(product.id)
        for at in sorted(by_moment):
            self._record_past(products.browse(by_moment[at]), changes, at)

    def _get_products_without_doubt(self, products, lists):
        """The products whose price of the past weeks follows from the log."""
        Item = self.env["product.pricelist.item"]
        unclear = [("pricelist_id", "in", lists.ids), "|", ("categ_id", "!=", False), ("base", "=", "standard_price")]
        one_currency = len(lists.currency_id) == 1
        if (
            not one_currency
            or not self.pricelist_id._can_price_in_bulk(products, alone=True)
            or Item.search_count(unclear, limit=1)
        ):
            return products.browse()
        return products.filtered(
            lambda product: not product.price_extra
            and not product.product_tmpl_id.compare_list_price
            and product.product_tmpl_id.currency_id == lists.currency_id
        )

    def _get_known_since(self, products, lists, since, moment):
        """For each product's id the moment since when its price is known; nothing where no log is there.

        That is when the log began, when the product was there, and when a rule that may concern it last changed.
        """
        log = self.env["listino.price.history"]
        log.flush_model()
        [(began,)] = self.env.execute_query(SQL("SELECT min(date) FROM listino_price_history"))
        if not began or not products:
            return {}
        began = max(began, moment - timedelta(days=DAYS_BACK), since + SECOND if since else began)
        changed = defaultdict(lambda: began)
        for template_id, product_id, date in self.env.execute_query(
            SQL(
                """
                SELECT product_tmpl_id, product_id, max(date) FROM listino_price_history
                 WHERE pricelist_id = ANY(%s) AND date > %s AND date <= %s GROUP BY product_tmpl_id, product_id
                """,
                list(lists._ids),
                began,
                moment,
            )
        ):
            changed[template_id, product_id] = date
        return {
            product.id: max(
                product.create_date.replace(microsecond=0) + SECOND,
                changed[None, None],
                changed[product.product_tmpl_id.id, None],
                changed[product.product_tmpl_id.id, product.id],
                changed[None, product.id],
            )
            for product in products
        }

    def _read_sales_price_changes(self, products, moment):
        """The changes of sales prices: by template id pairs of the date and the price until then, the oldest first."""
        changes = defaultdict(list)
        for template_id, date, old_price in self.env.execute_query(
            SQL(
                """
                SELECT product_tmpl_id, date, old_price FROM listino_price_history
                 WHERE pricelist_id IS NULL AND product_tmpl_id = ANY(%s) AND date <= %s ORDER BY date, id
                """,
                list(products.product_tmpl_id._ids),
                moment,
            )
        ):
            changes[template_id].append((date, old_price or 0.0))
        return changes

    def _read_rule_edges(self, lists, moment):
        """When rules of lists began and ended."""
        items = self.env["product.pricelist.item"].search(
            [("pricelist_id", "in", lists.ids), "|", ("date_start", "!=", False), ("date_end", "!=", False)]
        )
        edges = {item.date_start for item in items} | {item.date_end + SECOND for item in items if item.date_end}
        return sorted(edge for edge in edges if edge and edge < moment)

    def _record_past(self, products, changes, at):
        """Write down the prices of a moment of the past."""
        sales_prices = {}
        for template in products.product_tmpl_id:
            later = [price for date, price in changes.get(template.id, ()) if date > at]
            sales_prices[template.id] = later[0] if later else template.list_price
        pricelist = self.pricelist_id.with_context(**{WHAT_IF: WhatIf(sales_prices=sales_prices)})
        day = self._get_day(at)
        prices = ShopPrices(pricelist, self.company_id, self.fiscal_position_id, at, day).of(products)
        self._record_prices(prices, at)
