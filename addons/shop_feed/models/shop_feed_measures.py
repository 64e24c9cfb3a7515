"""Net quantities and the price of a unit of measure."""

from odoo import models

from ..channels.amounts import Money
from ..pricing.unit_price import base_of, is_needed, unit_price
from .net_quantities import NetQuantities

COUNT = "ct"  # goods by the piece are not sold by measure


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_measure_facts(self, products, moment):
        """What one piece holds, and for how much of it the unit price is told."""
        quantities = NetQuantities(self.env)
        measures = {product.id: quantities.of(product) for product in products}
        return {
            product_id: {"unit_pricing_measure": measure, "unit_pricing_base_measure": base_of(measure)}
            for product_id, measure in measures.items()
            if measure
        }

    def _get_unit_price(self, facts):
        """The price of a kilo, litre or metre in words, such as ``16,67 EUR/l``; none where it is the price itself."""
        measure, base = facts.get("unit_pricing_measure"), facts.get("unit_pricing_base_measure")
        if measure and base and not is_needed(measure, base):
            return ""
        price = facts.get("current_price") or facts.get("price")
        found = unit_price(price.units, measure, base) if measure and base and isinstance(price, Money) else None
        if not found:
            return ""
        bare = Money(found.units, price.currency, price.decimals).bare
        unit = base.unit if base.quantity == 1 else base.text
        return f"{bare.replace('.', self.lang_id.decimal_point)} {price.currency}/{unit}"

    def _is_by_measure(self, facts):
        measure = facts.get("unit_pricing_measure")
        return bool(measure) and measure.unit != COUNT
