"""Old prices on the shop's pages, as far as the thirty days before bear them out."""

from odoo import models
from odoo.http import request

from .website_guard import ALL


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def _get_additionnal_combination_info(self, product_or_template, quantity, uom, date, website):
        # OVERRIDE: no old price beside a reduction that may not be announced.
        info = super()._get_additionnal_combination_info(product_or_template, quantity, uom, date, website)
        name = "list_price" if info["has_discounted_price"] else "compare_list_price"
        if (info.get(name) or 0) <= info["price"]:
            return info
        announced = website._get_announced(product_or_template, request.pricelist, request.fiscal_position)
        share, days = announced.get(product_or_template.id, ALL)
        if share == 1.0:
            return {**info, "feed_days": days}
        old_price = info["currency"].round(info[name] * share)
        is_announced = info["currency"].compare_amounts(old_price, info["price"]) > 0
        if name == "compare_list_price":
            info[name] = old_price if is_announced else 0
        else:
            info.update(list_price=old_price if is_announced else info["price"], has_discounted_price=is_announced)
        return {**info, "feed_days": days if is_announced else 0}

    def _get_sales_prices(self, website):
        # OVERRIDE: no old price beside a reduction that may not be announced.
        prices = super()._get_sales_prices(website)
        reduced = self.filtered(
            lambda template: prices[template.id].get("base_price", 0) > prices[template.id]["price_reduce"]
        )
        announced = website._get_announced(reduced, request.pricelist, request.fiscal_position)
        for template_id, (share, _days) in announced.items():
            values = prices[template_id]
            values["base_price"] = website.currency_id.round(values["base_price"] * share)
            if website.currency_id.compare_amounts(values["base_price"], values["price_reduce"]) <= 0:
                del values["base_price"]
        return prices
