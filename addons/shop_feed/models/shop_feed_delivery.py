"""Delivery and payment: what the checkout adds to the price of one piece."""

from odoo import models
from odoo.fields import Domain

from ..channels.amounts import Money
from .delivery_costs import DeliveryCosts

PARCEL = "parcel"  # no source: a piece and the ways that it may go, from which costs follow once its price is known
COSTS = frozenset({"shipping", "delivery_cost"})


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_delivery_facts(self, products, moment):
        """The parcel that each product makes. A shop elsewhere has its own ways, which the mapping says by a text."""
        costs = DeliveryCosts(self, self._read_shop_prices(moment))
        return {product.id: {PARCEL: (costs, costs.parcel(product))} for product in products}

    def _get_delivery_costs(self, facts):
        """What delivery costs, which depends on what is paid for the goods.

        All ways for channels that know ways; the cheapest one where a channel has one amount.
        """
        if PARCEL not in facts:
            return {}
        costs, parcel = facts[PARCEL]
        price = facts.get("current_price")
        found = costs.of(parcel, price) if isinstance(price, Money) else []
        if not found:
            return {}
        country = self.country_id.code
        return {
            "shipping": [{"country": country, "service": name, "price": cost} for name, cost in found],
            "delivery_cost": min((cost for _name, cost in found), key=lambda cost: cost.units),
        }

    def _get_payment_facts(self, products, moment):
        """Nothing where the website takes payments: no way of paying costs more in Odoo's checkout than another."""
        currency = self.currency_id
        cost = Money(0, currency.name, currency.decimal_places) if self._takes_payments() else ""
        return {product.id: {"payment_cost": cost} for product in products}

    def _takes_payments(self):
        live = Domain("state", "=", "enabled") & Domain("is_published", "=", True)
        here = Domain("website_id", "in", (False, self.website_id.id)) & Domain("company_id", "=", self.company_id.id)
        return bool(self.website_id and self.env["payment.provider"].search_count(live & here, limit=1))
