"""Findings from one check to the next: known again, ignored, gone; and what is said before a list goes out."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .health_common import HealthCommon


@tagged("post_install", "-at_install")
class TestHealthFindings(HealthCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.twice = cls._create_list("Twice", cls._percent(10, cls.pasta), cls._percent(10, cls.pasta))

    def test_a_finding_is_known_again(self):
        found = self.twice._check_health()
        self.assertEqual(self.twice._check_health(), found)

    def test_nothing_new_writes_nothing(self):
        pricelist = self._create_list("Low", self._percent(90), self._percent(90))
        found = pricelist._check_health()
        self.env.flush_all()
        before = {finding.id: finding.write_date for finding in found}
        self.env.cr.execute("UPDATE listino_finding SET write_date = now() - interval '1 hour'")
        self.env.invalidate_all()
        pricelist._check_health()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(all(finding.write_date < before[finding.id] for finding in found))

    def test_figures_follow_the_prices(self):
        pricelist = self._create_list("Low", self._percent(61))
        [found] = pricelist._check_health()
        self.penne.standard_price = 3
        pricelist._check_health()
        self.assertEqual((found.count, found.product_id), (1, self.ravioli))

    def test_what_is_put_right_by_hand_disappears(self):
        found = self.twice._check_health()
        found.rule_id.percent_price = 11
        self.assertNotIn("duplicate", self._kinds(self.twice))
        self.assertFalse(found.exists())

    def test_what_is_ignored_stays_ignored(self):
        found = self.twice._check_health()
        found.action_ignore()
        self.assertEqual(self.twice._check_health().state, "ignored")
        self.assertEqual(self.twice.finding_count, 0)
        found.action_reopen()
        self.assertEqual((found.state, self.twice.finding_count), ("open", 1))

    def test_what_is_repaired_stays_for_a_while(self):
        found = self.twice._check_health()
        found.action_repair()
        self.assertFalse(self.twice._check_health())
        self.assertTrue(found.exists())
        found._gc_repaired()
        self.assertTrue(found.exists())
        found.flush_recordset()
        self.env.cr.execute("UPDATE listino_finding SET write_date = now() - interval '91 days'")
        found.invalidate_recordset()
        found._gc_repaired()
        self.assertFalse(found.exists())

    def test_what_is_repaired_and_back_is_open_again(self):
        pricelist = self._create_list("Imported", {"compute_price": "percentage", "categ_id": self.pasta.id})
        found = pricelist._check_health()
        found.action_repair()
        pricelist.item_ids.display_applied_on = "1_product"
        self.assertEqual(pricelist._check_health(), found)
        self.assertRecordValues(found, [{"state": "open", "repair_note": False}])

    def test_the_explanation_is_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.penne.with_context(lang="it_IT").name = "Penne rigate"
        [found] = self._create_list("Low", self._percent(90))._check_health()
        self.assertRegex(found.explanation, r"Penne: 1\.00")
        self.assertRegex(found.with_context(lang="it_IT").explanation, "Penne rigate: 1,00")

    def test_every_finding_explains_itself_and_lists_its_products(self):
        pricelist = self._create_list(
            "All", self._percent(95, self.pasta), self._fixed(30, self.ravioli), self._percent(1, min_quantity=10)
        )
        self._create_product("<script>", 0, self.food)
        for found in pricelist._check_health():
            self.assertTrue(found.explanation.strip(), found.kind)
            self.assertNotIn("<script>", found.examples or "")
            if found.product_id:
                self.assertEqual(found.action_open_products()["domain"][0][2], found.figures["product_ids"])

    def test_it_opens_its_rules_and_its_list(self):
        found = self.twice._check_health()
        self.assertEqual(found.action_open_rule()["domain"], [("id", "in", (found.rule_id + found.other_rule_id).ids)])
        self.assertEqual(found.action_open_pricelist()["res_id"], self.twice.id)
        [unreached] = self._create_list("One", self._percent(5, self._create_category("Empty")))._check_health()
        self.assertEqual(unreached.action_open_rule()["res_id"], unreached.rule_id.id)

    def test_a_deleted_example_is_no_obstacle(self):
        [found] = self._create_list("Low", self._percent(90))._check_health()
        self.penne.unlink()
        self.env.invalidate_all()
        self.assertIn("a product", found.explanation)

    def test_before_a_list_goes_out_it_says_what_is_wrong(self):
        pricelist = self._create_list(
            "Bad", self._percent(90, self.pasta), self._fixed(9, self.penne), self._fixed(8, self.penne)
        )
        kinds = [text.split(".")[0] for text in self._warnings(pricelist)]
        self.assertEqual(kinds, ["Bad: Price below cost", "Bad: Two prices for the same"])
        self.assertEqual(self._warnings(self.public_list), [])

    def test_salespeople_are_told_nothing_of_costs(self):
        pricelist = self._create_list(
            "Bad", self._percent(90, self.pasta), self._fixed(9, self.penne), self._fixed(8, self.penne)
        ).with_user(self._create_salesperson())
        [warning] = self._warnings(pricelist)
        self.assertIn("Two prices", warning)
        with self.assertRaises(AccessError):
            pricelist.read(["margin_floor"])
        with self.assertRaises(AccessError):
            pricelist.finding_count  # noqa: B018

    def test_before_a_shared_list_goes_out_nobody_hears_of_the_costs_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_product("Secret", 1.0, self.food, company_id=other.id).with_company(other).standard_price = 77.0
        shared = self._create_list("Shared", company_id=False)
        self.assertFalse(self._warnings(shared.with_user(self._create_manager())))
        there = new_test_user(
            self.env, "secret", groups="sales_team.group_sale_manager", company_id=other.id, company_ids=other.ids
        )
        self.assertIn("77", self._warnings(shared.with_user(there))[0])

    def test_findings_of_another_company_stay_there(self):
        other = self.env["res.company"].create({"name": "Other"})
        manager = new_test_user(
            self.env, "there", groups="sales_team.group_sale_manager", company_id=other.id, company_ids=other.ids
        )
        found = self.twice._check_health()
        with self.assertRaises(AccessError):
            found.with_user(manager).read(["explanation"])
        with self.assertRaises(AccessError):
            found.with_user(manager).action_repair()
        self.assertFalse(self.env["listino.finding"].with_user(manager).search([("id", "in", found.ids)]))
