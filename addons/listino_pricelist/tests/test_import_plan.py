"""Decisions without a database: which product, what action, why not."""

from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..importing.facts import Facts, Price, Product, Unit
from ..importing.plan import Settings, make_plan
from ..importing.rows import Row

UNIT, KILO, QUINTAL = Unit(1, "Units", 1.0, "1"), Unit(2, "kg", 1000.0, "2"), Unit(3, "Quintal", 100_000.0, "2")
PASTA = Product(10, 100, "[A1] Pasta", "Pasta", "A1", "8001234567897", price=1.2, unit_id=1)
FLOUR = Product(11, 101, "[B1] Flour", "Flour", "B1", price=0.9, unit_id=2)


def row(number, price="1.20", **values):
    values = {"name": f"Product {number}", **values}
    return Row(number, price=Decimal(price), **values)


class PlanCase(BaseCase):
    def plan(self, *rows, products=(PASTA, FLOUR), facts=None, **settings):
        units = {"unit": UNIT, "kg": KILO, "quintal": QUINTAL}
        taxes = {Decimal(22): 7, Decimal("1E+1"): 8}
        facts = Facts(products=list(products), units=units, taxes=taxes, **(facts or {}))
        return make_plan(list(rows), facts, Settings(**settings))

    def assert_refused(self, step, code):
        self.assertEqual(step.action, "refuse")
        self.assertIn(code, [remark.code for remark in step.remarks])

    def notes(self, step):
        return [remark.code for remark in step.remarks]


@tagged("post_install", "-at_install")
class TestMatching(PlanCase):
    def test_the_chosen_order_decides(self):
        both = row(2, reference="A1", name="Flour")
        [step] = self.plan(both, match_order=("reference", "name"))
        self.assertEqual(step.product, PASTA)
        both = row(2, reference="A1", barcode="8001234567880")
        other = Product(12, 102, "[C1] Rice", "Rice", "C1", "8001234567880")
        [step] = self.plan(both, products=(PASTA, other), match_order=("barcode", "reference"))
        self.assertEqual(step.product, other)

    def test_the_next_criterion_helps_where_the_first_finds_nothing(self):
        [step] = self.plan(row(2, reference="XX", barcode="08001234567897"))
        self.assertEqual((step.product, self.notes(step)), (PASTA, ["matched_by"]))

    def test_a_name_is_no_match_where_reference_or_barcode_say_otherwise(self):
        order = ("reference", "barcode", "name")
        steps = self.plan(
            row(2, reference="A9", name="Pasta"), row(3, barcode="8001234567880", name="Pasta"), match_order=order
        )
        self.assertEqual([step.action for step in steps], ["create", "create"])
        self.assertEqual(self.plan(row(2, name="pasta"), match_order=order)[0].product, PASTA)
        twin = Product(12, 102, "[C1] Pasta", "Pasta", "C1")
        steps = self.plan(
            row(2, name="Pasta"), row(3, name="Pasta", reference="C1"), products=(PASTA, twin), match_order=("name",)
        )
        self.assert_refused(steps[0], "ambiguous")
        self.assertEqual(steps[1].product, twin)

    def test_two_criteria_that_lead_to_two_products_refuse_the_row(self):
        [step] = self.plan(row(2, reference="B1", barcode="8001234567897"))
        self.assert_refused(step, "barcode_taken")

    def test_a_value_that_several_products_share_is_ambiguous(self):
        twin = Product(12, 102, "[A1] Twin", "Twin", "A1")
        self.assert_refused(self.plan(row(2, reference="A1"), products=(PASTA, twin))[0], "ambiguous")

    def test_an_archived_product_is_shown_and_not_created_anew(self):
        archived = Product(12, 102, "[C1] Old", "Old", "C1", active=False)
        [step] = self.plan(row(2, reference="C1"), products=(archived,))
        self.assert_refused(step, "archived")
        self.assertEqual(step.product, archived)

    def test_an_active_product_wins_over_an_archived_one(self):
        archived = Product(12, 102, "[A1] Old", "Old", "A1", active=False)
        self.assertEqual(self.plan(row(2, reference="A1"), products=(archived, PASTA))[0].product, PASTA)

    def test_supplier_codes(self):
        facts = {"supplier_codes": {"R7": {11}}}
        [step] = self.plan(row(2, supplier_code="R7"), facts=facts, match_order=("supplier_code",))
        self.assertEqual(step.product, FLOUR)

    def test_missing_products(self):
        self.assertEqual(self.plan(row(2, reference="N1"))[0].action, "create")
        self.assert_refused(self.plan(row(2, reference="N1"), create_missing=False)[0], "not_found")
        self.assert_refused(self.plan(row(2, reference="N1", name=""))[0], "no_name")
        self.assert_refused(self.plan(row(2, name=""), match_order=("reference",))[0], "no_key")

    def test_a_barcode_out_of_sight_can_not_be_used(self):
        facts = {"foreign_barcodes": {"8001234567880"}}
        self.assert_refused(
            self.plan(row(2, reference="N1", barcode="8001234567880"), facts=facts)[0], "barcode_hidden"
        )


