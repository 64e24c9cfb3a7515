"""Which products a change is about."""

import base64
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..importing.columns import recognise
from ..importing.errors import UnreadableFile
from ..importing.facts import Facts as ImportFacts
from ..importing.facts import Index
from ..importing.facts import Product as ImportProduct
from ..importing.files import read_table
from ..importing.rows import RowReader
from ..importing.units import unit_key

COLUMNS = ("reference", "barcode", "price")
SHOWN_REMARKS = 200


class Choice(NamedTuple):
    """The chosen variants, the prices of a file by variant id, and what is to be said of its rows."""

    products: models.BaseModel
    file_prices: dict
    remarks: list


class ListinoChangeChoice(models.Model):
    """From the choices to the products."""

    _inherit = "listino.change"

    def _get_choice(self):
        """:return: the :class:`Choice`; never an empty one"""
        domain = self._get_choice_domain()
        rows = self._read_file() if self.file else []
        if not rows and not self.every_product and domain.is_true():
            raise UserError(
                self.env._("Choose the products: by category, vendor, tag, search or file, or tick “All products”.")
            )
        domain &= Domain(self.env["product.product"]._check_company_domain(self.company_id))
        if not rows:
            choice = Choice(self.env["product.product"].search(domain, order="id"), {}, [])
        else:
            choice = self._match_rows(rows, domain)
        if not choice.products:
            raise UserError("\n".join([self.env._("No product meets the choice."), *choice.remarks[:10]]))
        return choice

    def _get_choice_domain(self):
        """The domain of the products, but for the file; a hook for other choices."""
        domain = self._get_search_domain()
        if self.category_ids:
            domain &= Domain("categ_id", "child_of", self.category_ids.ids)
        if self.vendor_ids:
            domain &= Domain("product_tmpl_id.seller_ids.partner_id", "child_of", self.vendor_ids.ids)
        if self.tag_ids:
            domain &= Domain("all_product_tag_ids", "in", self.tag_ids.ids)
        return domain

    # === FILE === #

    def _read_file(self):
        """The rows of the file, each with a reference or barcode where the file has one."""
        content = base64.b64decode(self.with_context(bin_size=False).file or b"")
        imports = self.env["listino.import"]
        try:
            table = read_table(content, "", imports._get_max_rows())
        except UnreadableFile as error:
            raise UserError(imports._get_unreadable_text(error)) from None
        mapping = {index: name for index, name in enumerate(recognise(table.headers)) if name in COLUMNS}
        if not {"reference", "barcode"} & set(mapping.values()):
            raise UserError(
                self.env._("The file has no column of references or barcodes. Name one of them “Code” or “Barcode”.")
            )
        if self._has_formula("file") and "price" not in mapping.values():
            raise UserError(self.env._("The file has no column of prices. Name it “Price”."))
        return RowReader(table, mapping, barcode_policy="keep").read()

    def _match_rows(self, rows, domain):
        """The products of the rows that can be told, and remarks on the others."""
        wanted = Domain("default_code", "in", [row.reference for row in rows if row.reference])
        wanted |= Domain("barcode", "in", list(self.env["listino.import"]._get_spellings(rows)))
        products = self.env["product.product"].search_fetch(domain & wanted, ["default_code", "barcode"], order="id")
        index = Index(ImportFacts(products=[_as_facts(product) for product in products]))
        found, remarks = {}, []
        for row in rows:
            product, remark = self._match_row(row, index, found)
            if remark:
                remarks.append(self.env._("Row %(row)s: %(remark)s", row=row.number, remark=remark))
            else:
                found[product.id] = row
        prices = {id_: float(row.price) for id_, row in found.items() if row.price is not None}
        chosen = products.filtered(lambda product: product.id in found)
        return Choice(chosen, prices, remarks)

    def _match_row(self, row, index, found):
        """The product of a row, or why it has none."""
        matches = index.find("reference", row.reference) if row.reference else []
        if not matches and row.barcode:
            matches = index.find("barcode", row.barcode)
        label = row.reference or row.barcode
        if len(matches) != 1:
            if matches:
                return None, self.env._("several products are called “%(label)s”.", label=label)
            return None, self.env._("no chosen product is called “%(label)s”.", label=label or "")
        earlier = found.get(matches[0].id)
        if earlier and earlier.price != row.price:
            return None, self.env._(
                "says another price for %(label)s than row %(row)s.", label=label, row=earlier.number
            )
        return matches[0], self._get_price_remark(row, matches[0]) if self._has_formula("file") else None

    def _get_price_remark(self, row, product):
        """Why the price of a row can't be taken, or None."""
        if row.refusals:
            return self.env["listino.import"]._get_remark_texts([_Step(row.refusals)])[0]
        if row.currency and row.currency != self.currency_id.name:
            return self.env._("the price is in %(currency)s.", currency=row.currency)
        own = self.env["product.product"].browse(product.id).uom_id.name
        if row.unit and unit_key(row.unit) != unit_key(own):
            return self.env._("the price is for %(unit)s, the product is sold by %(own)s.", unit=row.unit, own=own)
        return None


class _Step(NamedTuple):
    """As much of an importing.plan.Step as the words for its remarks need."""

    remarks: list


def _as_facts(product):
    return ImportProduct(
        product.id, product.product_tmpl_id.id, "", reference=product.default_code or "", barcode=product.barcode or ""
    )
