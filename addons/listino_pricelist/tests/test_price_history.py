"""The history of prices: every change, once, with its author, reason, old and new."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.price_reason import PriceReason
from .change_common import ChangeCommon
from .import_common import ImportCommon, csv_of


class HistoryCommon(ChangeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.derived, cls.penne_rule = cls.derived.with_env(cls.env), cls.penne_rule.with_env(cls.env)
        cls.env.cr.flush()
        cls.last_id = max(cls.env["listino.price.history"].search([]).ids, default=0)

    def _rows(self):
        """What the history has gained since the beginning of the test."""
        self.env.cr.flush()
        return self.env["listino.price.history"].search([("id", ">", self.last_id)], order="id")


@tagged("post_install", "-at_install")
class TestPriceHistory(HistoryCommon):
    def test_a_sales_price_by_hand(self):
        self.penne.with_user(self.manager).list_price = 1.5
        self.assertRecordValues(
            self._rows(),
            [
                {
                    "user_id": self.manager.id,
                    "origin": "hand",
                    "action": "changed",
                    "product_tmpl_id": self.penne.product_tmpl_id.id,
                    "pricelist_id": False,
                    "old_price": 1.2,
                    "new_price": 1.5,
                    "variation": 25.0,
                    "reason": False,
                }
            ],
        )

    def test_the_price_of_a_variant_is_that_of_its_product(self):
        self.penne.lst_price = 1.6
        self.assertEqual(self._rows().mapped("new_price"), [1.6])

    def test_two_writes_make_one_row_and_a_return_makes_none(self):
        self.penne.list_price = 1.3
        self.penne.list_price = 1.4
        self.ravioli.list_price = 9
        self.ravioli.list_price = 8.9
        self.assertEqual([(row.old_price, row.new_price) for row in self._rows()], [(1.2, 1.4)])

    def test_what_was_rolled_back_is_no_history(self):
        savepoint = self.env.cr.savepoint()
        self.penne.list_price = 9
        savepoint.close(rollback=True)
        self.assertFalse(self._rows())

    def test_other_fields_leave_no_trace(self):
        self.penne.name = "Penne rigate"
        self.penne_rule.listino_note = "Durum wheat"
        self.assertFalse(self._rows())

    def test_a_new_a_changed_and_a_removed_rule(self):
        self.shop_list.item_ids = [Command.create(self._fixed(self.barolo, 28, 6))]
        self.penne_rule.fixed_price = 1.15
        self.penne_ten.unlink()
        rows = self._rows().sorted("action")
        self.assertEqual(rows.mapped("action"), ["added", "changed", "removed"])
        self.assertEqual(set(rows.pricelist_id.ids), set(self.shop_list.ids))
        self.assertEqual([row.old_value and row.old_value.strip("€\xa0") for row in rows], [False, "1.10", "1.00"])
        self.assertEqual([row.new_value and row.new_value.strip("€\xa0") for row in rows], ["28.00", "1.15", False])
        self.assertEqual((rows[0].min_quantity, rows[0].new_price), (6, 28))

    def test_a_discount_is_told_in_words(self):
        self.derived.item_ids.price_discount = 12
        row = self._rows()
        self.assertIn("10 %", row.old_value)
        self.assertIn("12 %", row.new_value)
        self.assertEqual((row.scope, row.old_price), ("All Products", 0))

    def test_a_rule_that_moves_is_gone_there_and_new_here(self):
        self.penne_rule.product_tmpl_id = self.barolo.product_tmpl_id
        rows = self._rows()
        self.assertEqual(rows.mapped("action"), ["removed", "added"])
        self.assertEqual(rows.product_tmpl_id, (self.penne + self.barolo).product_tmpl_id)

    def test_dates_are_part_of_a_price(self):
        self.penne_rule.date_end = "2026-12-31 23:00:00"
        row = self._rows()
        self.assertEqual(row.old_price, row.new_price)
        self.assertIn("until", row.new_value)

    def test_the_rules_of_a_deleted_list_are_remembered(self):
        scope = self.penne.display_name
        (self.derived + self.shop_list).unlink()
        rows = self._rows()
        self.assertEqual(set(rows.mapped("action")), {"removed"})
        self.assertEqual(len(rows), 3)
        self.assertFalse(rows.pricelist_id)
        self.assertIn(scope, rows.mapped("scope"))

    def test_a_rule_that_comes_and_goes_in_one_transaction_never_was(self):
        self.shop_list.item_ids = [Command.create(self._fixed(self.barolo, 28))]
        self.shop_list.item_ids.filtered(lambda item: item.fixed_price == 28).unlink()
        self.assertFalse(self._rows())

    def test_nobody_rewrites_history(self):
        self.penne.list_price = 1.5
        row = self._rows()
        for user in (self.manager, self.seller, self.env.ref("base.user_admin")):
            theirs = row.with_user(user)
            for forbidden in (
                lambda theirs=theirs: theirs.write({"new_price": 1}),
                lambda theirs=theirs: theirs.unlink(),
                lambda theirs=theirs: theirs.create({"date": "2020-01-01", "origin": "hand", "action": "added"}),
            ):
                with self.assertRaises(AccessError):
                    forbidden()
        self.assertEqual(row.with_user(self.seller).new_price, 1.5)

    def test_a_reason_can_not_be_slipped_in(self):
        forged = {"origin": "import", "text": "Not me", "change_id": None}
        for value in (forged, list(forged.values()), "import"):
            self.penne.with_context(listino_price_reason=value).list_price += 1
        self.assertEqual(set(self._rows().mapped("origin")), {"hand"})
        self.assertFalse(any(self._rows().mapped("reason")))

    def test_a_reason_by_code_is_kept(self):
        self.penne.with_context(listino_price_reason=PriceReason("import", "Rossi.xlsx")).list_price = 3
        self.assertRecordValues(self._rows(), [{"origin": "import", "reason": "Rossi.xlsx"}])

    def test_sudo_does_not_hide_the_author(self):
        self.penne.with_user(self.manager).sudo().list_price = 3
        self.assertEqual(self._rows().user_id, self.manager)

    def test_a_change_and_its_rollback(self):
        change = self._apply(name="Rossi, autumn")
        rows = self._rows()
        self.assertEqual(len(rows), 3)
        self.assertEqual(rows.change_id, change)
        self.assertEqual(set(rows.mapped("reason")), {"Rossi, autumn"})
        change.action_roll_back()
        self.assertEqual(self._rows().mapped("origin"), ["change"] * 3 + ["rollback"] * 3)

    def test_restored_rules_are_new_rules_in_the_history(self):
        change = self._apply(target="remove", pricelist_id=self.shop_list.id)
        change.action_roll_back()
        self.assertEqual(self._rows().mapped("action"), ["removed"] * 2 + ["added"] * 2)

    def test_what_concerns_a_product(self):
        self.penne.list_price = 1.5
        self.barolo.list_price = 31
        self.penne_rule.fixed_price = 1.15
        self.derived.item_ids.price_discount = 12
        wines = {"applied_on": "2_product_category", "compute_price": "percentage", "percent_price": 5}
        self.public_list.item_ids = [
            Command.create({**wines, "categ_id": self.food.id}),
            Command.create({**wines, "categ_id": self.fresh_pasta.id}),
        ]
        rows = self._rows()
        for action in (self.penne.action_view_price_history(), self.penne.product_tmpl_id.action_view_price_history()):
            shown = rows.filtered_domain(action["domain"]) & rows.search(action["domain"])
            self.assertEqual(len(shown), 4)
            self.assertNotIn(self.barolo.product_tmpl_id, shown.product_tmpl_id)
            self.assertNotIn(self.fresh_pasta, shown.categ_id)
        of_list = self.public_list.action_view_price_history()
        self.assertEqual(len(rows.filtered_domain(of_list["domain"])), 2)

    def test_a_thousand_rules_make_one_insert(self):
        products = self.env["product.product"].create([{"name": f"P{n}"} for n in range(400)])
        self.env.cr.flush()
        values = [self._fixed(product, 1) | {"pricelist_id": self.public_list.id} for product in products]
        self.env["product.pricelist.item"].create(values[:2])
        self.env.cr.flush()
        self.env["product.pricelist.item"].create(values[2:])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.env.cr.flush()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 6)
        self.assertEqual(len(self._rows()), 400)


@tagged("post_install", "-at_install")
class TestHistoryOfImports(ImportCommon):
    def test_an_import_says_which_file(self):
        self._create_product("Riso", 2, default_code="R1")
        self.env.cr.flush()
        self._apply(csv_of(["R1", "", "Riso", "3"]), name="rossi.csv")
        self.env.cr.flush()
        row = self.env["listino.price.history"].search([], limit=1, order="id desc")
        self.assertRecordValues(row, [{"origin": "import", "reason": "rossi.csv", "user_id": self.manager.id}])