@tagged("post_install", "-at_install")
class TestDuplicates(PlanCase):
    def test_identical_rows_are_one(self):
        first, second = self.plan(row(2, reference="N1"), row(3, reference="N1"))
        self.assertEqual((first.action, second.action), ("create", "duplicate"))
        self.assertEqual(second.remarks[0].details, {"row": 2})

    def test_different_prices_refuse_all_and_name_each_other(self):
        steps = self.plan(row(2, reference="A1"), row(3, "1.30", barcode="8001234567897"), row(4, reference="A1"))
        self.assertEqual([step.action for step in steps], ["refuse"] * 3)
        self.assertEqual([step.remarks[0].details["row"] for step in steps], [3, 2, 3])

    def test_two_new_products_can_not_share_a_barcode_or_reference(self):
        barcode = "8001234567880"
        steps = self.plan(row(2, reference="N1", barcode=barcode), row(3, reference="N2", barcode=barcode))
        self.assert_refused(steps[0], "barcode_shared")
        self.assert_refused(steps[1], "barcode_shared")
        steps = self.plan(
            row(2, reference="N1", barcode=barcode), row(3, reference="N1"), match_order=("barcode", "reference")
        )
        self.assert_refused(steps[1], "reference_shared")

    def test_a_refused_row_does_not_spoil_its_double(self):
        bad = row(2, reference="N1")
        bad.refuse("price_zero")
        self.assertEqual([step.action for step in self.plan(bad, row(3, reference="N1"))], ["refuse", "create"])

    def test_quantity_breaks_are_not_duplicates_where_prices_have_them(self):
        breaks = [row(2, reference="N1"), row(3, "1.00", reference="N1", min_quantity=Decimal(10))]
        steps = self.plan(*breaks, kind="pricelist")
        self.assertEqual([step.action for step in steps], ["create", "update"])
        breaks = [row(2, reference="N1"), row(3, "1.00", reference="N1", min_quantity=Decimal(10))]
        self.assert_refused(self.plan(*breaks, kind="catalogue")[0], "contradicts")


@tagged("post_install", "-at_install")
class TestPrices(PlanCase):
    def test_changed_and_unchanged(self):
        steps = self.plan(row(2, reference="A1"), row(3, "1.00", reference="B1"))
        self.assertEqual(
            [(step.action, step.old_price, step.new_price) for step in steps],
            [("unchanged", 1.2, 1.2), ("update", 0.9, 1.0)],
        )

    def test_a_price_for_another_unit_is_converted(self):
        [step] = self.plan(row(2, "95", reference="B1", unit="q.le"))
        self.assertEqual((step.new_price, self.notes(step)), (0.95, ["price_converted"]))

    def test_the_quantity_is_converted_with_the_price(self):
        [step] = self.plan(row(2, "95", reference="B1", unit="q", min_quantity=Decimal(2)), kind="pricelist")
        self.assertEqual((step.new_price, step.moment[0]), (0.95, 200))

    def test_a_supplier_keeps_his_unit(self):
        [step] = self.plan(row(2, "95", reference="B1", unit="q"), kind="supplier")
        self.assertEqual((step.new_price, step.unit_id), (95, QUINTAL.id))

    def test_units_that_have_nothing_in_common_refuse_the_row(self):
        self.assert_refused(self.plan(row(2, reference="A1", unit="kg"))[0], "unit_other")
        self.assert_refused(self.plan(row(2, reference="A1", unit="fusto"))[0], "unit_unknown")

    def test_discounts_are_taken_off_except_for_suppliers(self):
        [step] = self.plan(row(2, "10", reference="A1", discount=Decimal(55)), kind="cost")
        self.assertEqual(step.new_price, 4.5)
        [step] = self.plan(row(2, "10", reference="A1", discount=Decimal(55)), kind="supplier")
        self.assertEqual(step.new_price, 10)

    def test_another_currency_is_refused(self):
        self.assert_refused(self.plan(row(2, reference="A1", currency="USD"))[0], "currency")

    def test_variants_share_one_sales_price(self):
        small = Product(20, 200, "Oil 1 l", "Oil", "S", price=5, extra=0, siblings=2)
        large = Product(21, 200, "Oil 5 l", "Oil", "L", price=5, extra=15, siblings=2)
        steps = self.plan(row(2, "6", reference="S"), row(3, "21", reference="L"), products=(small, large))
        self.assertEqual([(step.action, step.old_price) for step in steps], [("update", 5), ("update", 20)])
        steps = self.plan(row(2, "6", reference="S"), row(3, "25", reference="L"), products=(small, large))
        self.assert_refused(steps[0], "variants_differ")
        self.assert_refused(steps[1], "variants_differ")
        steps = self.plan(
            row(2, "6", reference="S"), row(3, "25", reference="L"), products=(small, large), kind="pricelist"
        )
        self.assertEqual([step.action for step in steps], ["update", "update"])

    def test_prices_that_are_there_are_found_by_quantity_and_dates(self):
        facts = {"prices": {(10, 0.0, None, None): Price(1, 1.2), (10, 10.0, None, None): Price(2, 1.1)}}
        rows = [row(2, reference="A1"), row(3, reference="A1", min_quantity=Decimal(10))]
        rows.append(row(4, reference="A1", min_quantity=Decimal(20)))
        steps = self.plan(*rows, facts=facts, kind="pricelist")
        self.assertEqual([step.action for step in steps], ["unchanged", "update", "update"])
        self.assertEqual([step.old_price for step in steps], [1.2, 1.1, None])

    def test_a_supplier_price_changes_with_its_discount_and_code(self):
        facts = {"prices": {(10, 0.0, None, None): Price(1, 1.2, 5.0, "R1", 1)}}
        same = row(2, reference="A1", discount=Decimal(5), supplier_code="R1")
        self.assertEqual(self.plan(same, facts=facts, kind="supplier")[0].action, "unchanged")
        for change in ({"discount": Decimal(6)}, {"discount": Decimal(5), "supplier_code": "R2"}):
            [step] = self.plan(row(2, reference="A1", **change), facts=facts, kind="supplier")
            self.assertEqual(step.action, "update")


