"""What holds for any file, whatever is in it."""

import random
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..importing.facts import Facts, Product, Unit
from ..importing.plan import Settings, make_plan
from ..importing.rows import Row
from .import_common import ImportCommon, csv_of, xlsx_of

CODES = ["", "A1", "A2", "A3", "A4"]
BARCODES = ["", "8001234567897", "08001234567897", "8001234567880", "80012345"]
NAMES = ["", "Pasta", "Riso", "PASTA"]

products = st.builds(
    Product,
    id=st.integers(1, 6),
    template_id=st.integers(100, 103),
    label=st.just("x"),
    name=st.sampled_from(NAMES),
    reference=st.sampled_from(CODES),
    barcode=st.sampled_from(BARCODES),
    active=st.booleans(),
    price=st.sampled_from([1.0, 2.0]),
    siblings=st.integers(1, 2),
    unit_id=st.just(1),
)
rows = st.builds(
    Row,
    number=st.just(0),
    reference=st.sampled_from(CODES),
    barcode=st.sampled_from(BARCODES),
    name=st.sampled_from(NAMES),
    price=st.sampled_from([Decimal(1), Decimal(2)]),
    min_quantity=st.sampled_from([Decimal(0), Decimal(10)]),
)
choices = st.builds(
    Settings,
    kind=st.sampled_from(["catalogue", "pricelist", "supplier", "cost"]),
    match_order=st.permutations(["reference", "barcode", "name"]).map(tuple),
    create_missing=st.booleans(),
    update_details=st.booleans(),
)


def numbered(drawn):
    for number, row in enumerate(drawn, start=2):
        row.number, row.refusals, row.notes = number, [], []
    return drawn


@tagged("post_install", "-at_install")
class TestAnyPlan(BaseCase):
    def plan(self, drawn, there, chosen):
        facts = Facts(products=there, units={"unit": Unit(1, "Units", 1.0, "1")})
        return make_plan(numbered(drawn), facts, chosen)

    @settings(max_examples=300, deadline=None, database=None)
    @given(st.lists(rows, max_size=8), st.lists(products, max_size=6, unique_by=lambda one: one.id), choices)
    def test_every_row_gets_one_action_and_refusals_have_reasons(self, drawn, there, chosen):
        steps = self.plan(drawn, there, chosen)
        self.assertEqual([step.row for step in steps], drawn)
        for step in steps:
            self.assertIn(step.action, {"create", "update", "unchanged", "duplicate", "refuse"})
            self.assertEqual(step.action == "refuse", bool(step.row.refusals))

    @settings(max_examples=300, deadline=None, database=None)
    @given(st.lists(rows, max_size=8), st.lists(products, max_size=6, unique_by=lambda one: one.id), choices)
    def test_what_is_created_is_missing_named_and_unique(self, drawn, there, chosen):
        new = [step for step in self.plan(drawn, there, chosen) if step.action == "create"]
        self.assertTrue(chosen.create_missing or not new)
        taken = {product.barcode.lstrip("0") for product in there if product.barcode}
        for values in ([step.row.barcode.lstrip("0") for step in new], [step.row.reference for step in new]):
            filled = [value for value in values if value]
            self.assertEqual(len(filled), len(set(filled)))
        self.assertFalse(taken & {step.row.barcode.lstrip("0") for step in new if step.row.barcode})
        self.assertTrue(all(step.row.name for step in new))

    @settings(max_examples=300, deadline=None, database=None)
    @given(st.lists(rows, max_size=8), st.lists(products, max_size=6, unique_by=lambda one: one.id), choices)
    def test_a_price_is_written_once(self, drawn, there, chosen):
        written = [step for step in self.plan(drawn, there, chosen) if step.action in ("create", "update")]
        targets = [(step.identity, step.moment) for step in written]
        self.assertEqual(len(targets), len(set(targets)))
        self.assertTrue(all(step.product.active for step in written if step.product))
        if chosen.kind == "catalogue":
            bases = {(step.product.template_id, step.new_price) for step in written if step.product}
            shared = {(step.product.template_id) for step in written if step.product and step.product.siblings > 1}
            for template in shared:
                self.assertEqual(len({price for owner, price in bases if owner == template}), 1)

    @settings(max_examples=200, deadline=None, database=None)
    @given(
        st.lists(rows, max_size=7),
        st.lists(products, max_size=5, unique_by=lambda one: one.id),
        choices,
        st.randoms(use_true_random=False),
    )
    def test_the_order_of_the_rows_does_not_decide_what_is_refused(self, drawn, there, chosen, chance):
        def refused(order):
            fresh = [
                Row(0, row.reference, row.barcode, name=row.name, price=row.price, min_quantity=row.min_quantity)
                for _place, row in order
            ]
            steps = self.plan(fresh, there, chosen)
            return {place for (place, _row), step in zip(order, steps, strict=True) if step.action == "refuse"}

        given_order = list(enumerate(drawn))
        shuffled = list(given_order)
        chance.shuffle(shuffled)
        self.assertEqual(refused(given_order), refused(shuffled))


@tagged("post_install", "-at_install")
class TestAnyImport(ImportCommon):
    """The same through the database, with files that are made at random and always the same."""

    def _rows(self, seed):
        chance = random.Random(seed)
        for number in range(40):
            price = chance.choice(["1,20", "€ 2", "1.250,00", "12,00", "boh", "0"])
            barcode = chance.choice([*[""] * 20, "8001234567897", "8001234567880", "8001234567898"])
            code = chance.choice(["", f"R{number}", f"R{number}", f"R{chance.randrange(20)}"])
            yield [code, barcode, chance.choice(["", "Pasta", f"Riso {number}"]), price, chance.choice(["", "10"])]

    def test_importing_a_file_twice_changes_nothing_the_second_time(self):
        header = ["Codice interno", "EAN", "Descrizione", "Prezzo", "Qtà min"]
        kinds = {
            "catalogue": {},
            "cost": {},
            "pricelist": {"pricelist_id": self.public_list.id},
            "supplier": {"partner_id": self.vendor.id},
        }
        for seed, (kind, values) in enumerate(kinds.items()):
            with self.subTest(kind=kind):
                content = csv_of(*self._rows(seed), header=header)
                first = self._apply(content, kind=kind, match_3="name", **values)
                self.assertGreater(first.create_count + first.update_count, 5)
                second = self._preview(content, kind=kind, match_3="name", **values)
                self.assertRecordValues(second, [{"create_count": 0, "update_count": 0}])

    def test_csv_and_workbook_of_the_same_rows_give_the_same_preview(self):
        content = [row for row in self._rows(7) if row[3] != "1.250,00"]
        header = ["Codice", "EAN", "Descrizione", "Prezzo", "Qtà min"]
        native = [[*row[:3], 1.2 if row[3] == "1,20" else row[3], int(row[4] or 0) or None] for row in content]
        first = self._preview(csv_of(*content, header=header))
        second = self._preview(xlsx_of(*native, header=header))
        fields_compared = ["row", "action", "reason", "new_price", "barcode", "reference"]
        read = [[line[name] for name in fields_compared] for line in first.line_ids]
        self.assertEqual(read, [[line[name] for name in fields_compared] for line in second.line_ids])
