"""Each kind of finding: a list that has it, and one that nearly has."""

from datetime import datetime
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..models import price_checkup, price_facts, rule_checkup
from .health_common import HealthCommon

JUNE, JULY = datetime(2026, 6, 1), datetime(2026, 7, 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestHealthOfRules(HealthCommon):
    def test_a_list_in_order_has_no_findings(self):
        pricelist = self._create_list("Good", self._percent(5), self._percent(10, self.pasta, min_quantity=10))
        self.assertFalse(pricelist._check_health())

    def test_a_rule_twice(self):
        pricelist = self._create_list("Twice", self._percent(10, self.pasta), self._percent(10, self.pasta))
        [found] = self._check(pricelist)["duplicate"]
        self.assertRecordValues(
            found,
            [
                {
                    "rule_id": min(pricelist.item_ids.ids),
                    "other_rule_id": max(pricelist.item_ids.ids),
                    "repairable": True,
                    "severity": "3_note",
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertIn("Pasta", found.explanation)
        self.assertIn("10", found.explanation)

    def test_two_prices_for_the_same_product_and_time(self):
        pricelist = self._create_list("Two", self._fixed(9, self.penne), self._fixed(8, self.penne))
        [found] = self._check(pricelist)["overlap"]
        self.assertEqual((found.severity, found.repairable), ("1_error", True))
        self.assertRegex(found.explanation, "9.00.*8.00")
        other = self._create_list("Other", self._fixed(9, self.penne), self._fixed(8, self.penne, min_quantity=2))
        self.assertEqual(self._kinds(other), set())

    def test_promotions_that_overlap_in_part_are_not_repaired_by_a_machine(self):
        pricelist = self._create_list(
            "Promotions",
            self._fixed(9, self.penne, date_start=JUNE, date_end=JUNE + relativedelta(days=20)),
            self._fixed(8, self.penne, date_start=JUNE + relativedelta(days=10), date_end=JULY),
        )
        [found] = self._check(pricelist)["overlap"]
        self.assertFalse(found.repairable)
        self.assertIn("Is that meant", found.explanation)

    def test_a_promotion_behind_a_newer_permanent_price_never_wins(self):
        promotion = self._fixed(8, self.penne, date_start=JUNE, date_end=JULY)
        pricelist = self._create_list("Behind", promotion, self._fixed(9, self.penne))
        [found] = self._check(pricelist)["shadowed"]
        self.assertEqual(found.rule_id.fixed_price, 8)
        in_order = self._create_list("In order", self._fixed(9, self.penne), promotion)
        self.assertEqual(self._kinds(in_order), set())

    def test_a_rule_for_a_category_without_products(self):
        empty = self._create_category("Empty")
        pricelist = self._create_list("Empty", self._percent(5, empty), self._percent(5, self.food))
        [found] = self._check(pricelist)["unreached"]
        self.assertEqual(found.rule_id.categ_id, empty)
        self._create_product("Something", 1, empty)
        self.assertEqual(self._kinds(pricelist), set())

    def test_a_rule_for_an_archived_product_that_the_form_does_not_show(self):
        pricelist = self._create_list("Archived", self._fixed(9, self.penne))
        self.penne.product_tmpl_id.active = False
        pricelist.invalidate_recordset(["item_ids"])
        self.assertFalse(pricelist.item_ids)
        [found] = self._check(pricelist)["unreached"]
        self.assertEqual(found.rule_id.product_tmpl_id, self.penne.product_tmpl_id)

    def test_a_category_whose_products_all_have_a_price_of_their_own(self):
        pricelist = self._create_list(
            "Own", self._percent(5, self.fresh_pasta), self._fixed(19, self.ravioli), self._percent(1)
        )
        [found] = self._check(pricelist)["unreached"]
        self.assertIn("other rules come first", found.explanation)

    def test_a_percentage_that_names_a_list_but_does_not_use_it(self):
        named = self._percent(10, base_pricelist_id=self.public_list.id)
        pricelist = self._create_list("Named", named)
        [found] = self._check(pricelist)["base_ignored"]
        self.assertIn("Public", found.explanation)
        self.assertIn("Sales Price", found.explanation)
        used = self._create_list("Used", self._on(self.public_list, 10))
        formula = {"compute_price": "formula", "price_discount": 10, "base_pricelist_id": self.public_list.id}
        self.assertEqual(self._kinds(used) | self._kinds(self._create_list("Formula", formula)), set())

    def test_a_base_list_that_is_gone(self):
        base = self._create_list("Base")
        pricelist = self._create_list("Orphan", self._on(base, 10))
        self.assertEqual(self._kinds(pricelist), set())
        self._lose_base(pricelist)
        self.assertEqual(self._kinds(pricelist), {"base_missing"})

    def test_a_rule_for_all_that_also_names_a_category(self):
        pricelist = self._create_list("Stray", self._percent(10))
        pricelist.item_ids.categ_id = self.pasta
        self.assertEqual(pricelist.item_ids.applied_on, "3_global")
        [found] = self._check(pricelist)["scope"]
        self.assertEqual(found.figures["strays"], ["category_id"])
        pricelist.item_ids.categ_id = False
        self.assertEqual(self._kinds(pricelist), set())

    def test_rules_made_by_import_that_the_form_shows_wrongly_are_one_finding(self):
        rules = [
            {"compute_price": "percentage", "percent_price": 5, "min_quantity": least, "categ_id": self.pasta.id}
            for least in (0, 5)
        ]
        [found] = self._check(self._create_list("Imported", *rules))["display"]
        self.assertEqual((found.count, found.severity), (2, "3_note"))

    def test_lists_in_a_circle_through_an_archived_product(self):
        derived = self._create_list("Derived", self._on(self.public_list, 10, **self._scope_of(self.penne)))
        third = self._create_list("Third", self._on(derived, 1))
        self.penne.product_tmpl_id.active = False
        derived.invalidate_recordset(["item_ids"])
        self.public_list.item_ids = [Command.create(self._on(derived, 5))]
        [found] = self._check(derived)["circle"]
        self.assertRegex(found.explanation, "Public → Derived → Public|Derived → Public → Derived")
        self.assertIn("circle", self._kinds(self.public_list))
        self.penne.product_tmpl_id.active = True
        [unchecked] = self._check(third)["unchecked"]
        self.assertIn("circle", unchecked.explanation)
        self.assertNotIn("circle", self._kinds(third))

    def _scope_of(self, product):
        return {"applied_on": "1_product", "product_tmpl_id": product.product_tmpl_id.id}

    def test_expired_promotions_are_one_finding(self):
        over = {"date_start": datetime(2026, 1, 1), "date_end": datetime(2026, 2, 1)}
        running = {"date_start": JUNE, "date_end": JULY}
        pricelist = self._create_list(
            "Over",
            self._percent(5, **over),
            self._percent(6, min_quantity=5, **over),
            self._percent(4, **running),
        )
        self.assertEqual(self._kinds(pricelist), {"expired"})
        [found] = self._check(pricelist)["expired"]
        self.assertEqual(found.count, 2)
        self.assertIn("02/01/2026", found.explanation)
        future = self._create_list("Future", self._percent(4, date_start=JULY))
        self.assertEqual(self._kinds(future), set())

    def test_where_another_app_chooses_the_rule_nothing_is_deleted(self):
        pricelist = self._create_list("Twice", self._percent(10), self._percent(10))
        changed = lambda _env, methods: methods is price_facts.CHOICE_OF_RULE  # noqa: E731
        with patch.object(rule_checkup, "is_changed", changed):
            [found] = self._check(pricelist)["duplicate"]
        self.assertFalse(found.repairable)

    def test_where_another_app_prices_the_rules_are_still_checked(self):
        pricelist = self._create_list("Twice", self._percent(10), self._percent(10))
        with patch.object(type(pricelist), "_can_price_in_bulk", lambda *_args, **_options: False):
            self.assertEqual(self._kinds(pricelist), {"duplicate", "unchecked"})
            self.assertIn("own way", self._check(pricelist)["unchecked"].explanation)
        self.assertEqual(self._kinds(pricelist), {"duplicate"})


@tagged("post_install", "-at_install")
class TestHealthOfPrices(HealthCommon):
    def test_a_parent_category_from_ten_makes_more_cost_more(self):
        pricelist = self._create_list(
            "Rises", self._percent(20, self.fresh_pasta), self._percent(5, self.food, min_quantity=10)
        )
        [found] = self._check(pricelist)["rises"]
        self.assertEqual((found.count, found.product_id), (1, self.ravioli))
        self.assertEqual(found.rule_id.categ_id, self.food)
        self.assertEqual(found.other_rule_id.categ_id, self.fresh_pasta)
        self.assertRegex(found.explanation, "16.00.*from 1 .*19.00.*from 10")
        self.assertIn("Ravioli", found.examples)
        falls = self._create_list(
            "Falls", self._percent(20, self.fresh_pasta), self._percent(20, self.food, min_quantity=10)
        )
        self.assertEqual(self._kinds(falls), set())

    def test_a_rise_is_told_of_the_list_that_causes_it(self):
        base = self._create_list(
            "Rises", self._percent(20, self.fresh_pasta), self._percent(5, self.food, min_quantity=10)
        )
        derived = self._create_list("Derived", self._on(base, 10))
        self.assertEqual(self._kinds(derived), set())
        base._check_health()
        self.assertTrue(any("Rises" in warning for warning in self._warnings(derived)))

    def test_breaks_of_the_base_list_count_too(self):
        base = self._create_list("Base", self._percent(10, min_quantity=6))
        derived = self._create_list("Derived", self._on(base, 0), self._percent(5, self.pasta, min_quantity=12))
        [found] = self._check(derived)["rises"]
        self.assertEqual(found.figures["examples"][0]["other_quantity"], 6)
        self.assertEqual(found.count, 2)

    def test_a_price_of_its_own_that_hides_a_better_category(self):
        pricelist = self._create_list("Hides", self._fixed(9.5, self.penne), self._percent(10, self.pasta))
        [found] = self._check(pricelist)["hidden"]
        self.assertEqual((found.count, found.product_id, found.severity), (1, self.penne, "3_note"))
        self.assertEqual(found.other_rule_id.categ_id, self.pasta)
        self.assertRegex(found.explanation, "9.50.*instead of.*9.00")
        self.assertEqual(found.figures["examples"][0]["quantity"], 1)
        better = self._create_list("Better", self._fixed(9.0, self.penne), self._percent(10, self.pasta))
        self.assertEqual(self._kinds(better), set())

    def test_the_category_may_be_better_from_a_quantity_only(self):
        pricelist = self._create_list(
            "Hides",
            self._fixed(8.5, self.penne),
            self._percent(10, self.pasta),
            self._percent(30, self.pasta, min_quantity=10),
        )
        [found] = self._check(pricelist)["hidden"]
        self.assertEqual((found.other_rule_id.min_quantity, found.figures["examples"][0]["quantity"]), (10, 10))

    def test_products_without_a_price(self):
        free = self._create_product("Free", 0, self.food)
        negative = self._create_list("Negative", {"compute_price": "formula", "price_surcharge": -15})
        [found] = self._check(self.public_list)["no_price"]
        self.assertEqual((found.count, found.product_id, found.rule_id), (1, free, self.env["product.pricelist.item"]))
        self.assertEqual(self._check(negative)["no_price"].count, 2)
        free.sale_ok = False
        self.assertEqual(self._kinds(self.public_list), set())

    def test_a_price_below_cost(self):
        pricelist = self._create_list("Low", self._percent(61, self.pasta), self._percent(1))
        [found] = self._check(pricelist)["below_cost"]
        self.assertEqual((found.count, found.rule_id.categ_id), (2, self.pasta))
        self.assertRegex(found.explanation, "3.90.*cost.*4.00.*-2.6")
        at_cost = self._create_list("At cost", self._percent(60, self.pasta))
        self.assertEqual(self._kinds(at_cost), set())

    def test_fixed_prices_below_cost_are_one_finding(self):
        pricelist = self._create_list("Low", self._fixed(3, self.penne), self._fixed(7, self.ravioli))
        [found] = self._check(pricelist)["below_cost"]
        self.assertEqual((found.count, bool(found.rule_id)), (2, False))
        self.assertEqual(found.figures["product_ids"], (self.penne + self.ravioli).ids)

    def test_without_a_cost_there_is_none_to_be_below(self):
        self.penne.standard_price = self.ravioli.standard_price = 0
        self.assertEqual(self._kinds(self._create_list("Low", self._percent(90))), set())

    def test_a_margin_lower_than_wanted(self):
        pricelist = self._create_list("Margin", self._percent(50), margin_floor=20)
        self.assertEqual(self._kinds(pricelist), set())
        pricelist.margin_floor = 20.1
        [found] = self._check(pricelist)["below_margin"]
        self.assertEqual((found.count, found.severity), (2, "2_warning"))
        self.assertRegex(found.explanation, "20.1 %.*5.00.*4.00.*20.0 %")

    def test_vat_in_the_price_is_no_margin(self):
        tax = self.env["account.tax"].create(
            {"name": "22 in", "amount": 22, "type_tax_use": "sale", "price_include_override": "tax_included"}
        )
        pricelist = self._create_list("Gross", self._percent(52))
        self.assertEqual(self._kinds(pricelist), set())
        (self.penne + self.ravioli).taxes_id = tax
        [found] = self._check(pricelist)["below_cost"]
        self.assertAlmostEqual(found.figures["examples"][0]["price"], 3.93)

    def test_costs_are_compared_in_the_currency_of_the_list(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", dollar.id)]).unlink()
        self.env["res.currency.rate"].create({"name": "2020-01-01", "currency_id": dollar.id, "rate": 2.0})
        pricelist = self._create_list("Dollars", self._fixed(9, self.penne), currency_id=dollar.id)
        self.assertEqual(self._kinds(pricelist), set())
        pricelist.item_ids.fixed_price = 7.99
        self.assertEqual(self._check(pricelist)["below_cost"].figures["examples"][0]["other_price"], 8.0)

    def test_a_list_of_all_companies_is_checked_with_the_costs_of_each(self):
        other = self.env["res.company"].create({"name": "Filiale"})
        self.penne.with_company(other).standard_price = 50
        pricelist = self._create_list("Shared", self._percent(0.5), company_id=False)
        found = pricelist._check_health().filtered(lambda finding: finding.kind == "below_cost")
        self.assertEqual(found.company_id, other)
        manager = self._create_manager()
        seen = self.env["listino.finding"].with_user(manager).search([("pricelist_id", "=", pricelist.id)])
        self.assertNotIn("below_cost", seen.mapped("kind"))

    def test_a_margin_wanted_is_a_percentage(self):
        for floor in (-1, 100):
            with self.assertRaisesRegex(Exception, "between 0"):
                self.public_list.margin_floor = floor

    def test_many_products_are_priced_in_chunks_and_few_queries(self):
        products = self.env["product.product"].create(
            [{"name": f"P{place}", "list_price": 1, "categ_id": self.pasta.id} for place in range(40)]
        )
        products.standard_price = 2
        pricelist = self._create_list("Low", self._percent(10))
        self._check(pricelist)
        with patch.object(price_checkup, "CHUNK", 10):
            [found] = self._check(pricelist)["below_cost"]
        self.assertEqual(found.count, 40)
        self.env.invalidate_all()
        with self.assertQueryCount(__system__=85):
            pricelist._check_health()


@tagged("post_install", "-at_install")
class TestUnusedLists(HealthCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._create_list("First", sequence=-10)  # the company's default
        cls.old = cls._create_list("Old")
        cls._age(cls.first + cls.old + cls.public_list)
        cls.partner = cls.env["res.partner"].create({"name": "Gino"})

    @classmethod
    def _age(cls, pricelists):
        pricelists.flush_recordset()
        cls.env.cr.execute(
            "UPDATE product_pricelist SET create_date = now() - interval '1 year' WHERE id IN %s", [pricelists._ids]
        )
        pricelists.invalidate_recordset()

    def _is_unused(self, pricelist=None):
        return "unused" in self._kinds(pricelist or self.old)

    def test_a_list_that_nobody_uses(self):
        self.assertTrue(self._is_unused())

    def test_the_default_list_is_used(self):
        self.assertFalse(self._is_unused(self.first))

    def test_a_new_list_may_wait_for_its_first_customer(self):
        self.assertFalse(self._is_unused(self._create_list("New")))

    def test_a_customer_uses_his_list(self):
        self.partner.specific_property_product_pricelist = self.old
        self.assertFalse(self._is_unused())

    def test_a_recent_order_uses_it_an_old_one_does_not(self):
        order = self.env["sale.order"].create({"partner_id": self.partner.id, "pricelist_id": self.old.id})
        self.assertFalse(self._is_unused())
        order.date_order = fields.Datetime.now() - relativedelta(months=13)
        self.assertTrue(self._is_unused())

    def test_a_derived_list_uses_it_unless_it_is_put_away(self):
        derived = self._create_list("Derived", self._on(self.old, 10))
        self.assertFalse(self._is_unused())
        derived.active = False
        self.assertTrue(self._is_unused())

    def test_countries_and_documents_use_it(self):
        group = self.env["res.country.group"].create(
            {"name": "Somewhere", "pricelist_ids": [Command.link(self.old.id)]}
        )
        self.assertFalse(self._is_unused())
        group.unlink()
        self.assertTrue(self._is_unused())
        self.env["listino.document"].create({"name": "Paper", "pricelist_id": self.old.id})
        self.assertFalse(self._is_unused())
