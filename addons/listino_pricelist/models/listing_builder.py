"""Lays out a listino document for one reader: the head, and headings and lines as a stream."""

import base64
from collections import defaultdict
from dataclasses import dataclass

from odoo.tools import SQL, format_date

from ..layout.figures import NumberFormat
from ..layout.listing import BARCODE, IMAGE, PERCENT, PRICE, TEXT, Column, Company, Customer, Labels, Line, Listing
from ..layout.tree import Category, branches, with_headings
from .displayed_prices import DisplayedPrices


@dataclass(frozen=True, slots=True)
class PriceColumn:
    """A quantity, in a unit of its own or in that of each product, for which prices are printed."""

    quantity: float
    uom: object = None


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A product with its printed prices.

    :param product: the variant; or the template, where its variants share all prices
    :param tuple prices: a :class:`.displayed_prices.DisplayedPrice` for each price column, None where it has none
    :param rule_id: of the first price, or False
    """

    product: object
    prices: tuple
    rule_id: int | bool


class ListingBuilder:
    """The content of a document for one reader.

    :param document: the ``listino.document``, in the environment (language, company) of the reader
    :param pricelist: his price list
    :param partner: the reader, or an empty recordset
    """

    chunk = 4000  # products priced at once: few enough for flat memory, so many that queries do not count

    def __init__(self, document, pricelist, partner):
        self.env = document.env
        self.document = document
        self.pricelist = pricelist
        self.partner = partner.with_env(self.env)
        self.date = document._get_date()
        self.price_columns = [PriceColumn(quantity) for quantity in document._get_quantities(pricelist)]
        self.price_columns += [PriceColumn(1.0, uom) for uom in document.uom_ids]
        fiscal_position = self.env["account.fiscal.position"]._get_fiscal_position(self.partner)
        self.displayed = DisplayedPrices(pricelist, document.company_id, fiscal_position)
        self.columns = [*self._product_columns(), *self._price_columns()]
        self._readers = {
            "image": lambda product: base64.b64decode(product.image_128) if product.image_128 else None,
            "reference": lambda product: product.default_code or "",
            "name": self._name,
            "barcode": lambda product: product.barcode or "",
            "uom": lambda product: product.uom_id.name,
            "vat": self.displayed.rate,
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
            date=format_date(self.env, self.date),
            validity=self._validity(),
            facts=((self.env._("Currency"), pricelist.currency_id.name),),
            note="\n".join(filter(None, [document.show_notes and pricelist.listino_note, document.introduction])),
            terms=document.terms or "",
            contents=None if document.show_contents else False,
            lang=self.env.lang or "",
            accent=document.company_id.primary_color or "",
            columns=tuple(self.columns),
            labels=self._labels(),
            numbers=self._numbers(),
        )

    def _company(self):
        company = self.document.company_id
        vat = company.vat and self.env._("VAT no. %(number)s", number=company.vat)
        lines = [
            " ".join(company.partner_id._display_address(without_company=True).split("\n")).strip(),
            " · ".join(filter(None, [vat, company.phone, company.email, company.website])),
        ]
        logo = base64.b64decode(company.logo) if company.logo else None
        return Company(company.name, tuple(filter(None, lines)), logo)

    def _customer(self):
        if not self.partner:
            return Customer()
        address = self.partner._display_address(without_company=True).split("\n")
        return Customer(self.partner.display_name, tuple(line for line in address if line.strip()))

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

    def _numbers(self):
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        return NumberFormat(lang.decimal_point or ".", lang.thousands_sep or "")

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
        return self.env._("from %(quantity)s", quantity=self._numbers().trimmed(wanted.quantity, 3))

    # === THE LINES === #

    def blocks(self):
        """Headings and lines in reading order, as a stream: memory does not grow with the number of products."""
        of_category = self._read_products()
        plan = branches(self._categories(), set(of_category))
        ordered = [category_id for category_id in of_category if not category_id]
        ordered += [branch.category.id for branch in plan if branch.category.id in of_category]
        groups = ((category_id, ids) for category_id in ordered for ids in of_category[category_id].values())
        return with_headings(plan, self._stream_lines(groups))

    def _read_products(self):
        """The ids of the variants to print, by category and by template, in the document's order."""
        Product = self.env["product.product"]
        query = Product._search(self.document._get_product_domain(), order=self.document.product_order)
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

    def _stream_lines(self, groups):
        """Pairs of category id and line, priced a chunk of products at a time."""
        groups = iter(groups)
        while chunk := list(_take_products(groups, self.chunk)):
            products = self.env["product.product"].browse(
                variant_id for _category_id, ids in chunk for variant_id in ids
            )
            rows = self._price(products)
            for category_id, ids in chunk:
                for row in self._merge([rows[variant_id] for variant_id in ids]):
                    yield category_id, row
            self.env.invalidate_all()

    def _price(self, products):
        """The :class:`ListingRow` of each product id."""
        own = [column.quantity for column in self.price_columns if not column.uom]
        grid = self.pricelist._get_price_grid(products, own, date=self.date)
        for column in self.price_columns:
            if column.uom:
                self._add_prices_per(column, products, grid)
        return {product.id: ListingRow(product, *self._display(product, grid[product.id])) for product in products}

    def _add_prices_per(self, column, products, grid):
        """Append to each row of the grid the price for one of another unit, or nothing where it does not convert."""
        convertible = {uom: uom._has_common_reference(column.uom) for uom in products.product_tmpl_id.uom_id}
        fitting = products.filtered(lambda product: convertible[product.uom_id])
        prices = self.pricelist._get_price_grid(fitting, [column.quantity], uom=column.uom, date=self.date)
        for product in products:
            grid[product.id] = [*grid[product.id], *prices.get(product.id, [(None, False)])]

    def _display(self, product, pairs):
        template = product.product_tmpl_id
        prices = tuple(None if price is None else self.displayed.of(template, price) for price, _rule_id in pairs)
        return prices, pairs[0][1]

    def _merge(self, rows):
        """The rows of one template: a single one where all its prices are the same and the document says so."""
        rows = [
            row for row in rows if not self.document.only_priced or any(price and price.untaxed for price in row.prices)
        ]
        if len(rows) > 1 and self.document.merge_variants and len({row.prices for row in rows}) == 1:
            rows = [ListingRow(rows[0].product.product_tmpl_id, rows[0].prices, rows[0].rule_id)]
        return [self._line(row) for row in rows]

    def _line(self, row):
        product = row.product
        product_id = product.product_variant_id.id if product._name == "product.template" else product.id
        return Line(tuple(self._cell(column.key, row) for column in self.columns), self._note(row), product_id)

    def _cell(self, key, row):
        """What a column shows of a row: bytes for a picture, float for a number, str otherwise, None for nothing."""
        if key in self._readers:
            return self._readers[key](row.product)
        tax, place = key.split("_")
        price = row.prices[int(place)]
        return getattr(price, tax) if price else None

    def _name(self, product):
        if product._name == "product.template" or not product.product_template_variant_value_ids:
            return product.name
        values = ", ".join(product.product_template_variant_value_ids.mapped("name"))
        return f"{product.name} ({values})"

    def _note(self, row):
        if not self.document.show_notes:
            return ""
        rule_note = self.env["product.pricelist.item"].browse(row.rule_id).listino_note if row.rule_id else ""
        return "\n".join(filter(None, [row.product.listino_note, rule_note]))


def _take_products(groups, most):
    """The next groups, together of at least so many products, or all that are left."""
    taken = 0
    for category_id, ids in groups:
        yield category_id, ids
        taken += len(ids)
        if taken >= most:
            return
