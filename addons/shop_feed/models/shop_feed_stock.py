"""Whether a product can be had, as the shop's own page says it."""

from math import floor

from odoo import models

IN_STOCK, OUT_OF_STOCK = "in_stock", "out_of_stock"


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_stock_facts(self, products, moment):
        """Free goods in the website's warehouse; what may be sold without stock is in stock, as on its page."""
        facts = {}
        for product in products:
            free = self._get_free_quantity(product) if product.is_storable else None
            is_lacking = free is not None and free <= 0 and not product.allow_out_of_stock_order
            facts[product.id] = {"availability": OUT_OF_STOCK if is_lacking else IN_STOCK}
            if free is not None:
                facts[product.id]["quantity"] = max(floor(free), 0)
        return facts

    def _get_free_quantity(self, product):
        """Worked out for all products of the chunk at the first question; a shop elsewhere sells from all stock."""
        return self.website_id._get_product_available_qty(product) if self.website_id else product.free_qty
