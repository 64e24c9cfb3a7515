"""Net quantities and the price of a unit of measure."""

from decimal import Decimal

from odoo import models

from ..channels.amounts import Measure, Money
from ..pricing.unit_price import SCALES, base_of, unit_price

COUNT = "ct"  # goods by the piece are not sold by measure


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_measure_facts(self, products, moment):
        """What one piece holds, and for how much of it the unit price is told."""
        facts = {}
        for product in products:
            measure = self._get_measure(product)
            if measure:
                facts[product.id] = {"unit_pricing_measure": measure, "unit_pricing_base_measure": base_of(measure)}
        return facts

    def _get_measure(self, product):
        """What was entered for channels; otherwise what the shop's own price of a unit says."""
        template = product.product_tmpl_id
        if template.feed_quantity > 0 and template.feed_unit:
            return Measure(Decimal(f"{template.feed_quantity:.3f}").normalize(), template.feed_unit)
        unit = (product.base_unit_id.name or "").strip().casefold()
        if product.base_unit_count > 0 and unit in SCALES:
            return Measure(Decimal(f"{product.base_unit_count:.6f}").normalize(), unit)
        return None

    def _get_unit_price(self, facts):
        """The price of a kilo, litre or metre in words, such as ``16,67 EUR/l``."""
        measure, base = facts.get("unit_pricing_measure"), facts.get("unit_pricing_base_measure")
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
