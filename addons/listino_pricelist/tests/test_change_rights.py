"""Who may change many prices, and that no client says for the server what was approved or done."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..models.listino_change import SERVER_OWNED
from .change_common import ChangeCommon

BUTTONS = ("preview", "refresh", "leave_out_refused", "back", "approve", "cancel", "roll_back")


@tagged("post_install", "-at_install")
class TestRights(ChangeCommon):
    @mute_logger("odoo.models.unlink")
    def test_a_salesperson_reads_nothing_of_a_change_and_presses_nothing(self):
        change = self._preview()
        effects = self.env["listino.change.effect"].search([("change_id", "=", change.id)], limit=1)
        for records in (change, change.line_ids[0], effects):
            theirs = records.with_user(self.seller)
            with self.assertRaises(AccessError):
                theirs.read()
            with self.assertRaises(AccessError):
                theirs.search([])
            with self.assertRaises(AccessError):
                theirs.write({"display_name": "x"})
            with self.assertRaises(AccessError):
                theirs.unlink()
        for name in BUTTONS:
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(change.with_user(self.seller), f"action_{name}")()
        with self.assertRaises(AccessError):
            self._change(user=self.seller)
        self.assertEqual(change.state, "previewed")

    def test_customers_and_other_employees_have_no_access(self):
        change = self._preview()
        for group in ("base.group_portal", "base.group_user"):
            user = new_test_user(self.env, f"nobody_{group}", groups=group)
            with self.assertRaises(AccessError):
                change.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                self.env["listino.price.history"].with_user(user).search([])

    def test_the_state_is_not_for_a_client_to_say(self):
        change = self._preview()
        forged = {"state": "applied", "user_id": 1, "approved_by_id": 1, "change_count": 9, "world_digest": "x"}
        for name in SERVER_OWNED:
            with self.subTest(name), self.assertRaises(AccessError):
                change.write({name: forged.get(name, False)})
        with self.assertRaises(AccessError):
            self._change(state="approved")

    def test_defaults_of_a_client_change_nothing(self):
        context = {"default_state": "approved", "default_user_id": 1, "default_approved_by_id": 1}
        change = self.env["listino.change"].with_user(self.manager).with_context(**context).create({"name": "Forged"})
        self.assertRecordValues(change, [{"state": "draft", "user_id": self.manager.id, "approved_by_id": False}])

    def test_a_copy_begins_anew(self):
        copy = self._apply().copy()
        self.assertRecordValues(copy, [{"state": "draft", "approved_by_id": False, "line_count": 0}])
        self.assertFalse(copy.line_ids)

    def test_lines_are_the_servers_but_for_price_and_choice(self):
        change = self._preview()
        line = change.line_ids[0]
        for values in (
            {"old_price": 1},
            {"row_before": {"list_price": 0.01}},
            {"item_id": self.penne_rule.id},
            {"product_tmpl_id": self.barolo.product_tmpl_id.id},
            {"status": "change", "new_price": 1},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                line.write(values)
        with self.assertRaises(AccessError):
            line.create({"change_id": change.id, "product_tmpl_id": self.penne.product_tmpl_id.id, "status": "change"})
        with self.assertRaises(AccessError):
            line.unlink()

    def test_a_price_by_hand_is_judged_like_any_other(self):
        line = self._preview().line_ids[0]
        for price in (-1, 0, 1e10):
            line.new_price = price
            self.assertEqual(line.status, "refused", price)

    def test_approved_prices_can_not_be_edited(self):
        change = self._apply()
        with self.assertRaisesRegex(UserError, "approved meanwhile"):
            change.line_ids[0].new_price = 1

    def test_who_may_not_write_products_does_not_approve_sales_prices(self):
        manager = self._create_manager("listino_only")
        change = self._change(user=manager)
        change.action_preview()
        with self.assertRaisesRegex(AccessError, "Products: Create"):
            change.action_approve()
        mine = self._change(user=manager, target="pricelist", pricelist_id=self.shop_list.id)
        mine.action_preview()
        mine.action_approve()
        self.assertEqual(mine.state, "applied", mine.error)

    def test_an_applied_change_is_kept(self):
        change = self._apply()
        with self.assertRaisesRegex(UserError, "is kept"):
            change.unlink()
        self._preview().unlink()

    def test_each_button_only_at_its_time(self):
        change = self._change()
        for name in ("refresh", "leave_out_refused", "back", "approve", "cancel", "roll_back"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "moved on"):
                getattr(change, f"action_{name}")()
        applied = self._apply()
        for name in ("preview", "refresh", "back", "approve", "cancel"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "moved on"):
                getattr(applied, f"action_{name}")()

    def test_changes_of_another_company_stay_there(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "other_change_manager",
            groups="sales_team.group_sale_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        change = self._apply()
        with self.assertRaises(AccessError):
            change.with_user(stranger).action_roll_back()
        with self.assertRaises(AccessError):
            change.line_ids.with_user(stranger).read(["cost"])
        history = self.env["listino.price.history"].with_user(stranger)
        self.assertFalse(history.search([("pricelist_id", "=", self.shop_list.id)]))
