"""The plan of an import, written into products and prices."""

from collections import defaultdict
from datetime import datetime, time

import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, format_amount

from ..importing.facts import folded_path
from ..pricing.rules import TEMPLATE, VARIANT
from .listino_import import PRICES_BESIDE_PRODUCTS
from .price_reason import IMPORT, KEY, QUIET, PriceReason

CHUNK = 1000


class ListinoImportApply(models.Model):
    """Writing a plan, inside the savepoint of the caller."""

    _inherit = "listino.import"

    def _apply(self, progress):
        """Write what the preview showed, after making sure that it is still what would happen.

        :param progress: the listino.import.progress to report to; may be empty
        """
        self._check_manager()  # both again: a waiting import may begin after its user has lost a right
        self._check_product_rights()
        record = self._with_own_company().with_context(**QUIET, **{KEY: PriceReason(IMPORT, self.name)})
        steps = record._get_plan()
        if record._get_digest(steps) != record.plan_digest:
            raise UserError(
                record.env._("Products or prices have changed since the preview. Look at a new preview, then import.")
            )
        report = Report(progress, steps)
        categories = record._create_categories(steps)
        created = record._create_products(steps, categories, report)
        record._update_details(steps, categories)
        record._write_prices(steps, created, report)
        record._link_lines(steps, created)
        record._refresh_statistics(report)

    # === CATEGORIES AND PRODUCTS === #

    def _create_categories(self, steps):
        """Create the missing categories, one level at a time.

        :return: dict folded path -> category id, old and new
        """
        known = self._get_categories()
        wanted = {step.new_category for step in steps if step.new_category and step.action in ("create", "update")}
        for depth in range(1, max(map(len, wanted), default=0) + 1):
            missing = {folded_path(path[:depth]): path[:depth] for path in sorted(wanted) if len(path) >= depth}
            missing = {folded: path for folded, path in missing.items() if folded not in known}
            created = self.env["product.category"].create(
                [{"name": path[-1], "parent_id": known.get(folded[:-1], False)} for folded, path in missing.items()]
            )
            known.update(zip(missing, created.ids, strict=True))
        return known

    def _create_products(self, steps, categories, report):
        """:return: dict identity of a step -> the product created for it"""
        steps = [step for step in steps if step.action == "create"]
        purchase_taxes = self._get_vat_taxes("purchase")
        created = {}
        for chunk in _chunks(steps):
            values = [self._prepare_product_vals(step, categories, purchase_taxes) for step in chunk]
            # Through the variant: created through the template, barcode and reference cost four queries a product.
            products = self.env["product.product"].create(values)
            created.update(zip((step.identity for step in chunk), products, strict=True))
            self.env.flush_all()
            self.env.invalidate_all()
            report.advance(len(chunk))
        return created

    def _prepare_product_vals(self, step, categories, purchase_taxes):
        """The values of a new product.

        :param importing.plan.Step step: what creates it
        :param dict categories: folded path -> category id
        :param dict purchase_taxes: VAT rate -> purchase tax id
        """
        row = step.row
        values = {
            "name": row.name,
            "default_code": row.reference or False,
            "barcode": row.barcode or False,
            "description_sale": row.description or False,
            "type": "consu",
            "list_price": step.new_price if self.kind in ("catalogue", "pricelist") else 0.0,
        }
        if self.kind == "cost":
            values["standard_price"] = step.new_price
        if step.unit_id:
            values["uom_id"] = step.unit_id
        if step.new_category or step.category_id:
            values["categ_id"] = categories.get(folded_path(step.new_category)) or step.category_id
        if step.tax_id:
            values["taxes_id"] = [Command.set([step.tax_id])]
            if row.vat.normalize() in purchase_taxes:
                values["supplier_taxes_id"] = [Command.set([purchase_taxes[row.vat.normalize()]])]
        return values

    def _update_details(self, steps, categories):
        """Names, categories, taxes and the like of products that are there."""
        for step in steps:
            if step.action == "update" and step.changes:
                product = self.env["product.product"].browse(step.product.id)
                product.write(self._prepare_detail_vals(step, product, categories))

    def _prepare_detail_vals(self, step, product, categories):
        columns = {"name": "name", "description": "description_sale", "barcode": "barcode", "reference": "default_code"}
        values = {column: step.changes[name] for name, column in columns.items() if name in step.changes}
        if "category" in step.changes:
            values["categ_id"] = categories.get(folded_path(step.new_category)) or step.category_id
        if "vat" in step.changes:
            taxes = product.sudo().taxes_id  # those of other companies are out of sight, and stay
            replaced = taxes.filtered(lambda tax: tax.company_id == self.company_id)
            values["taxes_id"] = [Command.unlink(tax.id) for tax in replaced] + [Command.link(step.tax_id)]
        return values

    # === PRICES === #

    def _write_prices(self, steps, created, report):
        """Prices that live beside the product for every row, prices of the product itself where it was there before."""
        if self.kind in PRICES_BESIDE_PRODUCTS:
            self._write_price_records([step for step in steps if step.action in ("create", "update")], created, report)
        else:
            self._write_product_prices([step for step in steps if step.action == "update" and step.product], report)

    def _write_product_prices(self, steps, report):
        """Sales prices (on the template) and costs (on the variant); one write for all products of one price."""
        model, field_name = ("product.template", "list_price")
        if self.kind == "cost":
            model, field_name = ("product.product", "standard_price")
        groups, bodies = defaultdict(list), {}
        for step in steps:
            if step.old_price == step.new_price:
                continue
            record_id = step.product.id if self.kind == "cost" else step.product.template_id
            groups[step.new_price - step.product.extra].append(record_id)
            bodies[step.product.template_id] = self._get_price_note(step)
        for price, ids in groups.items():
            self.env[model].browse(ids).write({field_name: price})
            report.advance(len(ids))
        self._log_prices(bodies)

    def _get_price_note(self, step):
        old, new = (format_amount(self.env, price, self.currency_id) for price in (step.old_price, step.new_price))
        return self.env._("Price: %(old)s → %(new)s (import of %(file)s)", old=old, new=new, file=self.name)

    def _log_prices(self, bodies):
        """Note the changed prices on the products, as tracking would, in batches."""
        for ids in _chunks(list(bodies)):
            templates = self.env["product.template"].browse(ids)
            templates._message_log_batch({template.id: bodies[template.id] for template in templates})

    def _write_price_records(self, steps, created, report):
        """Rules of the price list, prices of the vendor or competitor: new ones in batches, old ones by price."""
        model = PRICES_BESIDE_PRODUCTS[self.kind]
        prepare = {
            "pricelist": self._prepare_item_vals,
            "supplier": self._prepare_supplierinfo_vals,
            "competitor": self._prepare_competitor_price_vals,
        }[self.kind]
        for chunk in _chunks([step for step in steps if not step.price_record]):
            products = [
                created.get(step.identity) or self.env["product.product"].browse(step.product.id) for step in chunk
            ]
            self.env[model].create([prepare(step, product) for step, product in zip(chunk, products, strict=True)])
            report.advance(len(chunk))
        for step in steps:
            if step.price_record:
                self.env[model].browse(step.price_record.id).write(self._prepare_new_price_vals(step))
                report.advance(1)

    def _prepare_new_price_vals(self, step):
        """What changes in a price that is there."""
        if self.kind == "pricelist":
            return {"fixed_price": step.new_price}
        if self.kind == "competitor":
            return {"price": step.new_price, "seen_date": fields.Date.context_today(self)}
        values = {"price": step.new_price, "discount": float(step.row.discount or 0)}
        if step.row.supplier_code:
            values["product_code"] = step.row.supplier_code
        if step.unit_id:
            values["product_uom_id"] = step.unit_id
        return values

    def _prepare_item_vals(self, step, product):
        """A fixed price in the list, for the product or, where that has several, its variant."""
        is_variant = bool(step.product) and step.product.siblings > 1
        quantity, start, end = step.moment
        return {
            "pricelist_id": self.pricelist_id.id,
            "applied_on": VARIANT if is_variant else TEMPLATE,
            "product_tmpl_id": product.product_tmpl_id.id,
            "product_id": product.id if is_variant else False,
            "compute_price": "fixed",
            "fixed_price": step.new_price,
            "min_quantity": quantity,
            "date_start": self._get_utc(start, time.min),
            "date_end": self._get_utc(end, time(23, 59, 59)),
        }

    def _prepare_supplierinfo_vals(self, step, product):
        quantity, start, end = step.moment
        return self._prepare_new_price_vals(step) | {
            "partner_id": self.partner_id.id,
            "product_tmpl_id": product.product_tmpl_id.id,
            "product_id": product.id,
            "product_name": step.row.name or False,
            "min_qty": quantity,
            "date_start": start,
            "date_end": end,
            "currency_id": self.currency_id.id,
            "company_id": self.company_id.id,
        }

    def _prepare_competitor_price_vals(self, step, product):
        quantity, start, end = step.moment
        return self._prepare_new_price_vals(step) | {
            "partner_id": self.partner_id.id,
            "product_id": product.id,
            "min_quantity": quantity,
            "date_start": start,
            "date_end": end,
            "currency_id": self.currency_id.id,
            "company_id": self.company_id.id,
        }

    def _get_utc(self, day, hour):
        """A moment of a day of the file as Odoo stores it; `_get_local_date` is the way back."""
        if not day:
            return False
        return self._get_zone().localize(datetime.combine(day, hour)).astimezone(pytz.utc).replace(tzinfo=None)

    # === AFTERWARDS === #

    def _link_lines(self, steps, created):
        """Let the lines of the preview lead to the products they became."""
        rows = {step.row.number: created[step.identity] for step in steps if step.identity in created}
        lines = self.env["listino.import.line"].sudo()  # see _store_preview
        for line in lines.search_fetch([("import_id", "=", self.id), ("row", "in", list(rows))], ["row"]):
            line.product_id = rows[line.row]

    def _refresh_statistics(self, report):
        """After thousands of rows, let PostgreSQL count them: until it does, its plans are those of a small table."""
        if report.done < CHUNK:
            return
        self.env.flush_all()
        tables = ["product_product", "product_template", "product_pricelist_item", "product_supplierinfo"]
        self.env.cr.execute(SQL("ANALYZE %s", SQL(", ").join(map(SQL.identifier, tables))))


class Report:
    """Counts what is done of a plan and tells the progress every so often."""

    def __init__(self, progress, steps):
        self.progress = progress
        self.total = sum(1 for step in steps if step.action in ("create", "update")) * 11 // 10
        self.done = 0
        self.told = 0

    def advance(self, count):
        """Count so many more as done, and tell it once every half a chunk."""
        self.done += count
        if self.done - self.told >= CHUNK // 2:
            self.told = self.done
            self.progress._report(self.done, self.total)


def _chunks(items):
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
