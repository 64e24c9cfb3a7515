"""The prices of a feed: what is paid, and what of a reduction may be announced."""

from datetime import UTC, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import models

from ..channels.amounts import Money
from ..channels.issues import issue
from ..pricing.history import Event, History
from ..pricing.reduction import CAPPED, NEW, NOT_LOWER, UNKNOWN, Offer, announce
from ..pricing.unit_price import base_of, is_needed, unit_price
from ..pricing.window import window
from .net_quantities import NetQuantities
from .price_changes import next_price_changes
from .shop_feed_price import PriceSeries
from .shop_prices import ShopPrice, ShopPrices

CODES = {
    UNKNOWN: "reduction_unknown",
    NOT_LOWER: "reduction_not_lower",
    CAPPED: "reduction_capped",
    NEW: "reduction_new",
}


class PriceStand(NamedTuple):
    """How the price of a product stands at a moment.

    :param ShopPrice shown: what the shop asks and would strike out
    :param Offer offer: what may be announced
    :param dict facts: by the names of sources
    :param list issues: :class:`..channels.issues.Issue`
    :param datetime next_change_on: when another price rule begins or ends; UTC, naive; None: none does
    """

    shown: ShopPrice
    offer: Offer
    facts: dict
    issues: list
    next_change_on: datetime | None

    @property
    def announced_share(self):
        """How much of the price that the shop would strike out may be struck out; 0 where nothing may."""
        return self.offer.price / self.shown.full.units if self.offer.sale_price is not None else 0.0


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_price_facts(self, products, moment):
        """What a feed may say of prices.

        :param products: variants
        :param datetime moment: UTC, naive
        :return: for each product's id the facts by the names of :data:`..mapping.sources.SOURCES`
        :rtype: dict
        """
        return {product_id: stand.facts for product_id, stand in self._get_price_stands(products, moment).items()}

    def _get_price_stands(self, products, moment, *, record=False):
        """A :class:`PriceStand` for each product's id, in as many queries for many products as for one.

        :param products: variants
        :param datetime moment: UTC, naive
        :param bool record: whether prices that differ from the last ones are written down, as a build does
        :rtype: dict
        """
        feed, products = self._for_prices(products)
        moment = moment.replace(microsecond=0)
        shown = feed._get_shop_prices(products, moment)
        if record:
            feed._record_prices(shown, moment)
        histories = feed._get_histories(shown, moment)
        changes = next_price_changes(feed.pricelist_id, products, moment)
        quantities, spec = NetQuantities(feed.env), feed.channel_id._get_specification()
        stands = {}
        for product in products:
            price = shown[product.id]
            offer = feed._get_offer(product, price, histories.get(product.id), moment)
            stands[product.id] = PriceStand(
                price,
                offer,
                feed._get_facts_of_price(price, offer, quantities.of(product)),
                _issues_of(spec, price, offer),
                changes.get(product.id),
            )
        return stands

    def _for_prices(self, products):
        """The feed and products with the company's eyes alone: nothing of who asks, and how, reaches a price."""
        self.ensure_one()
        context = {
            "allowed_company_ids": self.company_id.ids,
            "lang": self.lang_id.code,
            "tz": self._get_zone().key,
        }
        feed = self.with_env(self.env(su=True, context=context))  # prices are facts, whoever asks
        return feed, products.with_env(feed.env)

    def _get_zone(self):
        """The seller's time zone, whose days the law counts: a hook."""
        return ZoneInfo(self.company_id.partner_id.tz or "Europe/Rome")

    def _get_day(self, moment):
        """The seller's day at a moment (UTC, naive)."""
        return moment.replace(tzinfo=UTC).astimezone(self._get_zone()).date()

    def _get_shop_prices(self, products, moment):
        """A :class:`.shop_prices.ShopPrice` for each product's id: VAT included, of the feed's list and position."""
        prices = ShopPrices(
            self.pricelist_id, self.company_id, self.fiscal_position_id, moment, self._get_day(moment)
        )
        products.product_tmpl_id.fetch(["taxes_id", "compare_list_price", "currency_id", "feed_is_perishable"])
        return prices.of(products)

    # === HISTORY === #

    def _get_price_series(self):
        return PriceSeries(
            self.company_id.id, self.pricelist_id.id, self.fiscal_position_id.id or None, self.currency_id.id
        )

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
        now, zone = moment.replace(tzinfo=UTC), self._get_zone()
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
            moment.replace(tzinfo=UTC),
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

    def _get_facts_of_price(self, price, offer, measure):
        """The facts of a price by the names of sources; of what there is none, nothing."""
        current = price.price
        facts = {"price": current._replace(units=offer.price), "current_price": current}
        if offer.sale_price is not None:
            facts["sale_price"] = current
            facts["former_price"] = facts["price"]
            facts["lowest_price"] = current._replace(units=offer.lowest) if offer.lowest is not None else None
            facts["sale_price_effective_date"] = self._get_sale_window(price, offer)
        if measure and (base := base_of(measure)):
            facts["unit_pricing_measure"], facts["unit_pricing_base_measure"] = measure, base
            if is_needed(measure, base):
                facts["unit_price"] = _text_of_unit_price(current, measure, base)
        return {name: value for name, value in facts.items() if value is not None}

    def _get_sale_window(self, price, offer):
        """From when to when the sale holds; None where no end of it is known."""
        starts = price.starts.replace(tzinfo=UTC) if price.starts else offer.began
        ends = price.ends.replace(tzinfo=UTC) if price.ends else None
        return window(starts, ends, self._get_zone())


def _issues_of(spec, price, offer):
    """Why the feed says something else than the shop, told at the field that would say it."""
    if offer.reason not in CODES:
        return []
    roles = (spec.by_role[role] for role in ("sale_price", "former_price", "price") if role in spec.by_role)
    field = next(roles, None)
    numbers = {
        "price": price.price.text,
        "full": price.full.text,
        "days": offer.days,
        "lowest": price.price._replace(units=offer.lowest).text if offer.lowest is not None else "",
    }
    return [issue(CODES[offer.reason], field.name if field else "price", **numbers)]


def _text_of_unit_price(current, measure, base):
    """As "3.99 EUR/l", which is how channels that have a field for it write it."""
    found = unit_price(current.units, measure, base)
    amount = Money(found.units, current.currency, current.decimals).text
    return f"{amount}/{base.unit if base.quantity == 1 else base.text}"
