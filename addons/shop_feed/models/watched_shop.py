"""What feeds tell of prices, taxes, stock, languages and addresses."""

from odoo import models

VARIANT, PRODUCT, CATEGORY = "0_product_variant", "1_product", "2_product_category"


class ProductPricelist(models.Model):
    _name = "product.pricelist"
    _inherit = ["product.pricelist", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"breaks_pricelist_id", "currency_id", "selectable"})


class ProductPricelistItem(models.Model):
    _name = "product.pricelist.item"
    _inherit = ["product.pricelist.item", "shop.feed.watched"]

    _feed_watched = frozenset(
        {
            "applied_on",
            "base",
            "base_pricelist_id",
            "categ_id",
            "compute_price",
            "date_end",
            "date_start",
            "feed_campaign",
            "fixed_price",
            "min_quantity",
            "percent_price",
            "price_discount",
            "price_markup",
            "price_max_margin",
            "price_min_margin",
            "price_round",
            "price_surcharge",
            "pricelist_id",
            "product_id",
            "product_tmpl_id",
        }
    )

    def _get_feed_marks(self, vals):
        """Those to whom a rule gives a price; a rule for all concerns its list, and those that are based on it."""
        for_all = self.filtered(lambda item: item.applied_on not in (VARIANT, PRODUCT, CATEGORY))
        return [
            self.filtered(lambda item: item.applied_on == VARIANT).product_id,
            self.filtered(lambda item: item.applied_on == PRODUCT).product_tmpl_id,
            self.filtered(lambda item: item.applied_on == CATEGORY).categ_id,
            for_all.pricelist_id,
        ]


class AccountTax(models.Model):
    _name = "account.tax"
    _inherit = ["account.tax", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset(
        {
            "active",
            "amount",
            "amount_type",
            "children_tax_ids",
            "company_id",
            "fiscal_position_ids",
            "include_base_amount",
            "is_base_affected",
            "original_tax_ids",
            "price_include_override",
            "sequence",
        }
    )


class AccountFiscalPosition(models.Model):
    _name = "account.fiscal.position"
    _inherit = ["account.fiscal.position", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"tax_ids"})


class ResCurrency(models.Model):
    _name = "res.currency"
    _inherit = ["res.currency", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"name", "rounding"})


class ResCurrencyRate(models.Model):
    _name = "res.currency.rate"
    _inherit = ["res.currency.rate", "shop.feed.watched"]

    _feed_watched = frozenset({"company_id", "company_rate", "currency_id", "inverse_company_rate", "name", "rate"})


class StockQuant(models.Model):
    _name = "stock.quant"
    _inherit = ["stock.quant", "shop.feed.watched"]

    _feed_watched = frozenset({"location_id", "product_id", "quantity", "reserved_quantity"})

    def _get_feed_marks(self, vals):
        return [self.product_id]


class StockLocation(models.Model):
    _name = "stock.location"
    _inherit = ["stock.location", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"active", "company_id", "location_id", "usage"})


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset(
        {"account_price_include", "currency_id", "name", "resource_calendar_id", "tax_calculation_rounding_method"}
    )


class ResLang(models.Model):
    _name = "res.lang"
    _inherit = ["res.lang", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"active", "decimal_point", "url_code"})


class Website(models.Model):
    _name = "website"
    _inherit = ["website", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"company_id", "default_lang_id", "domain", "language_ids", "name", "warehouse_id"})


class UtmSource(models.Model):
    _name = "utm.source"
    _inherit = ["utm.source", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"name"})


class UtmMedium(models.Model):
    _name = "utm.medium"
    _inherit = ["utm.medium", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"name"})


class UtmCampaign(models.Model):
    _name = "utm.campaign"
    _inherit = ["utm.campaign", "shop.feed.watched"]

    _feed_watches_new = False
    _feed_watched = frozenset({"name", "title"})


class IrConfigParameter(models.Model):
    _name = "ir.config_parameter"
    _inherit = ["ir.config_parameter", "shop.feed.watched"]

    _feed_watched = frozenset({"key", "value"})

    def _get_feed_marks(self, vals):
        """The address of everything that has none of its own."""
        return [self.filtered(lambda parameter: parameter.key == "web.base.url")]
