"""One click that puts right what is safe to put right: nothing else changes, and what was done is kept."""

from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .health_common import HealthCommon


@tagged("post_install", "-at_install")
class TestHealthRepairs(HealthCommon):
    def _find(self, pricelist, kind):
        return self._check(pricelist)[kind]

    def _repair(self, pricelist, kind):
        """Repair and check again: that kind is gone, and no rule was made or lost besides."""
        found = self._find(pricelist, kind)
        found.action_repair()
        self.assertEqual(set(found.mapped("state")), {"repaired"})
        self.assertNotIn(kind, self._kinds(pricelist))
        return found

    def test_what_never_wins_goes_and_no_price_changes(self):
        promotion = {"date_start": datetime(2020, 1, 1), "date_end": datetime(2090, 1, 1)}
        cases = {
            "duplicate": [self._percent(10, self.pasta), self._percent(10, self.pasta)],
            "overlap": [self._percent(12, self.pasta, min_quantity=10), self._percent(10, self.pasta, min_quantity=10)],
            "shadowed": [self._fixed(7, self.penne, **promotion), self._fixed(8, self.penne)],
        }
        for kind, rules in cases.items():
            with self.subTest(kind):
                pricelist = self._create_list(kind, *rules)
                before = self._prices(pricelist)
                self._repair(pricelist, kind)
                self.assertEqual(len(pricelist.item_ids), 1)
                self.assertEqual(self._prices(pricelist), before)

    def test_what_was_deleted_is_kept_on_the_finding_and_in_the_log(self):
        pricelist = self._create_list(
            "Two",
            {"compute_price": "formula", "price_discount": 7, "price_round": 0.5, "listino_note": "<b>Old</b>"},
            self._percent(10),
        )
        found = self._repair(pricelist, "overlap")
        for text in (found.repair_note, pricelist.message_ids[0].body):
            self.assertIn("7 %", text)
            self.assertIn("0.5", text)
        self.assertIn("<b>Old</b>", found.explanation)
        self.assertIn("&lt;b&gt;Old", pricelist.message_ids[0].body)

    def test_three_of_a_kind_become_one(self):
        pricelist = self._create_list("Three", *[self._percent(10, self.pasta)] * 3)
        newest = max(pricelist.item_ids.ids)
        self._repair(pricelist, "duplicate")
        self.assertEqual(pricelist.item_ids.ids, [newest])

    def test_expired_rules_go_and_others_stay(self):
        over = {"date_start": datetime(2020, 1, 1), "date_end": datetime(2020, 2, 1)}
        pricelist = self._create_list("Over", self._percent(5, **over), self._percent(6, **over), self._percent(4))
        before = self._prices(pricelist)
        found = self._find(pricelist, "expired")
        prolonged = pricelist.item_ids.filtered(lambda rule: rule.percent_price == 6)
        prolonged.date_end = datetime(2090, 1, 1)
        before = self._prices(pricelist)
        found.action_repair()
        self.assertEqual(sorted(pricelist.item_ids.mapped("percent_price")), [4, 6])
        self.assertEqual(self._prices(pricelist), before)

    def test_the_base_that_is_named_becomes_the_base(self):
        base = self._create_list("Base", self._percent(50))
        pricelist = self._create_list("Named", self._percent(10, base_pricelist_id=base.id))
        self.assertEqual(pricelist._get_product_price(self.penne, 1), 9)
        self._repair(pricelist, "base_ignored")
        self.assertEqual(pricelist._get_product_price(self.penne, 1), 4.5)
        self.assertEqual(pricelist.parent_pricelist_id, base)

    def test_a_base_that_would_close_a_circle_is_refused_and_all_stays(self):
        pricelist = self._create_list("Named", self._percent(10, base_pricelist_id=self.public_list.id))
        self.public_list.write({"item_ids": [(0, 0, self._on(pricelist, 5))]})
        found = self._find(pricelist, "base_ignored")
        with self.assertRaisesRegex(UserError, "(?i)recurs|circle"), self.env.cr.savepoint():
            found.action_repair()
        self.assertEqual((found.state, pricelist.item_ids.base), ("open", "list_price"))

    def test_without_its_base_a_rule_says_what_it_does(self):
        base = self._create_list("Base", self._percent(50))
        pricelist = self._create_list("Orphan", self._on(base, 10))
        self._lose_base(pricelist)
        before = self._prices(pricelist)
        self._repair(pricelist, "base_missing")
        self.assertEqual(pricelist.item_ids.base, "list_price")
        self.assertEqual(self._prices(pricelist), before)

    def test_a_stray_category_becomes_the_scope(self):
        oil = self._create_product("Oil", 10, self.food)
        pricelist = self._create_list("Stray", self._percent(10))
        pricelist.item_ids.categ_id = self.pasta
        alone = [pricelist._get_product_price(product, 1) for product in (self.penne, oil)]
        self._repair(pricelist, "scope")
        self.assertRecordValues(
            pricelist.item_ids,
            [
                {
                    "applied_on": "2_product_category",
                    "display_applied_on": "2_product_category",
                    "categ_id": self.pasta.id,
                }
            ],
        )
        together = pricelist._get_products_price(self.penne + oil, 1)
        self.assertEqual(list(together.values()), alone)

    def test_a_stray_category_on_a_product_goes(self):
        pricelist = self._create_list("Stray", self._fixed(8, self.penne))
        pricelist.item_ids.categ_id = self.pasta
        self._repair(pricelist, "scope")
        self.assertRecordValues(pricelist.item_ids, [{"applied_on": "1_product", "categ_id": False}])

    def test_rules_are_shown_as_what_they_are(self):
        pricelist = self._create_list("Imported", {"compute_price": "percentage", "categ_id": self.pasta.id})
        self._repair(pricelist, "display")
        self.assertEqual(pricelist.item_ids.display_applied_on, "2_product_category")

    def test_what_holds_no_longer_is_not_repaired(self):
        pricelist = self._create_list("Two", self._percent(12, self.pasta), self._percent(10, self.pasta))
        found = self._find(pricelist, "overlap")
        found.other_rule_id.min_quantity = 5
        with self.assertRaisesRegex(UserError, "not hold any more"):
            found.action_repair()
        self.assertEqual(len(pricelist.item_ids), 2)

    def test_a_deleted_rule_takes_its_findings_along(self):
        pricelist = self._create_list("Two", self._percent(12, self.pasta), self._percent(10, self.pasta))
        found = self._find(pricelist, "overlap")
        found.other_rule_id.unlink()
        self.assertFalse(found.exists())

    def test_what_somebody_else_is_changing_is_left_to_him(self):
        found = self._find(self._create_list("Twice", self._percent(10), self._percent(10)), "duplicate")
        with (
            patch.object(type(found.rule_id), "try_lock_for_update", lambda rules, **_options: rules.browse()),
            self.assertRaisesRegex(UserError, "Somebody else"),
        ):
            found.action_repair()

    def test_what_takes_a_decision_is_not_for_one_click(self):
        found = self._find(self._create_list("Low", self._percent(90)), "below_cost")
        with self.assertRaisesRegex(UserError, "one click"):
            found.action_repair()

    def test_several_are_repaired_at_once_and_the_others_stay(self):
        self._create_product("Oil", 10, self.food)
        pricelist = self._create_list(
            "Much",
            self._percent(10, self.pasta),
            self._percent(10, self.pasta),
            self._percent(95, self.fresh_pasta),
            {"compute_price": "percentage", "percent_price": 1, "categ_id": self.food.id},
        )
        found = pricelist._check_health()
        self.assertEqual(set(found.mapped("kind")), {"duplicate", "below_cost", "display"})
        found.action_repair()
        self.assertEqual(set(found.exists().filtered(lambda one: one.state == "open").mapped("kind")), {"below_cost"})

    def test_salespeople_neither_see_nor_repair(self):
        found = self._find(self._create_list("Twice", self._percent(10), self._percent(10)), "duplicate")
        seller = self._create_salesperson()
        for act in ("action_repair", "action_ignore", "action_reopen", "read"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                getattr(found.with_user(seller), act)()
        with self.assertRaises(AccessError):
            found.with_user(seller).pricelist_id.action_check_health()
        with self.assertRaises(AccessError):
            self.env["listino.finding"].with_user(seller).action_check_all()
        self.assertEqual(len(found.pricelist_id.item_ids), 2)

    def test_a_manager_repairs_and_writes_nothing_by_hand(self):
        manager = self._create_manager()
        pricelist = self._create_list("Twice", self._percent(10), self._percent(10)).with_user(manager)
        action = pricelist.action_check_health()
        found = self.env["listino.finding"].with_user(manager).search(action["domain"])
        for values in ({"state": "repaired"}, {"figures": {}}, {"rule_id": False}):
            with self.assertRaises(AccessError):
                found.write(values)
        with self.assertRaises(AccessError):
            found.unlink()
        with self.assertRaises(AccessError):
            found.create({"pricelist_id": pricelist.id, "key": "x", "kind": "unused", "severity": "3_note"})
        found.action_repair()
        self.assertEqual((found.state, len(pricelist.item_ids)), ("repaired", 1))
        self.assertEqual(pricelist.message_ids[0].author_id, manager.partner_id)
