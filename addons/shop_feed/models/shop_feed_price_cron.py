"""Prices are written down every night, whether a feed is built or not: thirty days without a gap allow a reduction."""

import logging
from datetime import datetime, time, timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)
BATCH = 500
GAP = timedelta(days=2)  # after a night that was missed, prices are no longer taken to have been what they were
OF_SERIES = frozenset({"active", "company_id", "fiscal_position_id", "pricelist_id"})


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    prices_noted_on = fields.Date(readonly=True, copy=False)
    prices_noted_to = fields.Integer(readonly=True, copy=False, help="The last product of a run that is under way.")
    prices_problem = fields.Char(readonly=True, copy=False, help="Why prices could not be written down.")

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: the thirty days begin to count as soon as there is a feed.
        feeds = super().create(vals_list)
        feeds._follow_prices()
        self.env.ref("shop_feed.ir_cron_feed_prices")._trigger()
        return feeds

    def write(self, vals):
        # OVERRIDE: of a list that has no feed any more nobody looks at the prices.
        if OF_SERIES.isdisjoint(vals):
            return super().write(vals)
        before = self._get_followed()
        result = super().write(vals)
        self._leave_prices(before - self._get_followed())
        self._follow_prices()
        return result

    def unlink(self):
        # OVERRIDE: likewise.
        followed = self._get_followed()
        result = super().unlink()
        self._leave_prices(followed)
        return result

    def _get_followed(self):
        """The series of prices at which these feeds look."""
        return {feed._get_price_series() for feed in self if feed.active}

    def _follow_prices(self):
        for series in self._get_followed():
            # The history of prices is the server's to write.
            self.env["shop.feed.price"].sudo()._remove_gap_to_come(series, fields.Datetime.now())

    def _leave_prices(self, left):
        """Nobody looks at some series from now on, unless another feed does: soon their prices are not known."""
        feeds = self.env["shop.feed"].sudo()  # whichever company's: the history of prices is the server's
        for series in left - feeds.search([("active", "=", True)])._get_followed():
            feeds.env["shop.feed.price"]._append_gap(series, None, fields.Datetime.now() + GAP)

    @api.model
    def _cron_note_prices(self):
        """Write down what has changed since yesterday on the lists of all feeds, each list once, in batches."""
        today = fields.Date.today()
        for feed in self._get_leaders():
            if feed.prices_noted_on != today and not feed._note_prices(today):
                self.env["ir.cron"]._commit_progress(remaining=1)  # that something is left, however much
                return

    @api.model
    def _get_leaders(self):
        """The first feed of each list, company and fiscal position: its run counts for all of them."""
        leaders = {}
        for feed in self.search([("active", "=", True)], order="id"):
            leaders.setdefault(feed._get_price_series(), feed)
        return self.browse([feed.id for feed in leaders.values()])

    def _note_prices(self, today):
        """Go through the products, from where the last run stopped; what is in the way is kept on the feed.

        :return: whether there is time for more
        """
        if not self.prices_noted_to:
            self.prices_problem = False
        while products := self._get_products_to_price():
            try:
                with self.env.cr.savepoint():
                    self._note_prices_of(products, fields.Datetime.now())
            except OperationalError:
                raise  # two workers met: it is done again
            except Exception as error:  # one bad product, or lists in a circle: other products and lists go on
                self.prices_problem = str(error)
                _logger.exception("Prices of feed %s are not all written down", self.id)
            self.prices_noted_to = products.ids[-1]
            if not self.env["ir.cron"]._commit_progress(len(products)):
                return False
        self.write({"prices_noted_on": today, "prices_noted_to": 0})
        return True

    def _get_products_to_price(self):
        domain = self._get_domain_of_priced() & Domain("id", ">", self.prices_noted_to)
        products = self.env["product.product"].sudo()  # the history knows all products, whoever may see them
        return products.search(domain, order="id", limit=BATCH)

    def _get_domain_of_priced(self):
        """The products that consumers can buy by the list, whether its feeds send them or not: a hook."""
        domain = Domain("sale_ok", "=", True) & Domain("is_published", "=", True)
        domain &= Domain("company_id", "in", [False, self.company_id.id])
        feeds = self.search(self._get_series_domain())
        if not all(feed.website_id for feed in feeds):
            return domain  # a shop elsewhere sells those of all websites
        return domain & Domain("website_id", "in", [False, *feeds.website_id.ids])

    def _note_prices_of(self, products, moment):
        feed = self._in_own_terms()
        products = products.with_env(feed.env)
        looked = feed._get_last_look()
        if not looked or moment - looked > GAP:
            feed._bridge_gap(products, looked, moment)
        feed._record_prices(feed._get_shop_prices(products, moment), moment)

    def _get_last_look(self):
        """Until when all prices of the list are known, by whichever of its feeds; None where none has ever looked."""
        alike = self.with_context(active_test=False).search(self._get_series_domain())
        days = [day for day in alike.mapped("prices_noted_on") if day]
        return datetime.combine(max(days) + timedelta(1), time.min) if days else None

    def _bridge_gap(self, products, looked, moment):
        """Where nobody looked for days, only the log of prices tells what products cost.

        :param datetime looked: when somebody last did; None: never
        """
        self.env["shop.feed.price"]._append_gap(self._get_price_series(), products.ids, looked)
        self._start_prices(products, looked, moment)
        self.env["shop.feed.mark"]._add(products)
