"""What is cut off a whole order: to the cent, by Odoo's own taxes, and through every later change of its lines."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..models.header_cut import HeaderPlan
from .header_common import HeaderCommon


@tagged("post_install", "-at_install")
class TestHeaderTotals(HeaderCommon):
    def assert_shares(self, order):
        """The shares are whole cents, none is more than its line, and the steps say them."""
        for line in order.order_line:
            self.assertEqual(line.header_discount, round(line.header_discount, 2))
            self.assertGreaterEqual(line.header_discount, 0)
            self.assertGreaterEqual(line.price_subtotal, 0)
            steps = line.discount_step_ids.filtered(lambda step: step.kind == "header" and step.amount)
            self.assertEqual(steps.mapped("amount"), [line.header_discount] if line.header_discount else [])

    def _each_way_to_round(self):
        for method in ("round_globally", "round_per_line"):
            for shown, taxes in {"on top": self.on_top, "included": self.included}.items():
                self.company.tax_calculation_rounding_method = method
                with self.subTest(method=method, shown=shown):
                    yield f"{method} {shown}", taxes

    def test_a_total_with_vat_is_reached_or_none_is_nearer(self):
        for way, taxes in self._each_way_to_round():
            random = self._seeded("taxed", way)
            for _order in range(4):
                order = self._create_random_order(random, taxes, most=3)
                asked = round(order.amount_total * random.uniform(0.5, 0.99), 2)
                order.write({"header_kind": "total_taxed", "header_value": asked})
                self.assert_shares(order)
                self.assertEqual(order.header_reached, order.amount_total)
                if order.amount_total == asked:
                    self.assertEqual((order.header_status, order.header_notice), ("exact", False))
                    continue
                self.assertEqual(order.header_status, "nearest")
                nearest = min(self._get_totals_nearby(order), key=lambda total: (round(abs(total - asked), 2), total))
                self.assertEqual(order.amount_total, nearest, (asked, order.order_line.mapped("header_discount")))

    def test_a_total_without_vat_is_always_reached(self):
        for way, taxes in self._each_way_to_round():
            random = self._seeded("untaxed", way)
            for _order in range(4):
                order = self._create_random_order(random, taxes)
                asked = round(order.amount_untaxed * random.uniform(0.3, 0.99), 2)
                order.write({"header_kind": "total_untaxed", "header_value": asked})
                self.assert_shares(order)
                self.assertRecordValues(order, [{"amount_untaxed": asked, "header_status": "exact"}])

    def test_an_amount_off_is_what_the_total_loses(self):
        for way, taxes in self._each_way_to_round():
            random = self._seeded("amount", way)
            self.company.account_price_include = "tax_included" if taxes == self.included else "tax_excluded"
            name = "amount_total" if taxes == self.included else "amount_untaxed"
            for _order in range(4):
                order = self._create_random_order(random, taxes)
                before, asked = order[name], round(order[name] * random.uniform(0.01, 0.7), 2) or 0.01
                order.write({"header_kind": "amount", "header_value": asked})
                self.assert_shares(order)
                self.assertAlmostEqual(before - order[name], asked, 2)

    def test_taxes_on_taxes_and_amounts_a_unit_are_followed(self):
        """A pension fund's 4 % on which VAT is due too, and a fee of 0.17 a piece."""
        fund = self._create_vat(4, include_base_amount=True, sequence=1, name="Cassa")
        fee = self._create_vat(0.17, amount_type="fixed", sequence=0, name="Fee")
        for method in ("round_globally", "round_per_line"):
            self.company.tax_calculation_rounding_method = method
            for asked in (900, 777.77, 650.01):
                order = self._create_cut_order(
                    "total_taxed",
                    asked,
                    self._line(333.33, fund + self.vat22),
                    self._line(12.34, fee + self.vat10, 20),
                    self._line(200, self.vat22),
                    self._line(55, self.env["account.tax"]),
                )
                self.assert_shares(order)
                self.assertAlmostEqual(order.amount_total, asked, delta=0.011)
                self.assertEqual(order.header_reached, order.amount_total)

    def test_currencies_without_and_with_three_decimals(self):
        for name, asked in {"JPY": 12345, "KWD": 1234.567}.items():
            currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", name)])
            currency.active = True
            order = self._create_order(
                *[self._line(9_999, self.vat10), self._line(7_000, self.vat22)],
                pricelist_id=self._create_list(name, currency_id=currency.id).id,
            )
            order.write({"header_kind": "total_untaxed", "header_value": asked})
            self.assertEqual((order.currency_id, order.amount_untaxed), (currency, asked))
            self.assertEqual(round(sum(order.order_line.mapped("header_discount")), 3), round(16_999 - asked, 3))

    def test_the_nearest_total_is_told(self):
        order = self._create_cut_order("total_taxed", 100.07, 100)
        self.assertRecordValues(order, [{"amount_total": 100.06, "header_reached": 100.06, "header_status": "nearest"}])
        for amount in (100.06, 100.07):
            self.assertIn(self.euro.format(amount), order.header_notice)
        self.assertEqual(order.amount_tax, round(order.amount_untaxed * 0.22, 2), "no tax is forced")

    def test_an_early_payment_discount_that_lowers_the_tax_is_in_the_total(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % within 7 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 7,
                "early_pay_discount_computation": "mixed",
            }
        )
        order = self._create_cut_order("total_taxed", 1000, 700, 500, payment_term_id=term.id)
        self.assertAlmostEqual(order.amount_total, 1000, delta=0.011)
        self.assertEqual(order.header_reached, order.amount_total)


