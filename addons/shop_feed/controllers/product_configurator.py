"""Old prices in the shop's product configurator."""

from odoo.http import request

from odoo.addons.website_sale.controllers.product_configurator import WebsiteSaleProductConfiguratorController

from ..models.website_guard import ALL


class GuardedProductConfigurator(WebsiteSaleProductConfiguratorController):
    def _get_strikethrough_price(self, product_or_template, currency, date, price, pricelist_rule_id=None):
        # OVERRIDE: no old price beside a reduction that may not be announced.
        old_price = super()._get_strikethrough_price(product_or_template, currency, date, price, pricelist_rule_id)
        if not old_price:
            return old_price
        website, record = request.website, product_or_template
        announced = website._get_announced(record, request.pricelist, request.fiscal_position)
        old_price = currency.round(old_price * announced.get(record.id, ALL).share)
        return old_price if currency.compare_amounts(old_price, price) > 0 else None
