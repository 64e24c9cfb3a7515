"""Old prices in the shop's product configurator."""

from odoo.http import request

from odoo.addons.website_sale.controllers.product_configurator import WebsiteSaleProductConfiguratorController


class GuardedProductConfigurator(WebsiteSaleProductConfiguratorController):
    def _get_strikethrough_price(self, product_or_template, currency, date, price, pricelist_rule_id=None):
        # OVERRIDE: no old price beside a reduction that may not be announced.
        old_price = super()._get_strikethrough_price(product_or_template, currency, date, price, pricelist_rule_id)
        if not old_price:
            return old_price
        shares = request.website._get_announced_shares(product_or_template, request.pricelist, request.fiscal_position)
        old_price = currency.round(old_price * shares.get(product_or_template.id, 1.0))
        return old_price if currency.compare_amounts(old_price, price) > 0 else None
