"""The prices of a feed: what is paid, and what of a reduction may be announced."""

from datetime import datetime, time, timezone
from typing import NamedTuple

from odoo import models

from ..pricing.history import Event, History
from ..pricing.reduction import CAPPED, NEW, NOT_LOWER, UNKNOWN, Offer, announce
from ..pricing.window import window
from .price_changes import next_price_changes
from .shop_feed_facts import CHANGES, PROBLEMS
from .shop_feed_price import PriceSeries
from .shop_prices import ShopPrice, ShopPrices

RECORDS = "shop_feed_records_prices"  # in the context of a build: prices that began to hold are written down
PRICE_UNIT = "price_unit"  # no source: the price as the list says it, from which others are reckoned
CODES = {
    UNKNOWN: "reduction_unknown",
    NOT_LOWER: "reduction_not_lower",
    CAPPED: "reduction_capped",
    NEW: "reduction_new",
}
ROLES = ("sale_price", "former_price", "price", "current_price")  # where a problem is told: at the first that is there


class PriceStand(NamedTuple):
    """How the price of a product stands at a moment.

    :param ShopPrice shown: what the shop asks and would strike out
    :param Offer offer: what may be announced
    """

    shown: ShopPrice
    offer: Offer

    @property
    def announced_share(self):
        """How much of the price that the shop would strike out may be struck out; 0 where nothing may."""
        return self.offer.price / self.shown.full.units if self.offer.sale_price is not None else 0.0


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_price_facts(self, products, moment):
        """What each product costs, and what it cost: facts as :meth:`_get_fact_themes` says."""
        changes = next_price_changes(self.pricelist_id, products, moment)
        by_role = self.channel_id._get_specification().by_role
        role = next((role for role in ROLES if role in by_role), "price")
        return {
            product_id: {
                **self._get_facts_of_price(stand),
                CHANGES: [changes[product_id].replace(tzinfo=timezone.utc)] if product_id in changes else [],
                PROBLEMS: [(code, role, numbers) for code, numbers in _problems_of(stand)],
            }
            for product_id, stand in self._get_price_stands(products, moment).items()
        }

    def _get_price_stands(self, products, moment):
        """A :class:`PriceStand` for each product's id, in as many queries for many products as for one.

        :param products: variants, in the feed's own terms as the feed is
        :param datetime moment: UTC, without a zone
        :rtype: dict
        """
        self.ensure_one()
        moment = moment.replace(microsecond=0)
        shown = self._get_shop_prices(products, moment)
        if self.env.context.get(RECORDS):
            self._record_prices(shown, moment)
        histories = self._get_histories(shown, moment)
        return {
            product.id: PriceStand(
                shown[product.id],
                self._get_offer(product, shown[product.id], histories.get(product.id), moment),
            )
            for product in products
        }

    def _get_day(self, moment):
        """The seller's day at a moment (UTC, without a zone)."""
        return moment.replace(tzinfo=timezone.utc).astimezone(self._get_zone()).date()

    def _get_shop_prices(self, products, moment):
        """A :class:`.shop_prices.ShopPrice` for each product's id: VAT included, of the feed's list and position."""
        prices = self._read_shop_prices(moment)
        products.product_tmpl_id.fetch(["taxes_id", "compare_list_price", "currency_id", "feed_is_perishable"])
        return prices.of(products)

    def _read_shop_prices(self, moment):
        """The :class:`.shop_prices.ShopPrices` of the feed's list, company and fiscal position."""
        day = self._get_day(moment)
        return ShopPrices(self.pricelist_id, self.company_id, self.fiscal_position_id, moment, day)

    # === HISTORY === #

    def action_open_prices(self):
        """Show what was written down of the prices that the feed tells."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("shop_feed.shop_feed_price_action")
        return {**action, "domain": self._get_series_domain()}

    def _get_price_series(self):
        return PriceSeries(
            self.company_id.id, self.pricelist_id.id, self.fiscal_position_id.id or None, self.currency_id.id
        )

    def _get_series_domain(self):
        """Feeds and prices of the same series, as far as the currency."""
        return [(name, "=", self[name].id) for name in ("company_id", "pricelist_id", "fiscal_position_id")]

    def _record_prices(self, shown, moment):
        """Write down prices as they are at a moment.

        :param dict shown: :class:`.shop_prices.ShopPrice` by product id
        """
        prices = {key: (price.price.units, price.is_reduced, price.campaign) for key, price in shown.items()}
        self.env["shop.feed.price"]._append(self._get_price_series(), moment, prices)

    def _get_histories(self, shown, moment):
        """The :class:`..pricing.history.History` of each product whose price is a reduced one, up to now: by its id."""
        reduced = {product_id: price for product_id, price in shown.items() if price.is_reduced}
        known = self.env["shop.feed.price"]._read_events(self._get_price_series(), reduced, moment)
        now, zone = moment.replace(tzinfo=timezone.utc), self._get_zone()
        histories = {}
        for product_id, price in reduced.items():
            events = known.get(product_id, [])
            current = Event(now, price.price.units, True, price.campaign)
            if not events or events[-1][1:] != current[1:]:
                events = [*events, current]
            histories[product_id] = History(events, zone)
        return histories

    # === REDUCTIONS === #

    def _get_offer(self, product, price, history, moment):
        """What of a price may be announced (art. 17-bis Codice del consumo).

        :param History history: None where the price is not reduced
        :rtype: ..pricing.reduction.Offer
        """
        if history is None:
            return Offer(price.price.units)
        template = product.product_tmpl_id
        return announce(
            history,
            moment.replace(tzinfo=timezone.utc),
            price.full.units,
            on_market_since=self._get_market_start(template.feed_market_date, history),
            is_perishable=template.feed_is_perishable,
        )

    def _get_market_start(self, day, history):
        """The moment since when goods are sold, of which the day is known: on it, when they were first priced."""
        if not day:
            return None
        first = history.events[0].at
        zone = self._get_zone()
        return first if first.astimezone(zone).date() == day else datetime.combine(day, time.min, zone)

    # === FACTS === #

    def _get_facts_of_price(self, stand):
        """The facts of a price by the names of sources."""
        current, offer = stand.shown.price, stand.offer
        price = current._replace(units=offer.price)
        facts = {"price": price, "current_price": current, PRICE_UNIT: stand.shown.unit}
        if offer.sale_price is not None:
            facts |= {"sale_price": current, "former_price": price}
            if offer.lowest is not None:
                facts["lowest_price"] = current._replace(units=offer.lowest)
            if interval := self._get_sale_window(stand):
                facts["sale_price_effective_date"] = interval
        return facts

    def _get_sale_window(self, stand):
        """From when to when the sale holds; None where no end of it is known."""
        starts, ends = stand.shown.starts, stand.shown.ends
        return window(
            starts.replace(tzinfo=timezone.utc) if starts else stand.offer.began,
            ends.replace(tzinfo=timezone.utc) if ends else None,
            self._get_zone(),
        )


def _problems_of(stand):
    """Why the feed says something else than the shop would: pairs of a code and its numbers."""
    shown, offer = stand
    if offer.reason in CODES:
        lowest = shown.price._replace(units=offer.lowest).text if offer.lowest is not None else ""
        yield (
            CODES[offer.reason],
            {"price": shown.price.text, "full": shown.full.text, "lowest": lowest, "days": offer.days},
        )
