"""Many prices changed at once: worked out, shown over every list, approved, written, taken back."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .change_common import ChangeCommon


@tagged("post_install", "-at_install")
class TestChangeOfSalesPrices(ChangeCommon):
    def test_a_preview_writes_no_price(self):
        world = self._get_world()
        change = self._preview()
        self.assertEqual(self._new_prices(change), {("Penne", 0): 1.32, ("Ravioli", 0): 9.79, ("Barolo", 0): 33.0})
        self.assertEqual(self._get_world(), world)
        self.assertRecordValues(change, [{"state": "previewed", "change_count": 3, "refuse_count": 0}])

    def test_the_new_prices_are_written_on_approval(self):
        change = self._apply()
        self.assertEqual(self.products.mapped("list_price"), [1.32, 9.79, 33.0])
        self.assertRecordValues(change, [{"state": "applied", "approved_by_id": self.manager.id, "error": False}])
        self.assertTrue(change.applied_date)

    def test_a_rollback_restores_every_digit(self):
        self.penne.list_price = 1.2345678901234567
        world = self._get_world()
        change = self._apply(ending="x.99")
        self.assertNotEqual(self._get_world(), world)
        change.action_roll_back()
        self.assertEqual(self._get_world(), world)
        self.assertRecordValues(change, [{"state": "rolled_back", "rolled_back_by_id": self.manager.id}])

    def test_variants_keep_their_extra_price(self):
        attribute = self.env["product.attribute"].create({"name": "Size", "create_variant": "always"})
        values = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": attribute.id} for name in ("S", "L")]
        )
        line = Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(values.ids)]})
        shirt = self.env["product.template"].create({"name": "Shirt", "list_price": 10, "attribute_line_ids": [line]})
        shirt.attribute_line_ids.product_template_value_ids[1].price_extra = 2
        change = self._apply(shirt.product_variant_ids)
        self.assertEqual(len(change.line_ids), 1)
        self.assertEqual(shirt.product_variant_ids.mapped("lst_price"), [11, 13])

    def test_every_formula(self):
        vendor = self.env["res.partner"].create({"name": "Rossi"})
        self.penne.seller_ids = [Command.create({"partner_id": vendor.id, "price": 0.8, "discount": 10})]
        cases = {
            "amount": ({"amount": -0.1}, 1.1),
            "fixed": ({"fixed_price": 2}, 2.0),
            "cost_factor": ({"cost_factor": 1.5}, 1.5),
            "cost_margin": ({"margin": 20}, 1.25),
            "pricelist": ({"base_pricelist_id": self.shop_list.id, "percent": 50}, 1.65),
            "vendor": ({"vendor_id": vendor.id, "percent": 100}, 1.44),
        }
        for formula, (values, price) in cases.items():
            with self.subTest(formula):
                change = self._preview(self.penne, **{"formula": formula, "percent": 0, **values})
                self.assertEqual(change.line_ids.new_price, price)

    def test_a_missing_cost_changes_nothing_and_says_so(self):
        change = self._preview(self.barolo, formula="cost_factor", cost_factor=2)
        self.assertRecordValues(change.line_ids, [{"status": "same", "new_price": 30.0}])
        self.assertIn("cost is not known", change.line_ids.reason)
        with self.assertRaisesRegex(UserError, "nothing to approve"):
            change.action_approve()

    def test_a_negative_price_is_refused_until_it_is_left_out(self):
        change = self._preview(formula="amount", amount=-2)
        refused = change.line_ids.filtered(lambda line: line.status == "refused")
        self.assertEqual(refused.product_tmpl_id.name, "Penne")
        self.assertEqual(change.line_ids[0], refused)
        self.assertIn("negative", refused.reason)
        with self.assertRaisesRegex(UserError, "1 prices are refused"):
            change.action_approve()
        change.action_leave_out_refused()
        change.action_approve()
        self.assertEqual(self.products.mapped("list_price"), [1.2, 6.9, 28.0])

    def test_a_price_rounded_to_nothing_is_refused(self):
        change = self._preview(self.penne, percent=-70, ending="x.00")
        self.assertEqual((change.line_ids.status, change.refuse_count), ("refused", 1))

    def test_warnings_below_cost_and_beyond_the_limit(self):
        change = self._preview(percent=-25)
        penne, ravioli, barolo = (
            change.line_ids.filtered(lambda x, p=p: x.product_tmpl_id == p.product_tmpl_id) for p in self.products
        )
        self.assertTrue(penne.below_cost)
        self.assertFalse(ravioli.below_cost or barolo.below_cost)
        self.assertTrue(all(change.line_ids.mapped("is_jump")))
        self.assertFalse(any(self._preview(percent=-25, threshold=30).line_ids.mapped("is_jump")))

    def test_vat_in_the_price_covers_no_cost(self):
        self.penne.taxes_id = self._create_included_tax()
        for price, is_below in ((1.21, True), (1.23, False)):  # 0.99 and 1.01 without VAT; the cost is 1
            change = self._preview(self.penne, formula="fixed", fixed_price=price)
            effects = self.env["listino.change.effect"].search(
                [("change_id", "=", change.id), ("pricelist_id", "=", self.public_list.id)]
            )
            self.assertEqual((change.line_ids.below_cost, effects.below_cost), (is_below, is_below))
        self.assertAlmostEqual(effects.new_margin, 0.99, 1)

    def test_a_price_by_hand_counts_and_asks_for_new_effects(self):
        change = self._preview()
        line = change.line_ids.filtered(lambda one: one.product_tmpl_id == self.barolo.product_tmpl_id)
        change.write({"line_ids": [Command.update(line.id, {"new_price": 40})]})
        self.assertTrue(change.is_outdated and line.is_jump)
        with self.assertRaisesRegex(UserError, "Refresh effects"):
            change.action_approve()
        change.action_refresh()
        change.action_approve()
        self.assertEqual(self.barolo.list_price, 40)

    def test_what_is_left_out_stays(self):
        change = self._preview()
        change.line_ids.filtered(lambda one: one.product_tmpl_id == self.barolo.product_tmpl_id).is_left_out = True
        change.action_refresh()
        change.action_approve()
        self.assertEqual(self.products.mapped("list_price"), [1.32, 9.79, 30.0])
        change.action_roll_back()
        self.assertEqual(self.products.mapped("list_price"), [1.2, 8.9, 30.0])

    def test_a_stale_preview_is_not_approved(self):
        for spoil in (
            lambda: self.penne.write({"list_price": 1.3}),
            lambda: self.ravioli.write({"standard_price": 6.1}),
            lambda: self.derived.item_ids.write({"price_discount": 12}),
            lambda: self.penne_rule.unlink(),
        ):
            change = self._preview()
            spoil()
            with self.assertRaisesRegex(UserError, "Look at a new preview"):
                change.action_approve()
        self._apply()

    def test_a_note_on_a_rule_makes_no_preview_stale(self):
        change = self._preview()
        self.penne_rule.listino_note = "Durum wheat"
        change.action_approve()
        self.assertEqual(change.state, "applied")

    def test_a_rollback_is_refused_where_somebody_has_changed_a_price_since(self):
        change = self._apply()
        self.barolo.list_price = 35
        world = self._get_world()
        with self.assertRaisesRegex(UserError, "Barolo"):
            change.action_roll_back()
        self.assertEqual((change.state, self._get_world()), ("applied", world))

    def test_a_deleted_product_stands_in_nobodys_way(self):
        change = self._apply()
        self.barolo.unlink()
        change.action_roll_back()
        self.assertEqual((self.penne + self.ravioli).mapped("list_price"), [1.2, 8.9])


@tagged("post_install", "-at_install")
class TestChangeOfAList(ChangeCommon):
    def test_only_the_fixed_prices_that_are_there(self):
        change = self._apply(target="pricelist", pricelist_id=self.shop_list.id)
        self.assertEqual(self._new_prices(change), {("Penne", 0): 1.21, ("Penne", 10): 1.1})
        self.assertEqual((self.penne_rule + self.penne_ten).mapped("fixed_price"), [1.21, 1.1])
        self.assertEqual(self.penne.list_price, 1.2)

    def test_larger_quantities_may_stay(self):
        self._apply(target="pricelist", pricelist_id=self.shop_list.id, all_quantities=False)
        self.assertEqual((self.penne_rule + self.penne_ten).mapped("fixed_price"), [1.21, 1.0])

    def test_missing_prices_are_created_and_taken_back(self):
        world = self._get_world()
        change = self._apply(target="pricelist", pricelist_id=self.shop_list.id, create_missing=True)
        self.assertEqual(len(change.line_ids), 4)
        rules = self.shop_list.item_ids - self.penne_rule - self.penne_ten
        self.assertEqual(sorted(rules.mapped("fixed_price")), [9.79, 33.0])
        self.assertEqual(set(rules.mapped("applied_on")), {"1_product"})
        change.action_roll_back()
        self.assertEqual(self._get_world(), world)
        self.assertFalse(rules.exists())

    def test_a_percentage_changes_what_is_there_and_a_new_basis_each_product_once(self):
        change = self._change(target="pricelist", pricelist_id=self.shop_list.id)
        self.assertEqual((change.create_missing, change.all_quantities), (False, True))
        change.formula = "cost_factor"
        self.assertEqual((change.create_missing, change.all_quantities), (True, False))

    def test_own_prices_are_removed_and_restored_with_their_ids(self):
        self.shop_list.item_ids = [
            Command.create({"applied_on": "3_global", "compute_price": "percentage", "percent_price": 50})
        ]
        ten = self._create_list("Other", {**self._fixed(self.penne, 1.0), "base_pricelist_id": self.derived.id})
        self.env["ir.model.data"].create(
            {"module": "test_change", "name": "rule", "model": self.penne_rule._name, "res_id": self.penne_rule.id}
        )
        world, ids = self._get_world(), sorted(self.shop_list.item_ids.ids)
        change = self._apply(target="remove", pricelist_id=self.shop_list.id)
        self.assertFalse((self.penne_rule + self.penne_ten).exists())
        self.assertEqual(self.shop_list._get_product_price(self.penne, 1), 0.6)
        self.assertTrue(ten.item_ids)
        change.action_roll_back()
        self.assertEqual(self._get_world(), world)
        self.assertEqual(sorted(self.shop_list.item_ids.ids), ids)
        self.assertEqual(self.shop_list._get_product_price(self.penne, 1), 1.1)

    def test_the_parent_of_a_list_follows_its_removed_and_restored_rules(self):
        based = self._create_list(
            "Based",
            {
                **self._fixed(self.penne, 0),
                "compute_price": "percentage",
                "base": "pricelist",
                "base_pricelist_id": self.shop_list.id,
            },
        )
        self.assertEqual(based.parent_pricelist_id, self.shop_list)
        change = self._apply(target="remove", pricelist_id=based.id)
        self.assertFalse(based.parent_pricelist_id)
        change.action_roll_back()
        self.assertEqual(based.parent_pricelist_id, self.shop_list)

    def test_columns_of_other_addons_come_back_too(self):
        self.env.cr.execute("ALTER TABLE product_pricelist_item ADD COLUMN x_of_others jsonb")
        self.env.cr.execute(
            "UPDATE product_pricelist_item SET x_of_others = '{\"a\": [1.10, null]}' WHERE id = %s",
            [self.penne_rule.id],
        )
        world = self._get_world()
        change = self._apply(target="remove", pricelist_id=self.shop_list.id)
        change.action_roll_back()
        self.assertEqual(self._get_world(), world)

    def test_a_rollback_refuses_where_the_product_has_got_another_rule(self):
        change = self._apply(target="remove", pricelist_id=self.shop_list.id)
        self.shop_list.item_ids = [Command.create(self._fixed(self.penne, 1.5))]
        with self.assertRaisesRegex(UserError, "Penne"):
            change.action_roll_back()

    def test_a_rollback_refuses_where_a_created_rule_is_gone(self):
        change = self._apply(self.barolo, target="pricelist", pricelist_id=self.shop_list.id, create_missing=True)
        change.line_ids.item_id.unlink()
        with self.assertRaisesRegex(UserError, "Barolo"):
            change.action_roll_back()

    def test_old_rules_based_on_a_deleted_list_are_not_half_restored(self):
        based = self._create_list(
            "Based",
            {
                **self._fixed(self.penne, 0),
                "compute_price": "percentage",
                "base": "pricelist",
                "base_pricelist_id": self.public_list.id,
            },
        )
        change = self._apply(target="remove", pricelist_id=based.id)
        self.public_list.unlink()
        with self.assertRaisesRegex(UserError, "deleted since"):
            change.action_roll_back()
        self.assertEqual((change.state, len(based.item_ids)), ("applied", 0))

    def test_one_variant_of_several_gets_a_rule_of_its_own(self):
        attribute = self.env["product.attribute"].create({"name": "Size", "create_variant": "always"})
        values = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": attribute.id} for name in ("S", "L")]
        )
        line = Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(values.ids)]})
        shirt = self.env["product.template"].create({"name": "Shirt", "list_price": 10, "attribute_line_ids": [line]})
        small, large = shirt.product_variant_ids
        self._apply(large, target="pricelist", pricelist_id=self.shop_list.id, create_missing=True)
        self.assertEqual(self.shop_list._get_product_price(small, 1), 10)
        self.assertEqual(self.shop_list._get_product_price(large, 1), 11)


@tagged("post_install", "-at_install")
class TestEffects(ChangeCommon):
    def _effects(self, change):
        effects = self.env["listino.change.effect"].search([("change_id", "=", change.id)])
        return {
            (one.pricelist_id.name, one.product_id.name, one.quantity): (one.old_price, one.new_price)
            for one in effects
            if one.pricelist_id in self.shop_list + self.derived + self.public_list
        }

    def test_every_dependent_list_before_and_after(self):
        change = self._preview(target="pricelist", pricelist_id=self.shop_list.id)
        self.assertEqual(
            self._effects(change),
            {
                ("Shops", "Penne", 1): (1.1, 1.21),
                ("Shops", "Penne", 10): (1.0, 1.1),
                ("Clubs", "Penne", 1): (0.99, 1.09),
                ("Clubs", "Penne", 10): (0.9, 0.99),
            },
        )

    def test_what_is_shown_is_what_comes(self):
        """The prices of all lists after the change are those of the preview."""
        for values in (
            {},
            {"target": "pricelist", "pricelist_id": self.shop_list.id, "create_missing": True},
            {"target": "remove", "pricelist_id": self.shop_list.id},
        ):
            change = self._preview(ending="x.90", percent=30, **values)
            effects = self._effects(change)
            self.assertTrue(effects)
            change.action_approve()
            self.assertEqual(change.state, "applied", change.error)
            for (list_name, product_name, quantity), (_old, new) in effects.items():
                pricelist = (self.shop_list + self.derived + self.public_list).filtered_domain(
                    [("name", "=", list_name)]
                )
                product = self.products.filtered_domain([("name", "=", product_name)])
                [[price, _rule]] = pricelist._get_unit_prices(product, [quantity])[product.id]
                self.assertEqual(price, new, (list_name, product_name))
            change.action_roll_back()

    def test_a_sales_price_reaches_the_lists_that_use_it(self):
        effects = self._effects(self._preview(self.penne + self.ravioli))
        self.assertEqual(effects[("Public", "Penne", 1)], (1.2, 1.32))
        self.assertEqual(effects[("Clubs", "Ravioli", 1)], (8.01, 8.81))
        self.assertNotIn(("Shops", "Penne", 1), effects)

    def test_sorted_by_size_with_margin_and_warnings(self):
        change = self._preview(formula="fixed", fixed_price=5)
        effects = self.env["listino.change.effect"].search([("change_id", "=", change.id)])
        weights = effects.mapped("weight")
        self.assertEqual(weights, sorted(weights, reverse=True))
        ravioli = effects.filtered(lambda one: one.product_id == self.ravioli and one.pricelist_id == self.public_list)
        self.assertTrue(ravioli.below_cost and ravioli.is_jump)
        self.assertAlmostEqual(ravioli.old_margin, 32.58, 2)
        self.assertAlmostEqual(ravioli.new_margin, -20.0, 2)
        self.assertEqual(change.below_cost_count, len(effects.filtered("below_cost")))
        self.assertEqual(change.jump_count, len(effects.filtered("is_jump")))

    def test_the_summary_names_the_lists(self):
        change = self._preview(target="pricelist", pricelist_id=self.shop_list.id)
        self.assertIn("Clubs", change.effect_summary)
        self.assertNotIn("Public", change.effect_summary)

    def test_a_list_that_keeps_the_discounts_of_another_follows_it(self):
        keeps = self._create_list("Keeps", self._fixed(self.penne, 2), breaks_pricelist_id=self.shop_list.id)
        change = self._change(target="pricelist", pricelist_id=self.shop_list.id)
        self.assertIn(keeps, change._get_dependent_lists())
        self.assertNotIn(self.public_list, change._get_dependent_lists())

    def test_archived_lists_have_no_effects(self):
        self.derived.active = False
        change = self._preview(target="pricelist", pricelist_id=self.shop_list.id)
        self.assertEqual({name for name, *_rest in self._effects(change)}, {"Shops"})

    def test_a_draft_tells_what_if(self):
        change = self._change(self.penne, target="pricelist", pricelist_id=self.shop_list.id)
        tried = self.derived.with_context(listino_what_if=change._get_what_if())
        self.assertEqual(tried._get_unit_prices(self.penne, [1.0])[self.penne.id][0][0], 1.09)
        self.assertEqual(change.state, "draft")

    def test_a_preview_of_many_takes_few_queries(self):
        products = self.env["product.product"].create([{"name": f"P{n}", "list_price": n} for n in range(1, 301)])
        few, many = self._change(products[:2]), self._change(products)

        def count(change):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            change.action_preview()
            return self.env.cr.sql_log_count - before

        count(few)
        few.action_back()
        self.assertLessEqual(count(many), count(few) + 3)

    def test_old_effects_are_forgotten(self):
        change = self._apply()
        change.sudo().applied_date = "2020-01-01 00:00:00"
        self.env["listino.change"]._gc_effects()
        self.assertFalse(self.env["listino.change.effect"].search([("change_id", "=", change.id)]))
        change.action_roll_back()