@tagged("post_install", "-at_install")
class TestDetails(PlanCase):
    CATEGORIES = {("food",): 1, ("food", "pasta"): 2, ("wine",): 3, ("old", "wine"): 4, ("old",): 5}

    def test_categories_are_found_by_path_or_by_their_only_name(self):
        facts = {"categories": self.CATEGORIES}
        rows = [row(number, reference=f"N{number}") for number in range(2, 6)]
        rows[0].category, rows[1].category = ("FOOD", "Pasta"), ("Pasta",)
        rows[2].category, rows[3].category = ("Food", "Rice"), ("Wine",)
        steps = self.plan(*rows, facts=facts, default_category_id=9)
        self.assertEqual([step.category_id for step in steps], [2, 2, 0, 3])
        self.assertEqual(steps[2].new_category, ("Food", "Rice"))
        self.assertEqual(self.plan(row(2, reference="N1"), default_category_id=9)[0].category_id, 9)

    def test_a_name_that_several_categories_have_is_refused(self):
        facts = {"categories": {("a", "wine"): 1, ("b", "wine"): 2}}
        self.assert_refused(self.plan(row(2, reference="N1", category=("Wine",)), facts=facts)[0], "category_ambiguous")

    def test_vat(self):
        steps = self.plan(
            row(2, reference="N1", vat=Decimal("22.0")),
            row(3, reference="N2", vat=Decimal(10)),
            row(4, reference="N3", vat=Decimal(7)),
        )
        self.assertEqual([step.tax_id for step in steps], [7, 8, 0])
        self.assert_refused(steps[2], "vat_unknown")

    def test_details_of_products_that_are_there_change_only_on_request(self):
        other = {"reference": "A1", "name": "Pasta di semola", "vat": Decimal(7), "category": ("New",)}
        self.assertEqual(self.plan(row(2, **other))[0].action, "unchanged")
        self.assert_refused(self.plan(row(2, **other), update_details=True)[0], "vat_unknown")
        other["vat"] = Decimal(22)
        [step] = self.plan(row(2, **other), update_details=True)
        self.assertEqual((step.action, set(step.changes)), ("update", {"name", "category", "vat"}))

    def test_a_barcode_fills_an_empty_one_and_never_replaces_another(self):
        fresh = row(2, reference="B1", barcode="8001234567880", name="Flour")
        [step] = self.plan(fresh, update_details=True)
        self.assertEqual(step.changes, {"barcode": "8001234567880"})
        other = row(2, reference="A1", barcode="8001234567880", name="Pasta")
        self.assertEqual(self.plan(other, update_details=True)[0].action, "unchanged")