@tagged("post_install", "-at_install")
class TestHeaderLines(HeaderCommon):
    def test_each_rate_bears_its_part(self):
        order = self._create_cut_order(
            "amount", 100, self._line(300, self.vat22), self._line(100, self.vat22), self._line(600, self.vat10)
        )
        self.assertEqual(order.order_line.mapped("header_discount"), [30, 10, 60])
        self.assertEqual(order.order_line.mapped("discount"), [10, 10, 10])

    def test_what_is_no_sale_bears_nothing(self):
        order = self._create_order(
            {"display_type": "line_section", "name": "Goods"},
            self._line(500),
            {"display_type": "line_note", "name": "As agreed at the fair"},
            self._line(-50),
            self._line(80, free_goods="discount"),
            self._line(70, quantity=0),
            self._line(60, discount_text="100"),
            self._line(40, quantity=-1),
        )
        order.write({"header_kind": "total_untaxed", "header_value": 300})
        self.assertEqual(order.order_line.mapped("header_discount"), [0, 110, 0, 0, 0, 0, 0, 0])
        self.assertRecordValues(order, [{"amount_untaxed": 300, "header_status": "exact"}])

    def test_options_come_on_top_at_their_own_price(self):
        order = self._create_order(
            self._line(500),
            {"display_type": "line_section", "name": "Options", "is_optional": True},
            self._line(80, quantity=0),
            header_kind="total_untaxed",
            header_value=450,
        )
        option = order.order_line[2]
        option.with_user(self.env.ref("base.public_user")).sudo().product_uom_qty = 2
        self.assertEqual(order.order_line.mapped("header_discount"), [50, 0, 0])
        self.assertRecordValues(order, [{"amount_untaxed": 610, "header_reached": 450, "header_status": "exact"}])

    def test_parts_of_a_combo_bear_the_cut(self):
        parts = [self._create_product(name, 10, taxes_id=self.vat22.ids) for name in ("Menu", "Drink")]
        combo = self.env["product.combo"].create(
            {"name": "Parts", "combo_item_ids": [Command.create({"product_id": part.id}) for part in parts]}
        )
        product = self._create_product("Lunch", 20, type="combo", combo_ids=[Command.set(combo.ids)])
        order = self._create_order({"product_id": product.id})
        lunch = order.order_line
        item = {"order_id": order.id, "product_id": parts[0].id, "combo_item_id": combo.combo_item_ids[0].id}
        part = self.env["sale.order.line"].create({**item, "linked_line_id": lunch.id})
        self.assertEqual(order.amount_untaxed, 20)
        order.write({"header_kind": "total_untaxed", "header_value": 18})
        self.assertEqual(part.header_discount, 2)
        self.assertRecordValues(order, [{"amount_untaxed": 18, "header_status": "exact"}])

    def test_a_cut_larger_than_the_order_is_refused(self):
        order = self._create_order(self._line(100), self._line(50, free_goods="discount"))
        cases = {"amount": (100, 150), "total_untaxed": (100.01,), "total_taxed": (123,)}
        for kind, values in cases.items():
            for value in values:
                with self.subTest(kind=kind, value=value), self.assertRaisesRegex(UserError, "Change the"):
                    order.write({"header_kind": kind, "header_value": value})
        self.assertRecordValues(order.order_line, [{"header_discount": 0}, {"header_discount": 0}])
        with self.assertRaisesRegex(UserError, "too much to cut off"):
            self._create_cut_order("amount", 500, 100)

    def test_a_total_below_what_can_not_be_reduced_is_refused(self):
        order = self._create_order(self._line(100), {**self._line(80), "product_id": False, "name": "As agreed"})
        with self.assertRaisesRegex(UserError, "some lines can't be reduced"):
            order.write({"header_kind": "total_untaxed", "header_value": 70})

    def test_an_agreed_amount_is_more_than_zero(self):
        order = self._create_order(self._line(100))
        for value in (0, -10):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                order.write({"header_kind": "amount", "header_value": value})

    def test_reason_and_name_are_on_the_steps(self):
        reason = self.env["quote.discount.reason"].create({"name": "Fair"})
        order = self._create_cut_order(
            "amount", 10, 100, header_text="5", header_reason_id=reason.id, header_label="Fair"
        )
        steps = order.order_line.discount_step_ids
        self.assertRecordValues(steps, [{"label": "Fair", "reason_id": reason.id, "kind": "header"}] * 2)
        order.write({"header_label": "Anniversary", "header_reason_id": False})
        self.assertRecordValues(steps, [{"label": "Anniversary", "reason_id": False}] * 2)


