"""Lays out a listino document for one reader: the head, and headings and lines as a stream."""

import base64
from collections import defaultdict

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..layout.listing import BARCODE, IMAGE, PERCENT, PRICE, TEXT, Column, Company, Customer, Labels, Line, Listing
from ..layout.tree import Category, branches, with_headings
from .displayed_prices import DisplayedPrices
from .listing_rows import PriceColumn, RowStream
from .reader import numbers_of


class ListingBuilder:
    """The content of a document for one reader.

    :param document: the ``listino.document``, in the environment (language, company) of the reader
    :param pricelist: his price list
    :param partner: the reader, or an empty recordset
    """

    def __init__(self, document, pricelist, partner):
        self.env = document.env
        self.document = document
        self.pricelist = pricelist
        self.partner = partner.with_env(self.env)
        self.date = document._get_date()
        self._numbers = numbers_of(self.env)
        self.price_columns = [PriceColumn(quantity) for quantity in document._get_quantities(pricelist)]
        self.price_columns += [PriceColumn(1.0, uom) for uom in document.uom_ids]
        fiscal_position = self.env["account.fiscal.position"]._get_fiscal_position(self.partner)
        self.displayed = DisplayedPrices(pricelist, document.company_id, fiscal_position)
        self.columns = [*self._product_columns(), *self._price_columns()]
        self._readers = {
            "image": lambda row: base64.b64decode(row.product.image_128) if row.product.image_128 else None,
            "reference": lambda row: row.product.default_code or "",
            "name": self._name,
            "barcode": lambda row: row.product.barcode or "",
            "uom": lambda row: row.template.uom_id.name,
            "vat": lambda row: self.displayed.rate(row.template),
        }

    # === THE HEAD === #

    def listing(self):
        """The :class:`..layout.listing.Listing`."""
        document, pricelist = self.document, self.pricelist
        return Listing(
            title=document.name,
            subtitle=" · ".join(filter(None, [pricelist.name, pricelist.audience_id.name])),
            company=self._company(),
            customer=self._customer(),
            date=format_date(self.env, document.price_date or fields.Date.context_today(document)),
            validity=self._validity(),
            facts=((self.env._("Currency"), pricelist.currency_id.name),),
            note="\n".join(filter(None, [document.show_notes and pricelist.listino_note, document.introduction])),
            terms=document.terms or "",
            contents=None if document.show_contents else False,
            lang=self.env.lang or "",
            accent=document.company_id.primary_color or "",
            columns=tuple(self.columns),
            labels=self._labels(),
            numbers=self._numbers,
        )

    def _company(self):
        company = self.document.company_id
        address = company.partner_id._display_address(without_company=True)
        lines = [
            ", ".join(line.strip() for line in address.split("\n") if line.strip()),
            company.vat and self.env._("VAT no. %(number)s", number=company.vat),
            " · ".join(filter(None, [company.phone, company.email])),
            company.website,
        ]
        logo = base64.b64decode(company.logo) if company.logo else None
        return Company(company.name, tuple(filter(None, lines)), logo)

    def _customer(self):
        return customer_of(self.partner)

    def _validity(self):
        since, until = self.pricelist.valid_from, self.pricelist.valid_to
        if since and until:
            return self.env._(
                "from %(since)s to %(until)s", since=format_date(self.env, since), until=format_date(self.env, until)
            )
        if since:
            return self.env._("from %(since)s", since=format_date(self.env, since))
        return self.env._("until %(until)s", until=format_date(self.env, until)) if until else ""

    def _labels(self):
        return Labels(
            page=self.env._("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s"),
            contents=self.env._("Contents"),
            category=self.env._("Category"),
            note=self.env._("Notes"),
            customer=self.env._("To"),
            date=self.env._("Prices of"),
            validity=self.env._("Validity"),
            empty=self.env._("No products."),
        )

    # === THE COLUMNS === #

    def _product_columns(self):
        document = self.document
        choices = [
            (document.show_image, Column("image", self.env._("Picture"), IMAGE)),
            (document.show_reference, Column("reference", self.env._("Reference"), TEXT)),
            (True, Column("name", self.env._("Product"), TEXT, width=0)),
            (document.show_barcode, Column("barcode", self.env._("Barcode"), BARCODE)),
            (document.show_uom, Column("uom", self.env._("Unit"), TEXT)),
            (document.show_vat_rate, Column("vat", self.env._("VAT"), PERCENT)),
        ]
        return [column for is_shown, column in choices if is_shown]

    def _price_columns(self):
        """Without and with VAT, for each quantity and unit; a band above them says which."""
        kind = self.document.tax_display
        labels = {"untaxed": self.env._("Price") if kind == "excluded" else self.env._("without VAT")}
        labels["taxed"] = self.env._("Price with VAT") if kind == "included" else self.env._("with VAT")
        taxes = {"excluded": ["untaxed"], "included": ["taxed"], "both": ["untaxed", "taxed"]}[kind]
        return [
            Column(f"{tax}_{place}", labels[tax], PRICE, decimals=self.displayed.decimals, group=self._band(wanted))
            for place, wanted in enumerate(self.price_columns)
            for tax in taxes
        ]

    def _band(self, wanted):
        if wanted.uom:
            return self.env._("per %(unit)s", unit=wanted.uom.name)
        if len(self.price_columns) == 1:
            return ""
        return self.env._("from %(quantity)s", quantity=self._numbers.trimmed(wanted.quantity, 3))

    # === THE LINES === #

    def blocks(self):
        """Headings and lines in reading order, as a stream: memory does not grow with the number of products."""
        return self.lay_out(*self.outline())

    def outline(self, domain=Domain.TRUE):
        """What there is to lay out, in reading order and without any price.

        :param domain: which of the document's products; all by default
        :return: the branches of the category tree that have products, and pairs of category id and the ids of the
            variants of one template
        :rtype: tuple[list, list]
        """
        of_category = self._read_products(domain)
        plan = branches(self._categories(), set(of_category))
        ordered = [category_id for category_id in of_category if not category_id]
        ordered += [branch.category.id for branch in plan if branch.category.id in of_category]
        return plan, [(category_id, ids) for category_id in ordered for ids in of_category[category_id].values()]

    def rows(self, groups):
        """Pairs of category id and :class:`.listing_rows.ListingRow` of some groups of an outline, priced."""
        return RowStream(self.document, self.pricelist, self.price_columns, self.displayed).rows(groups)

    def lay_out(self, plan, groups):
        """Headings and lines of some groups of an outline, priced as they are asked for."""
        return with_headings(plan, ((category_id, self._line(row)) for category_id, row in self.rows(groups)))

    def _read_products(self, domain):
        """The ids of the variants to print, by category and by template, in the document's order."""
        Product = self.env["product.product"]
        query = Product._search(self.document._get_product_domain() & domain, order=self.document.product_order)
        template, category = (
            Product._field_to_sql(query.table, name, query) for name in ("product_tmpl_id", "categ_id")
        )
        of_category = defaultdict(lambda: defaultdict(list))
        for variant_id, template_id, category_id in self.env.execute_query(
            query.select(SQL.identifier(query.table, "id"), template, category)
        ):
            of_category[category_id][template_id].append(variant_id)
        return of_category

    def _categories(self):
        return [
            Category(
                id=category.id,
                parent_id=category.parent_id.id or None,
                name=category.name,
                sequence=category.listino_sequence,
                note=category.listino_note or "" if self.document.show_notes else "",
                page_break=category.listino_page_break or (self.document.page_break and not category.parent_id),
            )
            for category in self.env["product.category"].search([])
        ]

    def _line(self, row):
        product_id, *other_ids = row.variant_ids  # the template may have variants that the document leaves out
        cells = tuple(self._cell(column.key, row) for column in self.columns)
        return Line(cells, self._note(row), product_id, tuple(other_ids))

    def _cell(self, key, row):
        """What a column shows of a row: bytes for a picture, float for a number, str otherwise, None for nothing."""
        if key in self._readers:
            return self._readers[key](row)
        tax, place = key.split("_")
        price = row.prices[int(place)]
        return getattr(price, tax) if price else None

    def _name(self, row):
        """The product's name, with the attribute values that tell its variant from the others."""
        if not row.variant or not row.variant.combination_indices:
            return row.template.name
        values = ", ".join(row.variant.product_template_variant_value_ids.mapped("name"))
        return f"{row.template.name} ({values})" if values else row.template.name

    def _note(self, row):
        if not self.document.show_notes:
            return ""
        rule_note = self.env["product.pricelist.item"].browse(row.rule_id).listino_note if row.rule_id else ""
        return "\n".join(filter(None, [row.template.listino_note, rule_note]))


def customer_of(partner):
    """The reader as a price list has him at its head; nobody in particular where there is none."""
    if not partner:
        return Customer()
    address = partner._display_address(without_company=True).split("\n")
    return Customer(partner.display_name, tuple(line for line in address if line.strip()))
