"""Which product a row of the file is about."""

from . import barcodes
from .facts import Index
from .text import fold

CRITERIA = ("reference", "barcode", "supplier_code", "name")


class Matcher:
    """Finds the product of a row by the criteria of the user's choice, in their order.

    The first criterion that finds something decides; a row that two criteria tie to different products is refused.
    """

    def __init__(self, facts, settings):
        self.index = Index(facts)
        self.foreign_barcodes = facts.foreign_barcodes
        self.settings = settings

    def find(self, step):
        """Set the product and identity of a step, or refuse its row."""
        row = step.row
        ordered = [(name, getattr(row, name)) for name in self.settings.match_order if getattr(row, name)]
        if not ordered:
            row.refuse("no_key")
            return
        step.identity = (ordered[0][0], _key(*ordered[0]))
        for criterion, value in ordered:
            found = self.index.find(criterion, value)
            if criterion == "name":
                found = [product for product in found if _may_be(product, row)]
            if len(found) > 1:
                row.refuse("ambiguous", criterion=criterion, value=value, products=_labels(found))
                return
            if found:
                self._take(step, found[0], criterion)
                break
        self._check_owners(step)
        if step.product is None and not row.refusals:
            self._check_creation(row)

    def is_hidden(self, criterion, value):
        """Whether something out of the user's sight has this barcode already."""
        return criterion == "barcode" and bool(value) and barcodes.key(value) in self.foreign_barcodes

    def _take(self, step, product, criterion):
        step.product = product
        step.identity = ("product", product.id)
        if not product.active:
            step.row.refuse("archived", product=product.label)
        elif criterion != self.settings.match_order[0]:
            step.row.note("matched_by", criterion=criterion)

    def _check_owners(self, step):
        """The barcode of the row must not belong to another product, nor the reference of a row that creates one.

        Where references are what the user recognises products by, one that points elsewhere is an error too.
        """
        row = step.row
        for criterion in ("reference", "barcode"):
            value = getattr(row, criterion)
            others = (
                [product for product in self.index.find(criterion, value) if product != step.product] if value else []
            )
            matters = criterion == "barcode" or step.product is None or criterion in self.settings.match_order
            if others and matters:
                row.refuse(f"{criterion}_taken", value=value, products=_labels(others))
                return
        if step.product is None and self.is_hidden("barcode", row.barcode):
            row.refuse("barcode_hidden", value=row.barcode)

    def _check_creation(self, row):
        if not self.settings.create_missing:
            row.refuse("not_found")
        elif not row.name:
            row.refuse("no_name")


def _may_be(product, row):
    """Whether nothing stronger than its name tells the product from the row: many products are called "Panettone"."""
    other_reference = row.reference and product.reference and row.reference != product.reference
    other_barcode = row.barcode and product.barcode and barcodes.key(row.barcode) != barcodes.key(product.barcode)
    return not other_reference and not other_barcode


def _key(criterion, value):
    return {"barcode": barcodes.key, "name": fold}.get(criterion, str)(value)


def _labels(products):
    """At most three products, to name them in a message."""
    return ", ".join(product.label for product in products[:3]) + (", …" if len(products) > 3 else "")