@tagged("post_install", "-at_install")
class TestHeaderFollows(HeaderCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_cut_order(
            "total_untaxed", 1000, self._line(600, quantity=2), self._line(300, self.vat10)
        )

    def assert_total(self, *shares):
        self.assertEqual(self.order.amount_untaxed, 1000)
        self.assertEqual(self.order.order_line.mapped("header_discount"), list(shares))
        steps = self.order.order_line.discount_step_ids
        self.assertEqual(sum(steps.mapped("amount")), sum(shares))

    def test_quantity_price_and_discount(self):
        self.assert_total(400, 100)
        self.order.order_line[0].product_uom_qty = 3
        self.assert_total(942.86, 157.14)
        self.order.order_line[0].write({"product_uom_qty": 2, "price_unit": 500})
        self.assert_total(230.77, 69.23)
        self.order.order_line[1].discount_text = "100"
        self.assertEqual(self.order.header_status, "exact")
        self.assert_total(0, 0)

    def test_added_and_deleted_lines(self):
        self.env["sale.order.line"].create({**self._line(500), "order_id": self.order.id})
        self.assert_total(600, 150, 250)
        self.order.order_line[2].unlink()
        self.assert_total(400, 100)
        self.order.write({"order_line": [Command.create(self._line(500)), Command.delete(self.order.order_line[1].id)]})
        self.assert_total(494.12, 205.88)

    def test_taxes(self):
        self.order.write({"header_kind": "total_taxed", "header_value": 1100})
        self.assertEqual(self.order.amount_total, 1100)
        self.order.order_line[0].tax_ids = self.vat4
        self.assertEqual((self.order.amount_total, self.order.header_status), (1100, "exact"))
        self.order.order_line.product_id.sudo().taxes_id = self.vat10
        self.order.action_update_taxes()
        self.assertEqual(self.order.order_line.tax_ids, self.vat10)
        self.assertEqual((self.order.amount_total, self.order.header_status), (1100, "exact"))

    def test_prices_taken_anew(self):
        self.order.order_line[0].product_id.sudo().list_price = 700
        self.order.action_update_prices()
        self.assertEqual(self.order.order_line.mapped("price_unit"), [700, 300])
        self.assert_total(576.47, 123.53)

    def test_a_discount_on_all_lines(self):
        self.order.header_text = "10"
        self.assert_total(280, 70)
        self.order.header_text = False
        self.assert_total(400, 100)

    def test_copies(self):
        copy = self.order.copy()
        self.assertEqual(copy.order_line.mapped("header_discount"), [400, 100])
        self.assertRecordValues(copy, [{"amount_untaxed": 1000, "header_status": "exact", "header_value": 1000}])
        copy.order_line[0].product_uom_qty = 1
        self.assertEqual(copy.order_line.mapped("header_discount"), [0, 0])
        self.assertEqual(copy.header_status, "above")
        self.assert_total(400, 100)

    def test_lines_worth_less_than_agreed_are_not_raised(self):
        self.order.order_line[0].product_uom_qty = 1
        self.assertRecordValues(self.order, [{"amount_untaxed": 900, "header_status": "above"}])
        self.assertIn("nothing is cut off", self.order.header_notice)
        self.order.order_line[0].product_uom_qty = 2
        self.assert_total(400, 100)

    def test_lines_too_small_for_the_amount_are_not_given_away(self):
        self.order.write({"header_kind": "amount", "header_value": 1000})
        self.order.order_line[0].product_uom_qty = 1
        self.assertRecordValues(self.order, [{"amount_untaxed": 900, "header_status": "too_large"}])
        self.assertIn("too much to cut off", self.order.header_notice)

    def test_it_can_be_taken_back(self):
        self.order.write({"header_kind": False})
        self.assertEqual(self.order.order_line.mapped("header_discount"), [0, 0])
        self.assertRecordValues(self.order, [{"amount_untaxed": 1500, "header_status": False}])
        self.assertFalse(self.order.order_line.discount_step_ids)

    def test_another_currency_converts_what_was_agreed(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": dollar.id, "rate": 2, "company_id": self.company.id, "name": "2020-01-01"}
        )
        self.order.date_order = "2020-01-02"
        self.order.pricelist_id = self._create_list("Dollars", currency_id=dollar.id)
        self.assertEqual((self.order.currency_id, self.order.header_value), (dollar, 2000 * self._euro_rate()))

    def _euro_rate(self):
        return 1 / self.euro._get_rates(self.company, self.order.date_order.date())[self.euro.id]

    def test_a_locked_order_keeps_its_total(self):
        self.order.action_confirm()
        self.order.action_lock()
        for vals in ({"header_value": 900}, {"header_text": "5"}, {"header_kind": False}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "locked"):
                self.order.write(vals)
        self.assert_total(400, 100)

    def test_the_form_shows_it_before_it_is_saved(self):
        with Form(self.order) as form:
            with form.order_line.edit(0) as line:
                line.product_uom_qty = 3
            self.assertEqual(form.amount_untaxed, 1000)
            form.header_value = 1200
            self.assertEqual(form.amount_untaxed, 1200)
            with form.order_line.new() as line:
                line.product_id = self.order.order_line[0].product_id
            self.assertEqual(form.amount_untaxed, 1200)
            form.header_value = 5000
            self.assertIn("nothing is cut off", form.header_notice)
            form.header_value = 1000
        self.assertEqual((self.order.amount_untaxed, self.order.header_status), (1000, "exact"))
        self.assertAlmostEqual(sum(self.order.order_line.mapped("header_discount")), 1700)

    def test_a_new_quote_in_the_form(self):
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.customer
            with form.order_line.new() as line:
                line.product_id = self.machine
            form.header_kind = "total_taxed"
            form.header_value = 6100
            self.assertEqual(form.tax_totals["total_amount_currency"], 6100)
        self.assertEqual(form.record.order_line.header_discount, 5000)

    def test_orders_without_it_pay_nothing(self):
        order = self._create_order(self._line(100))
        with patch.object(HeaderPlan, "cut") as cut:
            order.order_line.product_uom_qty = 5
            order.write({"order_line": [Command.create(self._line(10))], "partner_id": self.customer.id})
            order.action_update_prices()
            order.order_line[1].unlink()
            order.copy()
        cut.assert_not_called()

    def test_an_order_is_shared_out_once_however_many_lines_change(self):
        with patch.object(HeaderPlan, "cut", autospec=True, side_effect=HeaderPlan.cut) as cut:
            self.order.write({"order_line": [Command.create(self._line(10)) for _line in range(3)]})
            self.order.order_line.write({"product_uom_qty": 4})
        self.assertEqual(cut.call_count, 2)


@tagged("post_install", "-at_install")
class TestHeaderRights(HeaderCommon):
    def test_a_seller_writes_no_share(self):
        order = self._create_cut_order("amount", 10, 100).with_user(self.seller)
        with self.assertRaises(AccessError):
            order.order_line.write({"header_discount": 90})
        with self.assertRaises(AccessError):
            order.write({"order_line": [Command.update(order.order_line.id, {"header_discount": 90})]})
        for vals in ({"header_reached": 1}, {"header_status": "exact"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                order.write(vals)
        self.assertEqual(order.order_line.header_discount, 10)

    def test_nor_by_creating_defaults_or_marks_in_the_context(self):
        Order = self.env["sale.order"].with_user(self.seller)
        marked = Order.with_context(
            default_header_reached=1, default_header_status="exact", quote_header_hold=True, quote_repricing=True
        )
        line = {**self._line(100), "header_discount": 90}
        order = marked.create(
            {
                "partner_id": self.customer.id,
                "order_line": [Command.create(line)],
                "header_kind": "amount",
                "header_value": 20,
                "header_status": "above",
            }
        )
        self.assertRecordValues(order, [{"header_reached": 20, "header_status": "exact", "amount_untaxed": 80}])
        order.order_line.product_uom_qty = 2
        self.assertRecordValues(order, [{"header_reached": 20, "amount_untaxed": 180}])

    def test_who_negotiates_the_total_has_negotiated_the_lines(self):
        order = self._create_order(self._line(100), user=self.manager)
        self.assertEqual(order.order_line.negotiator_id, self.manager)
        order.user_id = self.seller
        order.with_user(self.seller).note = "Thanks"
        self.assertEqual(order.order_line.negotiator_id, self.manager)
        for vals in ({"header_kind": "amount", "header_value": 5}, {"header_text": "5"}):
            order.with_user(self.manager).order_line.discount_text = "1"
            order.with_user(self.seller).write(vals)
            self.assertEqual(order.order_line.negotiator_id, self.seller)

    def test_only_ones_own_dialog(self):
        order = self._create_order(self._line(100))
        dialog = self.env["quote.total"].with_user(self.seller).create({"order_id": order.id})
        other = self._create_salesperson("quote_other_seller")
        with self.assertRaises(AccessError):
            dialog.with_user(other).write({"header_text": "50"})


@tagged("post_install", "-at_install")
class TestHeaderDialog(HeaderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(cls._line(1000), cls._line(500, cls.vat10, discount_text="10"))

    def _open(self, order=None):
        action = (order or self.order).with_user(self.seller).action_open_discount_wizard()
        self.assertEqual(action["res_model"], "quote.total")
        return Form(self.env["quote.total"].with_user(self.seller).with_context(**action["context"], lang="en_US"))

    def test_it_shows_what_comes_of_it_and_writes_nothing(self):
        with self._open() as form:
            self.assertIn("1,450.00", form.preview)
            form.header_text = "10"
            self.assertIn("1,305.00", form.preview)
            self.assertIn("10.00 %", form.preview)
            form.header_kind = "total_taxed"
            form.header_value = 1500
            self.assertIn("1,500.00", form.preview)
            self.assertFalse(form.notice)
        self.assertRecordValues(self.order, [{"header_text": False, "header_kind": False, "amount_untaxed": 1450}])

    def test_it_says_the_nearest_total_and_what_is_wrong(self):
        order = self._create_order(self._line(1000))
        with self._open(order) as form:
            form.header_kind = "total_taxed"
            form.header_value = 100.07
            self.assertIn("100.06", form.notice)
            form.header_value = 2000
            self.assertIn("nothing is cut off", form.problem)
            form.header_text = "5++2"
            self.assertIn("is no discount", form.problem)
            form.header_text = "5"
            form.header_value = 100

    def test_it_applies_and_takes_back(self):
        form = self._open()
        form.header_text = "10 + 5"
        form.header_kind = "total_untaxed"
        form.header_value = 1200
        form.header_label = "Fair"
        form.save().action_apply()
        self.assertRecordValues(
            self.order, [{"header_text": "10+5", "amount_untaxed": 1200, "header_label": "Fair", "header_value": 1200}]
        )
        form = self._open()
        self.assertEqual((form.header_text, form.header_kind, form.header_value), ("10+5", "total_untaxed", 1200))
        form.save().action_clear()
        self.assertRecordValues(
            self.order, [{"header_text": False, "amount_untaxed": 1450, "header_label": False, "header_value": 0}]
        )

    def test_nothing_of_a_refused_total_is_written(self):
        form = self._open()
        form.header_kind = "amount"
        form.header_value = 5000
        with self.assertRaises(UserError):
            form.save().action_apply()
        self.assertFalse(self.order.header_kind)

    def test_a_locked_order_is_not_negotiated(self):
        self.order.action_confirm()
        self.order.action_lock()
        for call in ("action_apply", "action_clear"):
            form = self._open()
            form.header_text = "5"
            with self.assertRaisesRegex(UserError, "locked"):
                getattr(form.save(), call)()
