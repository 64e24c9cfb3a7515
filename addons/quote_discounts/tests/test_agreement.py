"""Agreements apply by themselves: to whom, on what, for how long, and never two at once."""

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 10:00:00")
class TestAgreement(AgreementCommon):
    def test_an_active_agreement_applies_to_every_contact_of_the_customer(self):
        agreement = self._create_agreement({"discount_text": "10 + 5"})
        contact = self.env["res.partner"].create({"name": "Cook", "parent_id": self.customer.id})
        for partner in (self.customer, contact):
            line = self._create_order(self.machine, partner_id=partner.id).order_line
            expected = {
                "agreement_line_id": agreement.line_ids.id,
                "agreement_discount": "10+5",
                "price_subtotal": 8550,
            }
            self.assertRecordValues(line, [expected])
            self.assertEqual(set(line.discount_step_ids.mapped("kind")), {"agreement"})
            self.assertEqual(line.discount_step_ids[0].label, f"Agreement {agreement.name}")
        other = self._create_order(self.machine, partner_id=self.env["res.partner"].create({"name": "Other"}).id)
        self.assertFalse(other.order_line.agreement_line_id)

    def test_a_proposal_has_no_effect(self):
        agreement = self._create_agreement({"discount_text": "10"}, activate=False)
        self.assertEqual(agreement.state, "proposed")
        self.assertFalse(self._create_order(self.machine).order_line.agreement_line_id)

    def test_the_most_specific_condition_for_the_most_wins(self):
        agreement = self._create_agreement(
            {"discount_text": "5"},
            {"applied_on": "category", "categ_id": self.food.id, "discount_text": "6"},
            {"applied_on": "category", "categ_id": self.pasta.id, "discount_text": "7"},
            {"applied_on": "category", "categ_id": self.pasta.id, "discount_text": "8", "min_quantity": 10},
            self._for_product(discount_text="1"),
        )
        order = self._create_order(
            self.pasta_product,
            {"product_id": self.pasta_product.id, "product_uom_qty": 10},
            self.machine,
            self._create_product("Drink", 10, self._create_category("Drinks")),
        )
        self.assertEqual(order.order_line.agreement_line_id, agreement.line_ids - agreement.line_ids[1])
        self.assertEqual(order.order_line.mapped("discount"), [7, 8, 1, 5])

    def test_how_agreements_go_with_promotions_and_lists(self):
        shown = self._create_promotional_list(10)
        self._create_promotion("10")
        agreement = self._create_agreement({"discount_text": "20"})
        cases = {
            "replace": (20, ["agreement"]),
            "cascade": (100 - 90 * 0.9 * 0.8, ["list", "promotion", "agreement"]),
            "best": (20, ["agreement"]),
        }
        for stacking, (discount, kinds) in cases.items():
            agreement.line_ids.stacking = stacking
            line = self._create_order(self.machine, pricelist_id=shown.id).order_line
            self.assertAlmostEqual(line.discount, discount, 6, stacking)
            self.assertEqual(line.discount_step_ids.mapped("kind"), kinds, stacking)
        agreement.line_ids.discount_text = "18"
        line = self._create_order(self.machine, pricelist_id=shown.id).order_line
        self.assertAlmostEqual(line.discount, 19)
        self.assertFalse(line.agreement_line_id)
        self.assertEqual(line.discount_step_ids.mapped("kind"), ["list", "promotion"])

    def test_a_list_discount_comes_back_with_a_customer_without_agreement(self):
        shown = self._create_promotional_list(10)
        self._create_agreement({"discount_text": "20"})
        other = self.env["res.partner"].create({"name": "Other", "property_product_pricelist": shown.id})
        order = self._create_order({"product_id": self.machine.id, "discount_text": "5"}, pricelist_id=shown.id)
        self.assertEqual(order.amount_untaxed, 7600)
        order.partner_id = other
        self.assertRecordValues(order.order_line, [{"agreement_line_id": False, "price_subtotal": 8550}])
        self.assertEqual(order.order_line.discount_step_ids.mapped("kind"), ["list", "negotiated"])
        order.partner_id = self.customer
        self.assertEqual(order.amount_untaxed, 7600)
        self.assertEqual(order.order_line.discount_step_ids.mapped("kind"), ["agreement", "negotiated"])

    def test_a_net_price_is_charged_in_the_unit_and_currency_of_the_quote(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._create_agreement(self._for_product(self.pasta_product, net_price=120, uom_id=dozen.id))
        lines = [
            {"product_id": self.pasta_product.id, "product_uom_id": unit.id}
            for unit in (dozen, self.env.ref("uom.product_uom_unit"))
        ]
        order = self._create_order(*lines)
        self.assertRecordValues(
            order.order_line,
            [{"agreement_price": 120, "price_subtotal": 120}, {"agreement_price": 10, "price_subtotal": 10}],
        )
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", dollar.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": dollar.id, "name": "2026-01-01", "rate": 1.25, "company_id": self.company.id}
        )
        order = self._create_order(*lines, pricelist_id=self._create_list("Dollars", currency_id=dollar.id).id)
        self.assertEqual(order.order_line.mapped("agreement_price"), [150, 12.5])

    def test_a_net_price_with_vat_follows_the_customer_s_taxes(self):
        included = self._create_included_tax(22)
        excluded = self._create_vat(22, name="22 % out")
        product = self._create_product("Olio", 12.2, taxes_id=included.ids)
        position = self.env["account.fiscal.position"].create({"name": "Net"})
        excluded.write(
            {"fiscal_position_ids": [Command.link(position.id)], "original_tax_ids": [Command.link(included.id)]}
        )
        self._create_agreement(self._for_product(product, net_price=9.76))
        line = self._create_order(product).order_line
        self.assertRecordValues(line, [{"agreement_price": 9.76, "price_subtotal": 8, "price_total": 9.76}])
        line = self._create_order(product, fiscal_position_id=position.id).order_line
        self.assertRecordValues(line, [{"agreement_price": 8, "price_subtotal": 8, "price_total": 9.76}])

    def test_dates_of_condition_and_agreement_bound_it(self):
        self._create_agreement(
            self._for_product(discount_text="10", date_start="2026-03-01", date_end="2027-06-30"),
        )
        for day, discount in {"2026-02-28": 0, "2026-03-01": 10, "2026-12-31": 10, "2027-01-01": 0}.items():
            order = self._create_order(self.machine, date_order=f"{day} 10:00:00")
            self.assertEqual(order.order_line.discount, discount, day)

    def test_a_quote_keeps_what_it_was_made_with(self):
        agreement = self._create_agreement({"discount_text": "10"})
        order = self._create_order({"product_id": self.machine.id, "discount_text": "5"})
        agreement.line_ids.discount_text = "30"
        edits = {
            "text": lambda: order.order_line.write({"name": "Other words"}),
            "date": lambda: order.write({"date_order": "2026-07-01"}),
            "list": lambda: order.write({"pricelist_id": self._create_list("Other").id}),
            "taxes": order.action_update_taxes,
            "discount": lambda: order.order_line.write({"discount_text": "5"}),
        }
        for name, edit in edits.items():
            edit()
            self.assertRecordValues(order.order_line, [{"agreement_discount": "10", "price_subtotal": 8550}])
            self.assertEqual(order.order_line.discount_step_ids.mapped("kind"), ["agreement", "negotiated"], name)
        self.assertEqual(order.copy().amount_untaxed, 8550)
        order.action_update_prices()
        self.assertRecordValues(order.order_line, [{"agreement_discount": "30", "discount_text": "5"}])
        self.assertEqual(order.amount_untaxed, 6650)

    def test_quantity_and_unit_take_it_anew(self):
        self._create_agreement({"discount_text": "10", "min_quantity": 6}, {"discount_text": "2"})
        order = self._create_order({"product_id": self.pasta_product.id, "discount_text": "5"})
        line = order.order_line
        self.assertEqual(line.agreement_discount, "2")
        line.product_uom_qty = 6
        self.assertRecordValues(line, [{"agreement_discount": "10", "discount_text": "5", "discount": 14.5}])
        line.write({"product_uom_qty": 1, "product_uom_id": self.env.ref("uom.product_uom_dozen").id})
        self.assertEqual(line.agreement_discount, "10")
        self.seller.group_ids += self.env.ref("uom.group_uom")
        with Form(order) as form, form.order_line.edit(0) as edited:
            edited.product_uom_id = self.env.ref("uom.product_uom_unit")
            self.assertAlmostEqual(edited.discount, 6.9)
        self.assertEqual(line.discount_step_ids.mapped("percent"), [2, 5])

    def test_quotation_templates_take_it(self):
        self._create_agreement({"discount_text": "10"})
        template = self.env["sale.order.template"].create(
            {"name": "T", "sale_order_template_line_ids": [Command.create({"product_id": self.machine.id})]}
        )
        self.seller.group_ids += self.env.ref("sale_management.group_sale_order_template")
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.customer
            form.sale_order_template_id = template
        self.assertRecordValues(form.record.order_line, [{"agreement_discount": "10", "price_subtotal": 9000}])

    def test_an_agreement_that_ends_under_an_open_quote_is_told(self):
        agreement = self._create_agreement({"discount_text": "10"}, date_end="2026-06-10")
        order = self._create_order(self.machine)
        self.assertFalse(order.offer_notice)
        with freeze_time("2026-06-11"):
            self.env.invalidate_all()
            self.assertIn(agreement.name, order.offer_notice)
            self.assertEqual(order.amount_untaxed, 9000)
            order.action_take_offers_of_today()
        self.assertEqual(order.amount_untaxed, 10000)
        self.assertFalse(order.offer_notice)

    def test_a_closed_agreement_applies_no_more(self):
        agreement = self._create_agreement({"discount_text": "10"})
        order = self._create_order(self.machine)
        agreement.action_close()
        self.assertIn(agreement.name, order.offer_notice)
        self.assertFalse(self._create_order(self.machine).order_line.agreement_line_id)
        with self.assertRaises(UserError):
            agreement.unlink()

    def test_the_line_explains_what_applies(self):
        self._create_promotion("10", date_end="2026-06-30")
        agreement = self._create_agreement({"discount_text": "5", "stacking": "cascade"})
        line = self._create_order(self.machine).order_line
        self.assertEqual(line.offer_summary, f"Promo 10, {agreement.name} 5")
        self.assertTrue(line.order_id.has_offers)
        words = line.offer_explanation
        for word in ("Promo: 10 %", agreement.name, "on top of"):
            self.assertIn(word, words)

    # === OVERLAPS === #

    def test_an_overlap_is_refused_and_names_the_other(self):
        first = self._create_agreement(self._for_product(discount_text="10"))
        second = self._create_agreement(self._for_product(discount_text="20"), activate=False)
        self.assertIn(first.name, second.overlap_notice)
        with self.assertRaisesRegex(ValidationError, first.name), self.env.cr.savepoint():
            second.action_activate()
        self.assertEqual(second.decision, "proposed")
        second.line_ids.min_quantity = 10
        self.assertFalse(second.overlap_notice)
        second.action_activate()
        with self.assertRaisesRegex(ValidationError, first.name), self.env.cr.savepoint():
            second.line_ids.min_quantity = 0
        with self.assertRaisesRegex(ValidationError, first.name), self.env.cr.savepoint():
            self._create_agreement(self._for_product(discount_text="30"), date_start="2026-12-31", date_end=False)
        self._create_agreement(self._for_product(discount_text="30"), date_start="2027-01-01", date_end=False)

    def test_the_same_is_not_proposed_twice_nor_said_twice(self):
        first = self._create_agreement({"discount_text": "10"}, activate=False)
        with self.assertRaisesRegex(ValidationError, first.name), self.env.cr.savepoint():
            self._create_agreement({"discount_text": "12"}, activate=False)
        with self.assertRaises(ValidationError):
            self._create_agreement(
                self._for_product(discount_text="10"), self._for_product(discount_text="20"), activate=False
            )

    def test_the_form_tells_what_stands_in_the_way(self):
        with Form(self.env["quote.agreement"].with_user(self.manager)) as form:
            form.partner_id = self.customer
            with form.line_ids.new() as line:
                line.discount_text = "10"
            with form.line_ids.new() as line:
                line.discount_text = "12"
            self.assertIn("12 %", form.overlap_notice)
            form.line_ids.remove(1)
            self.assertFalse(form.overlap_notice)
        self.assertEqual(form.record.line_ids.discount_text, "10")

    def test_a_new_agreement_can_take_the_place_of_the_old(self):
        old = self._create_agreement(self._for_product(discount_text="10"), {"discount_text": "3"})
        new = self._create_agreement(self._for_product(discount_text="20"), activate=False, date_start="2026-07-01")
        new.action_activate_instead()
        self.assertEqual(new.state, "active")
        self.assertEqual([str(line.date_end) for line in old.line_ids], ["2026-06-30", "False"])
        for day, discount in {"2026-06-30": 10, "2026-07-01": 20}.items():
            order = self._create_order(self.machine, date_order=f"{day} 10:00:00")
            self.assertEqual(order.order_line.discount, discount)

    def test_bad_conditions_are_refused(self):
        bad = [
            {"discount_text": "50++10"},
            {"discount_text": "101"},
            {"discount_text": "-2"},
            {},
            {"net_price": 5},
            self._for_product(net_price=-5),
            self._for_product(net_price=5, discount_text="10"),
            self._for_product(net_price=5, stacking="cascade"),
            self._for_product(net_price=5, uom_id=self.env.ref("uom.product_uom_kgm").id),
            {"applied_on": "product", "discount_text": "5"},
            {"discount_text": "5", "min_quantity": -1},
            {"discount_text": "5", "date_start": "2026-05-01", "date_end": "2026-04-01"},
        ]
        for values in bad:
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self._create_agreement(values)
        contact = self.env["res.partner"].create({"name": "Cook", "parent_id": self.customer.id})
        for values in ({"partner_id": contact.id}, {"date_end": "2025-12-31"}):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self._create_agreement({"discount_text": "5"}, **values)
        with self.assertRaises(UserError):
            self._create_agreement()
        self.assertFalse(self.env["quote.agreement"].search([("partner_id", "=", self.customer.id)]))

    # === ALL OF THEM === #

    def test_the_customer_s_form_counts_them(self):
        self._create_agreement({"discount_text": "10"})
        contact = self.env["res.partner"].create({"name": "Cook", "parent_id": self.customer.id})
        self.assertEqual((self.customer + contact).mapped("quote_agreement_count"), [1, 1])
        self.assertEqual(contact.action_view_quote_agreements()["domain"], [("partner_id", "=", self.customer.id)])

    def test_many_lines_cost_no_more_queries_than_few(self):
        self._create_agreement(
            {"discount_text": "10"},
            *(self._for_product(product, net_price=5) for product in self.machine + self.pasta_product),
        )
        products = [self._create_product(f"P{number}", 10) for number in range(60)]
        counts = []
        for size in (10, 60):
            order = self._create_order(self.machine, self.pasta_product, *products[:size])
            self.env.flush_all()
            self.env.invalidate_all()
            order.order_line.mapped("price_unit")
            before = self.cr.sql_log_count
            self.assertEqual(len(order.order_line._resolve_offers()), size + 2)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLess(counts[0], 30)
