"""A price list as one reader sees it online: pages, pictures, files, and what he asks a quote for."""

from dataclasses import dataclass

from odoo import fields
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

from ..layout.catalogue import BlockCatalogue
from ..sharing.page import bands_of, facts_of, key_of, page_number, prices_of, sections_of
from .listing_catalogue import LiveCatalogue

ROWS_A_PAGE = 60
MOST_LINES = 200


class NotListed(Exception):
    """Products are asked for that the reader's list does not have (any more).

    :param dict listed: what is asked for and listed still, quantities by product id
    """

    def __init__(self, listed):
        super().__init__(listed)
        self.listed = listed


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A product and quantity that a reader asks a quote for, with its price of today in words.

    :param float amount: price times quantity
    """

    product: object
    quantity: float
    price: str
    amount: float


class OnlineListing:
    """What a reader may see of a document; the reader's right to it has been checked by whoever makes this.

    It reads as superuser, for its readers have no rights of their own, so it gives nothing but what is printed.

    :param document: the ``listino.document``
    :param partner: the reader, or an empty recordset
    :param publication: the frozen revision he sees; None for the current prices
    :param str lang: his language, where it is not that of the partner
    """

    def __init__(self, document, partner, publication=None, lang=None):
        document = document.sudo()  # readers outside have no rights: they get the finished words only
        self._get_builder = lambda: document._get_builder(partner.sudo(), lang)
        self.builder = self._get_builder()
        self.document = self.builder.document
        self.env = self.builder.env
        self.partner = partner
        self.publication = publication and publication.sudo()  # as the document
        self._frozen = self.publication._get_frozen() if publication else None

    # === PAGES === #

    def get_catalogue(self, search=""):
        """The :class:`..layout.catalogue.Catalogue` of what a search finds, or of all."""
        if not self._frozen:
            return LiveCatalogue(self.builder, search)
        return BlockCatalogue(self._frozen.columns, self._frozen.blocks(), search, self._get_sellable_ids())

    def get_page(self, search="", category="", page="1"):
        """The values of a page, see the template ``listino_online_page``."""
        catalogue = self.get_catalogue(search)
        category = key_of(category)
        total = catalogue.count(category)
        pages = -(-total // ROWS_A_PAGE)
        number = page_number(page, pages)
        listing = self._get_listing()
        sections = sections_of(listing, catalogue.blocks(category, (number - 1) * ROWS_A_PAGE, ROWS_A_PAGE))
        rows = [row for section in sections for row in section.rows]
        return {
            "listing": listing,
            "facts": facts_of(listing),
            "prices": prices_of(listing),
            "bands": bands_of(listing),
            "sections": sections,
            "shelves": catalogue.shelves,
            "category": category,
            "count": catalogue.count(),
            "total": total,
            "page": number,
            "page_count": pages,
            "pictures": self._get_pictures(rows),
            "variants": self._get_variant_names(rows),
            "revision": self._get_revision(),
            "is_of_today": self.is_of_today,
        }

    @property
    def is_of_today(self):
        """Whether the prices shown are those that a quote of today has."""
        return not self._frozen and not self.document.price_date

    def _get_listing(self):
        return self._frozen.listing() if self._frozen else self.builder.listing()

    def _get_revision(self):
        """ "Revision 3 of 12/03/2026", or nothing."""
        if not self.publication:
            return ""
        date = format_date(self.env, fields.Datetime.context_timestamp(self.document, self.publication.date).date())
        return self.env._("Revision %(number)s of %(date)s", number=self.publication.number, date=date)

    def _get_pictures(self, rows):
        """The ids of the products on a page that have a picture; None where the document shows none."""
        if not self.document.show_image:
            return None
        products = self._products(row.product_ids[0] for row in rows)
        Attachment = self.env["ir.attachment"]
        domain = Domain.FALSE
        for field, records in (("image_128", products.product_tmpl_id), ("image_variant_128", products)):
            domain |= (
                Domain("res_model", "=", records._name)
                & Domain("res_field", "=", field)
                & Domain("res_id", "in", records.ids)
            )
        owners = {
            (model, owner_id)
            for model, owner_id in Attachment._read_group(domain & Domain("file_size", ">", 0), ["res_model", "res_id"])
        }
        return {
            product.id
            for product in products
            if {("product.product", product.id), ("product.template", product.product_tmpl_id.id)} & owners
        }

    def _get_variant_names(self, rows):
        """For rows that stand for several variants: what tells these apart, by product id."""
        products = self._products(
            product_id for row in rows if len(row.product_ids) > 1 for product_id in row.product_ids
        )
        return {
            product.id: ", ".join(product.product_template_variant_value_ids.mapped("name"))
            or product.default_code
            or product.name
            for product in products
        }

    def _products(self, ids):
        return self.env["product.product"].browse(ids)

    # === WHAT IS LISTED === #

    def _get_sellable_ids(self):
        """The ids of the frozen products that are still sold: what is archived since is shown to nobody."""
        domain = self.document._get_sold_domain() & Domain("id", "in", self.publication._get_product_ids())
        return set(self.env["product.product"]._search(domain))

    def has_product(self, product_id):
        """Whether a product is in the list, by which its picture may be seen; quick, for each picture asks."""
        domain = self.document._get_sold_domain() & Domain("id", "=", product_id)
        if not self._frozen:
            domain &= self.document._get_product_domain()
        elif product_id not in self.publication._get_product_ids():
            return False
        return bool(self.env["product.product"].search_count(domain, limit=1))

    # === FILES === #

    def write_file(self, extension, stream):
        """Write the list as a file: what the pages show, in the document's own layout."""
        if self._frozen:
            listing, blocks = self._frozen.listing(), self.get_catalogue().blocks()
        else:
            builder = self._get_builder()  # a new one, for the pages leave pictures out
            listing, blocks = builder.listing(), builder.blocks()
        self.document._write_listing(extension, listing, blocks, stream)

    # === QUOTE REQUESTS === #

    def get_request_lines(self, asked):
        """What is asked for, with the prices of today from the database: those of the page are only for reading.

        :param dict asked: quantities by product id
        :return: a list of :class:`RequestLine`
        :raise NotListed: where a product is not in this very list
        """
        listed = {
            product_id
            for line in self.get_catalogue().lines(set(asked))
            for product_id in (line.product_id, *line.other_ids)
        }
        if not asked.keys() <= listed:
            raise NotListed({product_id: asked[product_id] for product_id in asked if product_id in listed})
        products = self._products(asked)
        quantities = sorted(set(asked.values()))
        grid = self.builder.pricelist._get_unit_prices(products, quantities)
        place = {quantity: number for number, quantity in enumerate(quantities)}
        return [
            self._request_line(product, asked[product.id], grid[product.id][place[asked[product.id]]][0])
            for product in products
        ]

    def _request_line(self, product, quantity, unit_price):
        displayed = self.builder.displayed.of(product.product_tmpl_id, unit_price)
        price = displayed.taxed if self.document.tax_display == "included" else displayed.untaxed
        column = prices_of(self._get_listing())[0]
        return RequestLine(product, quantity, column.text(price, self.builder._numbers), price * quantity)

    def get_total(self, lines):
        """The sum of request lines, in words."""
        currency = self.builder.pricelist.currency_id
        return format_amount(self.env, sum(currency.round(line.amount) for line in lines), currency)
