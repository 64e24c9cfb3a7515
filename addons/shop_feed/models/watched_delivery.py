"""What feeds tell of ways to deliver and to pay, and of goods on their way to the warehouse."""

from odoo import api, models
from odoo.fields import Domain


class DeliveryCarrier(models.Model):
    _name = "delivery.carrier"
    _inherit = ["delivery.carrier", "shop.feed.watched"]

    _feed_watched = frozenset(
        {
            "active",
            "amount",
            "company_id",
            "country_ids",
            "delivery_type",
            "excluded_tag_ids",
            "fixed_margin",
            "fixed_price",
            "free_over",
            "is_published",
            "margin",
            "max_volume",
            "max_weight",
            "must_have_tag_ids",
            "name",
            "product_id",
            "sequence",
            "state_ids",
            "website_id",
            "zip_prefix_ids",
        }
    )

    @api.model
    def _get_of_services(self, products):
        """Carriers whose price is that of one of these products; of goods nothing is asked."""
        products = products.sudo()  # whoever rates or receives one need not see it
        services = products.filtered(lambda product: product.type == "service")
        if not services:
            return self.browse()
        path = "product_id" if products._name == "product.product" else "product_id.product_tmpl_id"
        carriers = self.sudo().with_context(active_test=False)  # whoever prices a service need not see carriers
        return carriers.search(Domain(path, "in", services.ids))


class DeliveryPriceRule(models.Model):
    _name = "delivery.price.rule"
    _inherit = ["delivery.price.rule", "shop.feed.watched"]

    _feed_watched = frozenset(
        {
            "carrier_id",
            "list_base_price",
            "list_price",
            "max_value",
            "operator",
            "sequence",
            "variable",
            "variable_factor",
        }
    )

    def _get_feed_marks(self, vals):
        return [self.carrier_id]


class PaymentProvider(models.Model):
    _name = "payment.provider"
    _inherit = ["payment.provider", "shop.feed.watched"]

    _feed_watched = frozenset({"company_id", "is_published", "state", "website_id"})


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move", "shop.feed.watched"]

    _feed_watched = frozenset({"date", "location_dest_id", "location_id", "product_id", "product_uom_qty", "state"})

    def _get_feed_marks(self, vals):
        """Products of which a feed tells when there will be more; where none does, moves are nobody's business."""
        return [self.product_id] if self.env["shop.feed"]._follows_receipts() else []
