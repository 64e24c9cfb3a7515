"""Prices for consumers, VAT included: by the feed's list and fiscal position, never by who fetches."""

from decimal import Decimal

from odoo import models

from ..channels.amounts import Money

BY_FORMULA = "code"  # taxes that look at the product, which others do not


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_price_facts(self, products, moment):
        """What each product costs at a moment: facts as :meth:`_get_fact_themes` says.

        No reduction is announced: that takes the prices of the days before.
        """
        grid = self.pricelist_id._get_price_grid(products, [1.0], date=moment)
        taxed = {}
        facts = {}
        for product in products:
            [(price, _rule_id)] = grid[product.id]
            taxes = product.taxes_id._filter_taxes_by_company(self.company_id)
            by_formula = product.id if BY_FORMULA in taxes.flatten_taxes_hierarchy().mapped("amount_type") else None
            key = (taxes._ids, price, by_formula)
            if key not in taxed:
                taxed[key] = self._get_taxed_price(product, taxes, price)
            facts[product.id] = {"price": taxed[key], "current_price": taxed[key]}
        return facts

    def _get_taxed_price(self, product, taxes, price):
        """A price as the page of the product shows it with taxes included."""
        mapped = self.fiscal_position_id.map_tax(taxes)
        price = product._get_tax_included_unit_price_from_price(price, taxes, product_taxes_after_fp=mapped)
        currency = self.currency_id
        included = mapped.compute_all(price, currency, 1, product, self.env["res.partner"])["total_included"]
        return self._get_money(currency.round(included))

    def _get_money(self, amount):
        """An amount of the feed's currency."""
        decimals = self.currency_id.decimal_places
        return Money(int(Decimal(f"{amount:.{decimals}f}").scaleb(decimals)), self.currency_id.name, decimals)
