"""What an import would do: each row against what is there, decided before anything is written.

A row ends as one of five actions: ``create`` a product, ``update`` one (or give it a new price), leave it
``unchanged``, skip it as the ``duplicate`` of a row above, or ``refuse`` it. Every refusal says why.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from .duplicates import settle_duplicates
from .facts import folded_path
from .matching import Matcher
from .units import unit_key

PRICE_DIGITS = 6


@dataclass(slots=True, frozen=True)
class Settings:
    """The user's choices.

    :param str kind: ``catalogue`` (sales price), ``pricelist`` (fixed prices), ``supplier``, ``cost`` or
        ``competitor``
    :param tuple match_order: `matching.CRITERIA` in the order they are tried
    :param bool create_missing: create the products that are not there, instead of refusing their rows
    :param bool update_details: take over names, categories and taxes too, not the price alone
    """

    kind: str = "catalogue"
    match_order: tuple = ("reference", "barcode", "name")
    create_missing: bool = True
    update_details: bool = False
    default_category_id: int = 0


@dataclass(slots=True)
class Step:
    """What will happen to one row.

    :param product: the facts.Product it is about, None when it is to be created
    :param tuple identity: the same for all rows about the same product
    :param tuple moment: (minimum quantity, start, end) the price holds for
    :param changes: details of the product that the file has otherwise
    """

    row: object
    action: str = ""
    product: object = None
    identity: tuple = ()
    moment: tuple = (0.0, None, None)
    new_price: float = 0.0
    old_price: float | None = None
    price_record: object = None
    unit_id: int = 0
    category_id: int = 0
    new_category: tuple = ()
    tax_id: int = 0
    changes: dict = field(default_factory=dict)

    @property
    def remarks(self):
        """What to tell: the refusals of a refused row, the notes of another."""
        return self.row.refusals if self.action == "refuse" else self.row.notes

    def refuse(self, code, **details):
        """Do nothing with this row, and remark on it why."""
        self.row.refuse(code, **details)
        self.action = "refuse"


def make_plan(rows, facts, settings):
    """Decide every row.

    :param list rows: of rows.Row
    :param Facts facts: what is there
    :param Settings settings: the user's choices
    :return: list of Step, one a row
    """
    return Planner(facts, settings).plan(rows)


class Planner:
    """One run of decisions over one file."""

    def __init__(self, facts, settings):
        self.facts = facts
        self.settings = settings
        self.matcher = Matcher(facts, settings)
        self.units = facts.unit_by_id()
        self.leaves = self._leaves(facts.categories)
        self.by_moment = settings.kind in ("pricelist", "supplier", "competitor")

    def plan(self, rows):
        """:return: list of Step"""
        steps = [self._first_look(row) for row in rows]
        settle_duplicates(steps)
        if self.settings.kind == "catalogue":
            self._check_variants(steps)
        created = set()
        for step in steps:
            if not step.action:
                self._decide(step, created)
        return steps

    def _first_look(self, row):
        """Find the product, the unit and the price of a row, as far as it is sound."""
        step = Step(row)
        self.matcher.find(step)
        if not row.refusals:
            self._find_unit(step)
        if not row.refusals:
            self._find_price(step)
        if not row.refusals and (step.product is None or self.settings.update_details):
            self._find_category(step)
            self._find_tax(step)
        if row.refusals:
            step.action = "refuse"
        return step

    # === Its price, unit, category and tax === #

    def _find_unit(self, step):
        row = step.row
        if not row.unit:
            step.unit_id = step.product.unit_id if step.product else 0
            return
        unit = self.facts.units.get(unit_key(row.unit))
        own = self.units.get(step.product.unit_id) if step.product else unit
        if unit is None:
            row.refuse("unit_unknown", unit=row.unit)
        elif own and unit.root != own.root:
            row.refuse("unit_other", unit=unit.name, own=own.name)
        else:
            step.unit_id = unit.id

    def _find_price(self, step):
        """The price, and the quantity it begins at, in the product's unit; a supplier's price stays in his own."""
        row = step.row
        if row.currency and row.currency != self.facts.currency:
            row.refuse("currency", found=row.currency, wanted=self.facts.currency)
            return
        price, quantity = row.price, row.min_quantity
        if self.settings.kind != "supplier":
            price *= (100 - (row.discount or 0)) / Decimal(100)
            ratio = self._unit_ratio(step)
            price, quantity = price / ratio, quantity * ratio
        step.new_price = float(round(price, PRICE_DIGITS))
        if self.by_moment:
            step.moment = (float(round(quantity, PRICE_DIGITS)), row.date_start, row.date_end)
        if step.product:
            self._find_old_price(step)

    def _unit_ratio(self, step):
        """How many of the product's units make one of the row's."""
        product = step.product
        if not product or step.unit_id in (0, product.unit_id):
            return Decimal(1)
        own, other = self.units[product.unit_id], self.units[step.unit_id]
        step.row.note("price_converted", unit=other.name, own=own.name)
        return Decimal(repr(other.factor)) / Decimal(repr(own.factor))

    def _find_old_price(self, step):
        product = step.product
        if not self.by_moment:
            step.old_price = product.price + (product.extra if self.settings.kind == "catalogue" else 0)
            return
        step.price_record = self.facts.prices.get((product.id, *step.moment))
        step.old_price = step.price_record.price if step.price_record else None

    def _find_category(self, step):
        path = step.row.category
        if not path:
            step.category_id = 0 if step.product else self.settings.default_category_id
            return
        folded = folded_path(path)
        found = self.facts.categories.get(folded)
        if not found and len(path) == 1:
            leaves = self.leaves.get(folded[0], ())
            if len(leaves) > 1:
                step.row.refuse("category_ambiguous", category=path[0])
            found = leaves[0] if leaves else 0
        if found:
            step.category_id = found
        else:
            step.new_category = path
            step.row.note("category_new", category=" / ".join(path))

    def _find_tax(self, step):
        if step.row.vat is not None:
            step.tax_id = self.facts.taxes.get(step.row.vat.normalize(), 0)
            if not step.tax_id:
                step.row.refuse("vat_unknown", rate=f"{step.row.vat.normalize():f}")

    # === What to do === #

    def _decide(self, step, created):
        """Only the first row of a new product creates it; others (more quantities) give it more prices."""
        if step.product is None:
            step.action = "update" if step.identity in created else "create"
            created.add(step.identity)
            return
        if self.settings.update_details:
            step.changes = self._changes(step)
            for name in sorted(step.changes):
                step.row.note("detail_changed", field=name)
        step.action = "update" if step.changes or self._has_new_price(step) else "unchanged"

    def _has_new_price(self, step):
        if step.old_price is None or round(step.old_price - step.new_price, PRICE_DIGITS):
            return True
        record = step.price_record
        if self.settings.kind != "supplier" or not record:
            return False
        discount = float(step.row.discount or 0)
        code = step.row.supplier_code
        return bool(
            round(record.discount - discount, 2)
            or (code and record.code != code)
            or (step.unit_id and record.unit_id != step.unit_id)
        )

    def _changes(self, step):
        """The details of the product that the file has otherwise; a barcode or reference only fills an empty one."""
        row, product, changes = step.row, step.product, {}
        for name in ("name", "description"):
            if getattr(row, name) and getattr(row, name) != getattr(product, name):
                changes[name] = getattr(row, name)
        for name in ("barcode", "reference"):
            if (
                getattr(row, name)
                and not getattr(product, name)
                and not self.matcher.is_hidden(name, getattr(row, name))
            ):
                changes[name] = getattr(row, name)
        if step.new_category or (step.category_id and step.category_id != product.category_id):
            changes["category"] = True
        if step.tax_id and step.tax_id not in product.tax_ids:
            changes["vat"] = True
        return changes

    def _check_variants(self, steps):
        """Variants of one product share its sales price: rows that want different ones can't both have their way."""
        bases = defaultdict(Counter)
        for step in steps:
            if step.product and not step.action and step.product.siblings > 1:
                bases[step.product.template_id][round(step.new_price - step.product.extra, PRICE_DIGITS)] += 1
        for step in steps:
            if step.product and not step.action and len(bases[step.product.template_id]) > 1:
                step.refuse("variants_differ", product=step.product.name)

    @staticmethod
    def _leaves(categories):
        """Folded last name of a category -> ids."""
        leaves = defaultdict(list)
        for path, category_id in categories.items():
            leaves[path[-1]].append(category_id)
        return leaves
