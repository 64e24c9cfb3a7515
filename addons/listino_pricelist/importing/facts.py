"""What the database holds, as far as a plan needs it; gathered by the models in a handful of queries."""

from collections import defaultdict
from dataclasses import dataclass, field

from . import barcodes
from .text import fold


@dataclass(slots=True, frozen=True)
class Product:
    """A product variant.

    :param float price: the price this import is about, where the product itself holds it (sales price, cost)
    :param float extra: what the variant's attributes add to the sales price
    :param int siblings: how many active variants its template has
    """

    id: int
    template_id: int
    label: str
    name: str = ""
    reference: str = ""
    barcode: str = ""
    active: bool = True
    price: float = 0.0
    extra: float = 0.0
    siblings: int = 1
    unit_id: int = 0
    category_id: int = 0
    tax_ids: tuple = ()
    description: str = ""


@dataclass(slots=True, frozen=True)
class Unit:
    """A unit of measure: how many of the root unit it is."""

    id: int
    name: str
    factor: float
    root: str


@dataclass(slots=True, frozen=True)
class Price:
    """A price that is there already in the price list or supplier's list."""

    id: int
    price: float
    discount: float = 0.0
    code: str = ""
    unit_id: int = 0


@dataclass(slots=True)
class Facts:
    """Everything a plan may ask.

    :param list products: candidates for a match, archived ones too
    :param dict supplier_codes: the supplier's code -> set of product ids
    :param set foreign_barcodes: barcodes (as `barcodes.key`) taken by packagings or by products out of the user's sight
    :param dict prices: (product id, minimum quantity, start, end) -> Price
    :param dict categories: folded path -> category id
    :param dict units: unit key (see `units.unit_key`) -> Unit
    :param dict taxes: rate as Decimal -> sales tax id
    :param str currency: ISO code of the prices
    """

    products: list = field(default_factory=list)
    supplier_codes: dict = field(default_factory=dict)
    foreign_barcodes: set = field(default_factory=set)
    prices: dict = field(default_factory=dict)
    categories: dict = field(default_factory=dict)
    units: dict = field(default_factory=dict)
    taxes: dict = field(default_factory=dict)
    currency: str = "EUR"

    def unit_by_id(self):
        """:return: dict unit id -> Unit"""
        return {unit.id: unit for unit in self.units.values()}


class Index:
    """The products by what they can be recognised by."""

    def __init__(self, facts):
        self.by_id = {product.id: product for product in facts.products}
        self._found = {name: defaultdict(list) for name in ("reference", "barcode", "supplier_code", "name")}
        for product in facts.products:
            self._add("reference", product.reference, product)
            self._add("barcode", barcodes.key(product.barcode), product)
            self._add("name", fold(product.name), product)
        for code, ids in facts.supplier_codes.items():
            for product_id in sorted(ids & self.by_id.keys()):
                self._add("supplier_code", code, self.by_id[product_id])

    def find(self, criterion, value):
        """The products with this value: the active ones, or the archived ones when there are no others."""
        if criterion == "barcode":
            value = barcodes.key(value)
        elif criterion == "name":
            value = fold(value)
        found = self._found[criterion].get(value, ())
        return [product for product in found if product.active] or found

    def _add(self, criterion, value, product):
        if value:
            self._found[criterion][value].append(product)


def folded_path(names):
    """A category path for comparisons.

    >>> folded_path(("Alimentari", "PASTA  fresca"))
    ('alimentari', 'pasta fresca')
    """
    return tuple(fold(name) for name in names)


def is_plain_vat_name(name, percent):
    """Whether a tax is VAT at that rate for goods and nothing else, by its name: not a pension fund, not a service.

    >>> from decimal import Decimal
    >>> [is_plain_vat_name(name, Decimal(22)) for name in ("22%", "IVA 22%", "22% G", "VAT 22 % (sales)", "22% S")]
    [True, True, True, True, False]
    >>> is_plain_vat_name("4% INPS", Decimal(4))
    False
    """
    words = fold(name).replace("%", " ").replace(f"{percent.normalize():f}".replace(".", " "), " ", 1).split()
    return set(words) <= {"iva", "vat", "g", "m", "goods", "beni", "merci", "vendite", "acquisti", "sales", "purchases"}
