"""Whether a product can be had, as the shop's own page says it, and from when."""

from datetime import timezone
from math import floor

from odoo import api, fields, models, tools
from odoo.fields import Domain

from .shop_feed_facts import CHANGES

IN_STOCK, OUT_OF_STOCK, BACKORDER = "in_stock", "out_of_stock", "backorder"
PLANNED = ("waiting", "confirmed", "partially_available", "assigned")  # receipts that have not come yet


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    backorders = fields.Selection(
        [
            ("page", "In stock, as the shop's page says"),
            ("dated", "On backorder, with the day of the receipt that is planned"),
        ],
        string="Sold Without Stock",
        required=True,
        default="page",
        help="Of goods that customers may order while there are none. Where no receipt is planned, nobody knows a day, "
        "and they go out as the page says.",
    )

    @api.model
    @tools.ormcache()
    def _follows_receipts(self):
        """Whether any feed tells when there will be more: asked at each step of each delivery, and so remembered."""
        dated = Domain("active", "=", True) & Domain("backorders", "=", "dated")
        return bool(self.sudo().search_count(dated, limit=1))  # whoever moves goods need not see feeds

    def _get_stock_facts(self, products, moment):
        """Free goods in the website's warehouse; what may be sold without stock is in stock, as on its page."""
        quantities = {product: self._get_free_quantity(product) for product in products if product.is_storable}
        lacking = products.filtered(lambda product: quantities.get(product, 1) <= 0)
        sold = lacking.filtered("allow_out_of_stock_order")
        receipts = self._get_receipts(sold, moment) if self.backorders == "dated" and sold else {}
        facts = {}
        for product in products:
            facts[product.id] = {"availability": OUT_OF_STOCK if product in lacking - sold else IN_STOCK}
            if product in quantities:
                facts[product.id]["quantity"] = max(floor(quantities[product]), 0)
            if receipt := receipts.get(product.id):
                facts[product.id] |= {
                    "availability": BACKORDER,
                    "availability_date": receipt.astimezone(self._get_zone()),
                    CHANGES: [receipt],
                }
        return facts

    def _get_free_quantity(self, product):
        """Worked out for all products of the chunk at the first question; a shop elsewhere sells from all stock."""
        return self.website_id._get_product_available_qty(product) if self.website_id else product.free_qty

    def _get_receipts(self, products, moment):
        """When there will be a piece that is promised to nobody yet, by product id; nothing where no receipt says it.

        A receipt that is overdue has no day: it does not count until somebody gives it another one.
        """
        products = products.with_context(warehouse_id=self.website_id.warehouse_id.id)
        _quants, incoming, _outgoing = products._get_domain_locations()
        moves = self.env["stock.move"].search_fetch(
            Domain("product_id", "in", products.ids)
            & Domain("state", "in", PLANNED)
            & Domain("date", ">", moment)
            & Domain(incoming),
            ["product_id", "product_qty", "date"],
            order="date, id",
        )
        free = {product.id: product.qty_available - product.outgoing_qty for product in products}
        receipts = {}
        for move in moves:
            product_id = move.product_id.id
            free[product_id] += move.product_qty
            if free[product_id] > 0:
                receipts.setdefault(product_id, move.date.replace(tzinfo=timezone.utc))
        return receipts
