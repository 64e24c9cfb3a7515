"""What the checkout of a feed's website would ask for bringing one piece to a customer in the feed's country."""

from odoo.fields import Domain

from ..pricing.delivery import Parcel, Step, Way

RECKONED = ("fixed", "base_on_rule")  # others ask a carrier's server, or are no delivery at all, such as in the shop
COUNTRY_WIDE = Domain("state_ids", "=", False) & Domain("zip_prefix_ids", "=", False)


class DeliveryCosts:
    """The ways of delivery that hold in the whole country, read once for many products.

    :param feed: in its own terms
    :param ShopPrices prices: of the feed's list at the moment of the build
    """

    def __init__(self, feed, prices):
        self._feed, self._prices = feed, prices
        carriers = self._search()
        self._carriers = {carrier.id: carrier for carrier in carriers}
        self._ways = [_way(carrier) for carrier in carriers]
        fixed = carriers.filtered(lambda carrier: carrier.delivery_type == "fixed").product_id
        self._fixed = {product_id: shown.price for product_id, shown in prices.of(fixed).items()} if fixed else {}
        self._taxed = {}

    def _search(self):
        """As the checkout finds them, :meth:`sale.order._get_delivery_methods`."""
        feed = self._feed
        carriers = feed.env["delivery.carrier"]
        if not feed.website_id:
            return carriers
        return carriers.search(
            Domain("is_published", "=", True)
            & Domain("website_id", "in", (False, feed.website_id.id))
            & Domain("company_id", "in", (False, feed.company_id.id))
            & Domain("delivery_type", "in", RECKONED)
            & (Domain("country_ids", "=", False) | Domain("country_ids", "in", feed.country_id.ids))
            & COUNTRY_WIDE
        )

    def parcel(self, product):
        """One piece of a product, its price still to be put in."""
        return Parcel(0.0, product.weight, product.volume, frozenset(product.all_product_tag_ids.ids))

    def of(self, parcel, price):
        """Pairs of a way's name and what it costs with VAT, for one piece at a price, in the checkout's order.

        :param Parcel parcel: see :meth:`parcel`
        :param Money price: what is paid for it
        """
        paid = self._prices.in_company_currency(price)
        parcel = parcel._replace(price=paid)
        costs = ((way, self._cost(way, parcel)) for way in self._ways if way.takes(parcel))
        return [(self._carriers[way.id].name, cost) for way, cost in costs if cost is not None]

    def _cost(self, way, parcel):
        product = self._carriers[way.id].product_id
        if way.steps is None:
            fixed = self._fixed[product.id]
            return fixed._replace(units=0) if way.is_free(parcel) else fixed
        cost = way.cost(parcel)
        return None if cost is None else self._with_vat(product, cost)

    def _with_vat(self, product, cost):
        """Few rules serve many products."""
        key = (product.id, cost)
        if key not in self._taxed:
            self._taxed[key] = self._prices.taxed(product.product_tmpl_id, cost)
        return self._taxed[key]


def _way(carrier):
    is_fixed = carrier.delivery_type == "fixed"
    return Way(
        carrier.id,
        steps=None if is_fixed else tuple(_step(rule) for rule in carrier.price_rule_ids),
        free_from=carrier.amount if carrier.free_over and is_fixed else None,
        margin=carrier.margin,
        fixed_margin=carrier.fixed_margin,
        max_weight=carrier.max_weight,
        max_volume=carrier.max_volume,
        needed_tags=frozenset(carrier.must_have_tag_ids.ids),
        excluded_tags=frozenset(carrier.excluded_tag_ids.ids),
    )


def _step(rule):
    return Step(
        rule.variable, rule.operator, rule.max_value, rule.list_base_price, rule.list_price, rule.variable_factor
    )
