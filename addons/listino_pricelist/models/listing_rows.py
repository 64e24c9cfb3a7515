"""The products of a listino document with their printed prices, as a stream."""

from dataclasses import dataclass

CHUNK = 4000  # products priced at once: few enough for flat memory, so many that queries do not count


@dataclass(frozen=True, slots=True)
class PriceColumn:
    """A quantity, in a unit of its own or in that of each product, for which prices are printed."""

    quantity: float
    uom: object = None


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A product with its printed prices.

    :param template: the ``product.template``
    :param variant: the ``product.product``, or None where the row stands for all variants of the template
    :param tuple prices: a :class:`.displayed_prices.DisplayedPrice` for each price column, None where it has none
    :param rule_id: of the first price, or False
    :param tuple variant_ids: of the products for which the row stands
    """

    template: object
    variant: object
    prices: tuple
    rule_id: int | bool
    variant_ids: tuple

    @property
    def product(self):
        """The record whose reference, barcode and picture the row shows."""
        return self.variant or self.template


class RowStream:
    """Prices the products of a document a chunk at a time.

    :param document: the ``listino.document``
    :param pricelist: the reader's ``product.pricelist``
    :param columns: a list of :class:`PriceColumn`
    :param displayed: the :class:`.displayed_prices.DisplayedPrices` of the reader
    """

    def __init__(self, document, pricelist, columns, displayed):
        self.env = document.env
        self._document = document
        self._pricelist = pricelist
        self._columns = columns
        self._displayed = displayed
        self._date = document._get_date()

    def rows(self, groups):
        """Pairs of category id and :class:`ListingRow`, in the order of the groups.

        :param groups: pairs of category id and the ids of the variants of one template
        """
        groups = iter(groups)
        while chunk := list(_take_products(groups, CHUNK)):
            products = self.env["product.product"].browse(
                variant_id for _category_id, ids in chunk for variant_id in ids
            )
            rows = self._price(products)
            for category_id, ids in chunk:
                for row in self._merge([rows[variant_id] for variant_id in ids]):
                    yield category_id, row
            self.env.invalidate_all()

    def _price(self, products):
        """The row of each product, by its id."""
        quantities = [column.quantity for column in self._columns if not column.uom]
        grid = self._pricelist._get_unit_prices(products, quantities, date=self._date)
        for column in self._columns:
            if column.uom:
                self._add_prices_per(column, products, grid)
        return {product.id: self._row(product, grid[product.id]) for product in products}

    def _add_prices_per(self, column, products, grid):
        """Append to each row of the grid the price for one of another unit, or nothing where it does not convert."""
        convertible = {uom: uom._has_common_reference(column.uom) for uom in products.product_tmpl_id.uom_id}
        fitting = products.filtered(lambda product: convertible[product.product_tmpl_id.uom_id])
        prices = self._pricelist._get_unit_prices(fitting, [column.quantity], uom=column.uom, date=self._date)
        for product in products:
            grid[product.id] = [*grid[product.id], *prices.get(product.id, [(None, False)])]

    def _row(self, product, pairs):
        template = product.product_tmpl_id
        prices = tuple(None if price is None else self._displayed.of(template, price) for price, _rule_id in pairs)
        return ListingRow(template, product, prices, pairs[0][1], product._ids)

    def _merge(self, rows):
        """The rows of one template: a single one where all its prices are the same and the document says so."""
        if self._document.only_priced:
            rows = [row for row in rows if any(price and price.untaxed for price in row.prices)]
        if len(rows) > 1 and self._document.merge_variants and len({row.prices for row in rows}) == 1:
            variant_ids = tuple(row.variant.id for row in rows)
            return [ListingRow(rows[0].template, None, rows[0].prices, rows[0].rule_id, variant_ids)]
        return rows


def _take_products(groups, most):
    """The next groups, together of at least so many products, or all that are left."""
    taken = 0
    for category_id, ids in groups:
        yield category_id, ids
        taken += len(ids)
        if taken >= most:
            return
