"""What the database holds for the rows of a file, and the plan that comes of both."""

from decimal import Decimal

import pytz

from odoo import api, models
from odoo.fields import Domain

from ..importing import barcodes
from ..importing.facts import Facts, Price, Product, Unit, folded_path, is_plain_vat_name
from ..importing.plan import Settings, make_plan
from ..importing.units import unit_key
from ..pricing.rules import TEMPLATE, VARIANT
from .price_facts import ids_of_path


class ListinoImportFacts(models.Model):
    """What the database holds for the rows of a file, gathered in a number of queries that doesn't depend on them."""

    _inherit = "listino.import"

    def _get_plan(self):
        """Compare the file with what is there now.

        :return: list of importing.plan.Step, one a row
        """
        record = self._with_own_company()
        rows = record._read_rows()
        return make_plan(rows, record._get_facts(rows), record._get_settings())

    def _with_own_company(self):
        """The same in the company of the import alone, so that a preview and a scheduled run see the same."""
        return self.with_context(allowed_company_ids=self.company_id.ids)

    def _get_settings(self):
        return Settings(
            kind=self.kind,
            match_order=self._get_match_order(),
            create_missing=self._has_to_create_missing(),
            update_details=self.update_details,
            default_category_id=self.default_category_id.id or 0,
        )

    def _get_facts(self, rows):
        """:return: importing.facts.Facts for these rows"""
        supplier_codes = self._get_supplier_codes(rows)
        products = self._get_products(rows, {id_ for ids in supplier_codes.values() for id_ in ids})
        return Facts(
            products=self._prepare_products(products),
            supplier_codes=supplier_codes,
            foreign_barcodes=self._get_foreign_barcodes(rows, products),
            prices=self._get_prices(products),
            categories=self._get_categories(),
            units=self._get_units(),
            taxes=self._get_vat_taxes("sale"),
            currency=self.currency_id.name,
        )

    # === PRODUCTS === #

    def _get_products(self, rows, ids):
        """Every product, archived or not, that a row may be about or get in the way of."""
        domain = Domain("id", "in", list(ids))
        domain |= Domain("default_code", "in", list({row.reference for row in rows if row.reference}))
        domain |= Domain("barcode", "in", list(self._get_spellings(rows)))
        if "name" in self._get_match_order():
            domain |= Domain("name", "in", list({row.name for row in rows if row.name}))
        fields_read = ["default_code", "barcode", "active", "product_tmpl_id", "standard_price"]
        products = (
            self.env["product.product"].with_context(active_test=False).search_fetch(domain, fields_read, order="id")
        )
        products.product_tmpl_id.fetch(
            ["name", "list_price", "uom_id", "categ_id", "taxes_id", "description_sale", "active"]
        )
        return products

    def _prepare_products(self, products):
        siblings = dict(
            self.env["product.product"]._read_group(
                [("product_tmpl_id", "in", products.product_tmpl_id.ids)], ["product_tmpl_id"], ["__count"]
            )
        )
        return [self._prepare_product(product, siblings.get(product.product_tmpl_id, 0)) for product in products]

    def _prepare_product(self, product, siblings):
        template = product.product_tmpl_id
        by_variant = self.kind == "catalogue" and siblings > 1
        return Product(
            id=product.id,
            template_id=template.id,
            label=f"[{product.default_code}] {template.name}" if product.default_code else template.name,
            name=template.name,
            reference=product.default_code or "",
            barcode=product.barcode or "",
            active=product.active and template.active,
            price=product.standard_price if self.kind == "cost" else template.list_price,
            extra=product.price_extra if by_variant else 0.0,
            siblings=siblings,
            unit_id=template.uom_id.id,
            category_id=template.categ_id.id or 0,
            tax_ids=tuple(template.taxes_id.ids),
            description=template.description_sale or "",
        )

    @api.model
    def _get_spellings(self, rows):
        """All ways in which the barcodes of rows may be written in the database."""
        return {spelling for row in rows if row.barcode for spelling in barcodes.spellings(row.barcode)}

    def _get_foreign_barcodes(self, rows, products):
        """Barcodes of packagings and of products of other companies: a new product can't have them either."""
        spellings = list(self._get_spellings(rows))
        domain = Domain("barcode", "in", spellings)
        others = self.env["product.product"].sudo()  # barcodes are unique beyond what the user may see
        found = others._read_group(domain & Domain("id", "not in", products.ids), ["barcode"])
        found += self.env["product.uom"].sudo()._read_group(domain, ["barcode"])  # the same
        return {barcodes.key(barcode) for (barcode,) in found}

    def _get_supplier_codes(self, rows):
        """:return: dict vendor's code -> set of ids of the products it stands for"""
        codes = list({row.supplier_code for row in rows if row.supplier_code})
        if not codes or not self.partner_id:
            return {}
        infos = self.env["product.supplierinfo"].search_fetch(
            [("partner_id", "=", self.partner_id.id), ("product_code", "in", codes)],
            ["product_code", "product_id", "product_tmpl_id"],
            order="id",
        )
        variants = self._get_variants(infos.filtered(lambda info: not info.product_id).product_tmpl_id)
        result = {}
        for info in infos:
            ids = info.product_id.ids or variants.get(info.product_tmpl_id.id, [])
            result.setdefault(info.product_code, set()).update(ids)
        return result

    def _get_variants(self, templates):
        """:return: dict template id -> ids of its active variants"""
        groups = self.env["product.product"]._read_group(
            [("product_tmpl_id", "in", templates.ids)], ["product_tmpl_id"], ["id:array_agg"]
        )
        return {template.id: ids for template, ids in groups}

    # === PRICES THAT ARE THERE === #

    def _get_prices(self, products):
        """:return: dict (product id, minimum quantity, start, end) -> importing.facts.Price"""
        if self.kind == "pricelist":
            return self._get_pricelist_prices(products)
        if self.kind == "competitor":
            return self._get_competitor_prices(products)
        return self._get_supplier_prices(products) if self.kind == "supplier" else {}

    def _get_competitor_prices(self, products):
        found = self.env["listino.competitor.price"].search_fetch(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("currency_id", "=", self.currency_id.id),
                ("product_id", "in", products.ids),
            ],
            ["product_id", "min_quantity", "date_start", "date_end", "price"],
        )
        return {
            (price.product_id.id, price.min_quantity, price.date_start or None, price.date_end or None): Price(
                price.id, price.price
            )
            for price in found
        }

    def _get_pricelist_prices(self, products):
        items = self.env["product.pricelist.item"].search_fetch(
            [
                ("pricelist_id", "=", self.pricelist_id.id),
                ("compute_price", "=", "fixed"),
                ("applied_on", "in", (VARIANT, TEMPLATE)),
                ("product_tmpl_id", "in", products.product_tmpl_id.ids),
            ],
            ["product_id", "product_tmpl_id", "min_quantity", "date_start", "date_end", "fixed_price"],
            order="id",
        )
        prices = {}
        variants = self._get_variants(items.product_tmpl_id)
        for item in items:
            moment = (item.min_quantity, self._get_local_date(item.date_start), self._get_local_date(item.date_end))
            for product_id in self._get_priced_ids(item, variants):
                prices[(product_id, *moment)] = Price(item.id, item.fixed_price)
        return prices

    def _get_supplier_prices(self, products):
        infos = self.env["product.supplierinfo"].search_fetch(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "in", (False, self.company_id.id)),
                ("currency_id", "=", self.currency_id.id),
                ("product_tmpl_id", "in", products.product_tmpl_id.ids),
            ],
            ["product_id", "product_tmpl_id", "min_qty", "date_start", "date_end", "price", "discount", "product_code"],
            order="id desc",
        )
        prices = {}
        variants = self._get_variants(infos.product_tmpl_id)
        for info in infos:
            moment = (info.min_qty, info.date_start or None, info.date_end or None)
            price = Price(info.id, info.price, info.discount, info.product_code or "", info.product_uom_id.id)
            for product_id in self._get_priced_ids(info, variants):
                prices[(product_id, *moment)] = price
        return prices

    def _get_priced_ids(self, rule, variants):
        """The variant a price is for; a price of a template counts where that has one variant alone."""
        siblings = variants.get(rule.product_tmpl_id.id, [])
        return rule.product_id.ids or (siblings if len(siblings) == 1 else [])

    def _get_local_date(self, moment):
        """The day of a stored moment, as the file would have it."""
        return pytz.utc.localize(moment).astimezone(self._get_zone()).date() if moment else None

    def _get_zone(self):
        """The time zone of the days in a file, to read rules and to write them: the user's own, else Italy's.

        Never the context's: that of a request is another one than that of the scheduled action.
        """
        return pytz.timezone(self.env.user.tz or "Europe/Rome")

    # === CATEGORIES, UNITS, TAXES === #

    def _get_categories(self):
        """:return: dict folded path of names -> category id, the older one where two are called the same"""
        categories = self.env["product.category"].search_fetch([], ["name", "parent_path"], order="id desc")
        names = {category.id: category.name for category in categories}
        return {
            folded_path(names[id_] for id_ in ids_of_path(category.parent_path)): category.id for category in categories
        }

    def _get_units(self):
        """:return: dict unit key -> importing.facts.Unit, by the names in the user's language and in English"""
        units = {}
        for lang in (self.env.lang, "en_US"):
            for unit in self.env["uom.uom"].with_context(lang=lang).search_fetch([], ["name", "factor", "parent_path"]):
                root = unit.parent_path.split("/")[0]
                units.setdefault(unit_key(unit.name), Unit(unit.id, unit.name, unit.factor, root))
        return units

    def _get_vat_taxes(self, use):
        """The tax of each VAT rate for goods: the company's default first, then those that are plain VAT by name.

        :param str use: ``sale`` or ``purchase``
        :return: dict rate as Decimal -> tax id
        """
        default = self.company_id[f"account_{use}_tax_id"]
        taxes = self.env["account.tax"].search(
            [
                *self.env["account.tax"]._check_company_domain(self.company_id),
                ("type_tax_use", "=", use),
                ("amount_type", "=", "percent"),
                ("tax_scope", "!=", "service"),
            ]
        )
        taxes = taxes.sorted(lambda tax: (tax != default, tax.price_include != default.price_include, tax.sequence))
        rates = {}
        for tax in taxes:
            rate = Decimal(repr(tax.amount)).normalize()
            if tax == default or is_plain_vat_name(tax.name, rate):
                rates.setdefault(rate, tax.id)
        return rates
